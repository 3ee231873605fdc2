// Makes the form of a whole return quick at the keyboard: movement like in a spreadsheet,
// pasting a block of cells, what two numbers make, saving by itself, and a warning before typed work is left.
// Without it the page is an ordinary form.

import { hasUnsaved, rows, saveNow, start } from "./grid-saving.js";

const RATE_PAUSE = 300;
const form = document.querySelector("[data-entry]");
const status = form.querySelector("[data-entry-status]");
const button = document.getElementById("save");
let asking;
const unrated = new Set();
let sending = false;

form.querySelector("[data-entry-help]").hidden = false;
form.querySelector("[data-entry-plain]").hidden = true;

// None where the row is folded away: what is pasted or moved to must be seen.
function boxesOf(row) {
  const folded = row.parentElement.closest("details:not([open])");
  return folded ? [] : [...row.querySelectorAll("[data-entry-number]")];
}

function placeOf(box) {
  const every = rows();
  const row = every.findIndex((each) => each.contains(box));
  return { every, row, column: boxesOf(every[row]).indexOf(box) };
}

// The nearest row that way which has boxes: approved figures have none.
function boxBeside(box, step) {
  const { every, row, column } = placeOf(box);
  for (let next = row + step; next >= 0 && next < every.length; next += step) {
    const boxes = boxesOf(every[next]);
    if (boxes.length > 0) {
      return boxes[Math.min(column, boxes.length - 1)];
    }
  }
  return null;
}

// Left and right move on only from the edge of what is typed.
function boxAcross(box, step) {
  const edge = step < 0 ? 0 : box.value.length;
  if (box.selectionStart !== box.selectionEnd || box.selectionStart !== edge) {
    return null;
  }
  const { every, row, column } = placeOf(box);
  return boxesOf(every[row])[column + step] ?? null;
}

function boxFor(event) {
  const box = event.target;
  switch (event.key) {
    case "ArrowDown":
      return boxBeside(box, 1);
    case "ArrowUp":
      return boxBeside(box, -1);
    case "ArrowRight":
      return boxAcross(box, 1);
    case "ArrowLeft":
      return boxAcross(box, -1);
    case "Enter":
      return event.shiftKey ? (boxBeside(box, -1) ?? box) : (boxBeside(box, 1) ?? button);
    default:
      return null;
  }
}

function move(event) {
  if (!event.target.matches("[data-entry-number]") || event.ctrlKey || event.altKey) {
    return;
  }
  const next = boxFor(event);
  if (next) {
    event.preventDefault();
    next.focus();
    if (next !== button) {
      next.select();
    }
  }
}

function cellsOf(text) {
  return text
    .replace(/\r?\n$/, "")
    .split(/\r?\n/)
    .map((line) => line.split("\t"));
}

// Line by line from the box in which it is pasted; an empty cell leaves its box alone.
function pasteInto(box, cells) {
  const begin = placeOf(box);
  let filled = 0;
  let left = 0;
  cells.forEach((line, down) => {
    const row = begin.every[begin.row + down];
    const boxes = row ? boxesOf(row) : [];
    line.forEach((typed, across) => {
      const target = boxes[begin.column + across];
      if (!typed.trim()) {
        return;
      }
      if (!target) {
        left += 1;
        return;
      }
      target.value = typed.trim();
      target.dispatchEvent(new Event("input", { bubbles: true }));
      filled += 1;
    });
  });
  return { filled, left };
}

function paste(event) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!event.target.matches("[data-entry-number]") || !/[\t\n]/.test(text.trimEnd())) {
    return;
  }
  event.preventDefault();
  const { filled, left } = pasteInto(event.target, cellsOf(text));
  const rest = left
    ? ` ${left} found no box: the figure is approved, or the block is larger than the form.`
    : "";
  status.textContent = `${filled} pasted, not saved yet.${rest}`;
}

// What two numbers make is worked out on the server, as it would be printed.
async function showRate(row) {
  const output = row.querySelector("[data-entry-rate]");
  const [numerator, denominator] = boxesOf(row).map((box) => box.value);
  if (!output || !numerator || !denominator) {
    return;
  }
  const typed = new URLSearchParams({ row: row.dataset.entryRow, numerator, denominator });
  const answer = await fetch(`${form.dataset.rate}?${typed}`);
  const { words } = answer.ok ? await answer.json() : { words: "" };
  const still = boxesOf(row).map((box) => box.value);
  if (still[0] === numerator && still[1] === denominator) {
    output.textContent = words ? `${words} (not saved yet)` : "–";
  }
}

function showRates() {
  for (const row of unrated) {
    showRate(row).catch(() => {}); // the portal says it when the row is saved
  }
  unrated.clear();
}

start(form, (words) => {
  status.textContent = words;
});
form.addEventListener("keydown", move);
document.addEventListener("keydown", (event) => {
  const held = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (held && event.key.toLowerCase() === "s") {
    event.preventDefault();
    saveNow();
  }
});
form.addEventListener("paste", paste);
form.addEventListener("input", (event) => {
  const row = event.target.closest("[data-entry-row]");
  if (row?.querySelector("[data-entry-rate]")) {
    unrated.add(row);
    window.clearTimeout(asking);
    asking = window.setTimeout(showRates, RATE_PAUSE);
  }
});
form.addEventListener("submit", (event) => {
  sending = !event.defaultPrevented;
});
window.addEventListener("beforeunload", (event) => {
  if (!sending && hasUnsaved()) {
    event.preventDefault();
  }
});
window.addEventListener("pageshow", () => {
  sending = false;
});
