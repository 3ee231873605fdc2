// Makes the form of a whole return quick at the keyboard: movement like in a spreadsheet,
// pasting a block of cells, what two numbers make, and a warning before typed work is left.
// Without it the page is an ordinary form.

const form = document.querySelector("[data-entry]");
const status = form.querySelector("[data-entry-status]");
const rows = [...form.querySelectorAll("[data-entry-row]")];
let sending = false;

form.querySelector("[data-entry-help]").hidden = false;

// None where the row is folded away: what is pasted or moved to must be seen.
function boxesOf(row) {
  const folded = row.parentElement.closest("details:not([open])");
  return folded ? [] : [...row.querySelectorAll("[data-entry-number]")];
}

function placeOf(box) {
  const row = rows.findIndex((each) => each.contains(box));
  return { row, column: boxesOf(rows[row]).indexOf(box) };
}

// The nearest row that way which has boxes: approved figures have none.
function boxBeside(box, step) {
  const { row, column } = placeOf(box);
  for (let next = row + step; next >= 0 && next < rows.length; next += step) {
    const boxes = boxesOf(rows[next]);
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
  const { row, column } = placeOf(box);
  return boxesOf(rows[row])[column + step] ?? null;
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
      return boxBeside(box, event.shiftKey ? -1 : 1) ?? box;
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
    next.select();
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
  const start = placeOf(box);
  let filled = 0;
  let left = 0;
  cells.forEach((line, down) => {
    const row = rows[start.row + down];
    const boxes = row ? boxesOf(row) : [];
    line.forEach((typed, across) => {
      const target = boxes[start.column + across];
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

function numberIn(box) {
  const plain = box.value.replace(/[\s,£%]/g, "");
  return plain === "" ? Number.NaN : Number(plain);
}

// A preview; what is kept is worked out on the server.
function preview(row) {
  const output = row.querySelector("[data-entry-rate]");
  const [top, bottom] = boxesOf(row).map(numberIn);
  if (!output || !(bottom > 0) || !(top >= 0)) {
    return;
  }
  const { scale, decimals, suffix } = output.dataset;
  const rate = ((top * Number(scale)) / bottom).toFixed(Number(decimals));
  output.textContent = `${rate}${suffix} (not saved yet)`;
}

function isTyped(field) {
  if (field.type === "checkbox") {
    return field.checked !== field.defaultChecked;
  }
  if (field instanceof HTMLSelectElement) {
    return [...field.options].some((option) => option.selected !== option.defaultSelected);
  }
  return field instanceof HTMLInputElement && field.value !== field.defaultValue;
}

function hasUnsaved() {
  return "unsaved" in form.dataset || [...form.elements].some(isTyped);
}

form.addEventListener("keydown", move);
form.addEventListener("paste", paste);
form.addEventListener("input", (event) => {
  const row = event.target.closest("[data-entry-row]");
  if (row) {
    preview(row);
  }
});
form.addEventListener("submit", () => {
  sending = true;
});
window.addEventListener("beforeunload", (event) => {
  if (!sending && hasUnsaved()) {
    event.preventDefault();
  }
});
window.addEventListener("pageshow", () => {
  sending = false;
});
