// Saves what was typed into the form of a return by itself, after a pause. Each row comes back
// as the portal has it now; what was typed meanwhile stays in its box and is saved next.

const PAUSE = 4000;
const RETRY = 30000;
const SIGNED_OUT =
  "You are signed out, so nothing is saved by itself. What you typed is still here: choose Save figures, and sign in.";
const FIELDS = "input, select, textarea";

let form;
let say;
let timer;
let busy = false;
let asked = false;
let submitter = null;

export function rows() {
  return [...form.querySelectorAll("[data-entry-row]")];
}

function fieldsOf(row) {
  return [...row.querySelectorAll(FIELDS)];
}

function isTicked(field) {
  return field.type === "checkbox" || field.type === "radio";
}

function typedInto(field) {
  return isTicked(field) ? field.checked : field.value;
}

function isTyped(field) {
  if (isTicked(field)) {
    return field.checked !== field.defaultChecked;
  }
  if (field instanceof HTMLSelectElement) {
    return [...field.options].some((option) => option.selected !== option.defaultSelected);
  }
  return field.value !== field.defaultValue;
}

function isChanged(row) {
  return fieldsOf(row).some(isTyped);
}

function isWrong(row) {
  return row.querySelector(".govuk-error-message") !== null;
}

// Somebody is still typing it: one number of two, no reason yet why there is none, or a comment,
// of which each half would be a version of its own.
function isHalf(row) {
  if (!row.contains(document.activeElement)) {
    return false;
  }
  if (document.activeElement.matches("[name$='-comment'], [name$='-follow_up']")) {
    return true;
  }
  const boxes = [...row.querySelectorAll("[data-entry-number]")];
  const filled = boxes.filter((box) => box.value.trim() !== "").length;
  const marker = row.querySelector("[name$='-marker']");
  if (marker?.value) {
    return row.querySelector("[name$='-marker_reason']").value.trim() === "";
  }
  return boxes.length > 0 && filled < boxes.length;
}

export function hasUnsaved() {
  return rows().some((row) => isChanged(row) || isWrong(row));
}

// With what was changed goes what was refused, since a group of figures is right or wrong as a
// whole. Not where somebody else was first: putting theirs aside is for a person to do.
function toSend() {
  const every = rows();
  if (!every.some((row) => isChanged(row) && !isHalf(row))) {
    return [];
  }
  return every.filter((row) => {
    const refused = isWrong(row) && !("entryOvertaken" in row.dataset);
    return (isChanged(row) || refused) && !isHalf(row);
  });
}

function bodyOf(sent) {
  const body = new FormData();
  const token = form.querySelector("[name='csrfmiddlewaretoken']");
  body.append(token.name, token.value);
  for (const field of sent.flatMap(fieldsOf)) {
    if (!isTicked(field) || field.checked) {
      body.append(field.name, field.value);
    }
  }
  return body;
}

function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

function byId(row, id) {
  return id ? row.querySelector(`#${CSS.escape(id)}`) : null;
}

function keepTyped(row, fresh, sent) {
  for (const field of fieldsOf(row)) {
    const target = byId(fresh, field.id);
    if (!target || field.type === "hidden" || typedInto(field) === sent.get(field.id)) {
      continue;
    }
    if (isTicked(field)) {
      target.checked = field.checked;
    } else {
      target.value = field.value;
    }
  }
}

function keepOpen(row, fresh) {
  const shown = [...fresh.querySelectorAll("details")];
  for (const [place, details] of [...row.querySelectorAll("details")].entries()) {
    if (details.open && shown[place]) {
      shown[place].open = true;
    }
  }
}

function replace(row, fresh, sent) {
  const focused = row.contains(document.activeElement) ? document.activeElement : null;
  const [from, to] = [focused?.selectionStart ?? null, focused?.selectionEnd ?? null];
  keepTyped(row, fresh, sent);
  keepOpen(row, fresh);
  row.replaceWith(fresh);
  const target = focused && byId(fresh, focused.id);
  target?.focus();
  if (target && from !== null) {
    target.setSelectionRange(from, to);
  }
}

function takeDivisions(divisions) {
  for (const [key, { entered, made }] of Object.entries(divisions)) {
    const name = CSS.escape(key);
    form.querySelector(`[data-entry-count="${name}"]`).textContent = entered;
    form.querySelector(`[data-entry-made="${name}"]`).textContent = made;
  }
}

function take(answer, snapshot) {
  for (const row of rows()) {
    const html = answer.rows[row.dataset.entryRow];
    if (html) {
      replace(row, fragment(html), snapshot.get(row.dataset.entryRow));
    }
  }
  takeDivisions(answer.divisions);
  const progress = fragment(answer.progress);
  form.querySelector("[data-entry-entered]").textContent =
    progress.querySelector("label").textContent;
  document.querySelector("[data-entry-progress]").replaceChildren(progress);
  const wrong = rows().filter(isWrong).length;
  if (wrong === 0) {
    document.querySelector(".govuk-error-summary")?.remove();
  }
  const rest = wrong
    ? `${wrong === 1 ? "1 is" : `${wrong} are`} not saved: see why beside it.`
    : "";
  say([answer.said, rest].filter(Boolean).join(" "));
}

// The portal sends whoever is signed out to its sign-in page, also from here.
class SignedOut extends Error {}

async function send(sent) {
  const snapshot = new Map(
    sent.map((row) => [
      row.dataset.entryRow,
      new Map(fieldsOf(row).map((field) => [field.id, typedInto(field)])),
    ]),
  );
  const answer = await fetch(window.location.pathname, {
    method: "POST",
    body: bodyOf(sent),
    headers: { Accept: "application/json" },
  });
  if (answer.redirected) {
    throw new SignedOut();
  }
  if (!answer.headers.get("Content-Type")?.startsWith("application/json")) {
    throw new Error("The answer is no list of rows.");
  }
  take(await answer.json(), snapshot);
}

async function save(sent) {
  if (busy || sent.length === 0) {
    return;
  }
  let pause = PAUSE;
  busy = true;
  try {
    await send(sent);
  } catch (error) {
    const out = error instanceof SignedOut;
    say(
      out ? SIGNED_OUT : "Not saved by itself. What you typed is still here: choose Save figures.",
    );
    pause = out ? null : RETRY;
  }
  busy = false;
  if (submitter) {
    form.requestSubmit(submitter);
  } else if (asked) {
    saveNow();
  } else if (pause !== null && toSend().length > 0) {
    wait(pause);
  }
}

function wait(pause) {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => save(toSend()), pause);
}

// Asked for by a person: what is half typed goes too, and what stands against somebody else's.
export function saveNow() {
  window.clearTimeout(timer);
  asked = busy; // what is on its way would be taken for somebody else's: wait for its answer
  if (busy) {
    return;
  }
  const every = rows().filter((row) => isChanged(row) || isWrong(row));
  if (every.length === 0) {
    say("Nothing is left to save.");
  }
  save(every);
}

// Saves after each pause in typing. `tell` puts a sentence where it is read out politely.
export function start(entry, tell) {
  form = entry;
  say = tell;
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => wait(PAUSE));
  }
  form.addEventListener("submit", (event) => {
    window.clearTimeout(timer);
    if (busy) {
      // What is on its way would be taken for somebody else's: wait for its answer.
      event.preventDefault();
      submitter = event.submitter;
    }
  });
}
