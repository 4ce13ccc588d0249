// Keys of the import review: from row to row that is to be checked, accept, move, split, texts. Only
// while no field has the focus, and not at all once somebody has turned them off.

const KEPT = "import-review-keys";
const panel = document.querySelector("[data-shortcuts]");
const toggle = panel?.querySelector("input");

// Where the browser keeps nothing, the keys are on again on the next page.
function remembered() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function remember(value) {
  try {
    localStorage.setItem(KEPT, value);
  } catch {}
}

function currentRow() {
  return document.activeElement?.closest("[data-row]");
}

function goTo(row) {
  row.focus();
  row.scrollIntoView({ block: "center" });
}

// Past the last one to the next page that has any, and round again on the only one.
function goOn(direction) {
  const waiting = [...document.querySelectorAll("[data-row][data-check]")];
  const here = currentRow();
  const beyond = waiting.filter(
    (row) => !here || here.compareDocumentPosition(row) & direction,
  );
  const forwards = direction === Node.DOCUMENT_POSITION_FOLLOWING;
  if (!beyond.length && forwards && panel.dataset.onwards) {
    return location.assign(panel.dataset.onwards);
  }
  const row = (beyond.length ? beyond : waiting).at(forwards ? 0 : -1);
  return row && goTo(row);
}

const KEYS = {
  n: () => goOn(Node.DOCUMENT_POSITION_FOLLOWING),
  p: () => goOn(Node.DOCUMENT_POSITION_PRECEDING),
  a: () => currentRow()?.querySelector("form[data-accept]")?.requestSubmit(),
  m: () => currentRow()?.querySelector("a[data-move]")?.click(),
  s: () => currentRow()?.querySelector("a[data-split]")?.click(),
  t: () => currentRow()?.querySelector("a[data-texts]")?.click(),
};

function pressed(event) {
  if (!toggle.checked || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  const act = Object.hasOwn(KEYS, event.key.toLowerCase()) && KEYS[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
}

if (panel) {
  panel.hidden = false;
  toggle.checked = remembered() !== "off";
  toggle.addEventListener("change", () => remember(toggle.checked ? "on" : "off"));
  document.addEventListener("keydown", pressed);
  // Where the last decision has led to.
  const row = document.getElementById(location.hash.slice(1));
  if (row?.matches("[data-row]")) goTo(row);
}
