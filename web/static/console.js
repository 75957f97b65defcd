/* The console without this script is whole; with it, lists move by keys, names are picked, rules are checked while typed. */
"use strict";
document.documentElement.classList.add("js");

function rows() { return Array.from(document.querySelectorAll("table[data-keys] tbody tr")); }
function at() { return rows().findIndex((row) => row.classList.contains("at")); }
function goTo(index) {
  const all = rows();
  const row = all[Math.max(0, Math.min(all.length - 1, index))];
  if (!row) return;
  all.forEach((one) => one.classList.remove("at"));
  row.classList.add("at");
  const link = row.querySelector("a");
  if (link) link.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input:not([type=checkbox]), textarea, select")) return;
  if (event.key === "?") location.href = "/console/help";
  if (event.key === "/") {
    const search = document.querySelector("input[type=search]");
    if (search) { event.preventDefault(); search.focus(); }
  }
  if (event.key === "u") {
    const up = document.querySelector(".back a");
    if (up) location.href = up.href;
  }
  if (!rows().length) return;
  if (event.key === "j") goTo(at() + 1);
  if (event.key === "k") goTo(at() - 1);
  if (event.key === "x" && at() >= 0) {
    const box = rows()[at()].querySelector("input[type=checkbox]");
    if (box) box.checked = !box.checked;
  }
  if (event.key === "Enter" && at() >= 0 && !event.target.closest("a, button")) rows()[at()].querySelector("a").click();
});

/* A list of names, one a line, as chips with a field that offers the names there are. */
function picker(box) {
  const area = box.querySelector("textarea");
  const label = box.querySelector("label");
  const chips = document.createElement("div");
  chips.className = "picker-chips";
  const adding = document.createElement("div");
  adding.className = "picker-add";
  const input = document.createElement("input");
  input.id = area.id + "-add";
  input.setAttribute("list", box.dataset.names);
  input.autocomplete = "off";
  if (area.getAttribute("aria-describedby")) input.setAttribute("aria-describedby", area.getAttribute("aria-describedby"));
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Add";
  button.setAttribute("aria-label", "Add to " + label.textContent.trim());
  label.htmlFor = input.id;
  adding.append(input, button);
  box.append(chips, adding);
  const lines = () => area.value.split("\n").map((line) => line.trim()).filter(Boolean);
  const set = (names) => {
    area.value = names.join("\n");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    draw();
  };
  const draw = () => {
    chips.replaceChildren(...lines().map((name) => {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.textContent = name + " ×";
      chip.setAttribute("aria-label", "Remove " + name);
      chip.addEventListener("click", () => { set(lines().filter((one) => one !== name)); input.focus(); });
      return chip;
    }));
  };
  const add = () => {
    const name = input.value.trim();
    if (name && !lines().includes(name)) set([...lines(), name]);
    input.value = "";
    input.focus();
  };
  button.addEventListener("click", add);
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); add(); } });
  input.form.addEventListener("submit", () => { if (input.value.trim()) { area.value = [...lines(), input.value.trim()].join("\n"); } });
  draw();
}
document.querySelectorAll(".picker").forEach(picker);

/* What is wrong with a rule, while it is written. */
const form = document.querySelector("form[data-lint]");
if (form) {
  const place = document.getElementById("findings");
  let waiting = 0;
  let asked = 0;
  const look = async () => {
    const mine = ++asked;
    place.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(form.dataset.lint, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      const text = await response.text();
      if (response.ok && mine === asked) place.innerHTML = text;
    } catch {
      /* Away for a moment: the page checks again when it is sent. */
    }
    if (mine === asked) place.removeAttribute("aria-busy");
  };
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(look, 500); });
}
