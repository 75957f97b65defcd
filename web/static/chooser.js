// The dialog that changes one fact: a search box over a native list, so that the keyboard and screen readers just work.

const dialog = document.getElementById("chooser");
const title = document.getElementById("chooser-title");
const search = document.getElementById("chooser-search");
const list = document.getElementById("chooser-list");
const count = document.getElementById("chooser-count");
const use = document.getElementById("chooser-use");
const remove = document.getElementById("chooser-remove");

const MOST = 300;
let vocabulary = null;
let concepts = null; // null while they are on their way
let opened = 0;
let entered = false;

/** Let the person choose a concept of a dimension: {id, label}, with id null to take it away; null when they choose nothing. */
export async function choose(dimension, name, current) {
  title.textContent = `${name}: change it`;
  search.value = "";
  list.replaceChildren();
  remove.hidden = !current;
  count.textContent = "Loading the choices…";
  concepts = null;
  entered = false;
  use.disabled = true;
  dialog.returnValue = "";
  dialog.showModal();
  search.focus();
  const closed = new Promise((done) =>
    dialog.addEventListener("close", () => done({ how: dialog.returnValue, id: list.value }), { once: true }),
  );
  const mine = ++opened;
  try {
    vocabulary ??= await load();
    if (mine === opened && dialog.open) {
      concepts = vocabulary.dimensions[dimension];
      fill(search.value ? null : current);
      if (entered) accept();
    }
  } catch {
    count.textContent = "The choices cannot be read right now. Please try again in a few minutes.";
  }
  const { how, id } = await closed;
  if (how === "remove") return { id: null, label: "not given" };
  const chosen = how === "use" ? concepts.find((concept) => concept.id === id) : null;
  return chosen ? { id: chosen.id, label: chosen.label } : null;
}

async function load() {
  const response = await fetch("/api/v1/vocabulary");
  if (!response.ok) throw new Error("away");
  return response.json();
}

function fill(current) {
  const words = fold(search.value.trim());
  const found = concepts
    .map((concept) => ({ concept, rank: rank(concept, words) }))
    .filter(({ rank }) => rank < 4)
    .sort((a, b) => a.rank - b.rank);
  const options = found.slice(0, MOST).map(({ concept }) => option(concept, words));
  list.replaceChildren(...options);
  const held = options.find((one) => one.value === current) ?? (words ? options[0] : null);
  if (held) held.selected = true;
  use.disabled = !options.length;
  count.textContent = found.length === 1 ? "1 choice" : `${found.length} choices`;
}

function rank(concept, words) {
  if (!words) return 0;
  const names = [concept.label, ...concept.also, concept.id].map(fold);
  if (names.some((name) => name === words)) return 0;
  if (names.some((name) => name.startsWith(words))) return 1;
  if (names.some((name) => name.includes(` ${words}`))) return 2;
  return names.some((name) => name.includes(words)) ? 3 : 4;
}

function option(concept, words) {
  const made = document.createElement("option");
  made.value = concept.id;
  const also = words && !fold(concept.label).includes(words) && concept.also.find((name) => fold(name).includes(words));
  made.textContent = also ? `${concept.label} (${also})` : concept.label;
  return made;
}

function fold(text) {
  return text.toLowerCase().normalize("NFKD").replace(/\p{Diacritic}/gu, "");
}

search.addEventListener("input", () => {
  entered = false;
  if (concepts) fill(null);
});
search.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" && list.options.length) {
    event.preventDefault();
    list.selectedIndex = Math.max(0, list.selectedIndex);
    list.focus();
  } else if (event.key === "Enter") {
    event.preventDefault();
    accept();
  }
});
list.addEventListener("keydown", (event) => {
  if (event.key === "Enter") {
    event.preventDefault();
    accept();
  }
});
list.addEventListener("dblclick", accept);

// Who types faster than the choices arrive gets the first of them when they do.
function accept() {
  if (!concepts) entered = true;
  else if (list.value) dialog.close("use");
}
