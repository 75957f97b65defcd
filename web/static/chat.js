// The chat page with a script: only the answer is fetched, and the conversation survives a reload of this tab.
// Every form on the page works without this file.
import { choose } from "./chooser.js";

const STORE = "askfirst.conversation";
const LONG = 12; // seconds after which waiting is explained

const log = document.getElementById("log");
const facts = document.getElementById("facts");
const intro = document.getElementById("intro");
const question = document.getElementById("question");
const send = document.getElementById("send");

document.documentElement.classList.add("js");

let conversation = document.querySelector("#ask input[name=conversation]").value;
let busy = false;

restore();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-turn]")) {
    event.preventDefault();
    const pressed = event.submitter?.name === "text" ? event.submitter : null;
    if (pressed) say(pressed.value, pressed.dataset.echo ?? pressed.textContent.trim());
    else ask();
  } else if (form.id === "forget") {
    event.preventDefault();
    forget(form);
  }
});

question.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    ask();
  }
});

facts.addEventListener("click", async (event) => {
  const chip = event.target.closest("button[data-dimension]");
  if (!chip || busy) return;
  const { dimension, concept } = chip.dataset;
  const name = chip.querySelector(".chip-name").textContent;
  const chosen = await choose(dimension, name, concept);
  if (!chosen) return focusChip(dimension);
  const removal = chip.closest(".chip").querySelector(".chip-remove")?.value;
  const text = chosen.id ? `/inform${JSON.stringify({ [dimension]: chosen.id })}` : removal;
  await say(text, `${name}: ${chosen.label}`);
  focusChip(dimension);
});

function ask() {
  const text = question.value.trim();
  if (!text) {
    question.focus();
    return;
  }
  say(text, text);
}

async function say(text, echo) {
  if (busy) return;
  busy = true;
  send.disabled = true;
  const before = document.activeElement;
  const turn = begin(echo);
  question.value = "";
  const explain = setTimeout(() => wait(turn, "Still looking. This takes longer than usual…"), LONG * 1000);
  try {
    const response = await fetch("/turn", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ conversation, text }),
    });
    const answer = await response.json();
    if (answer.replies) show(turn, answer, response.ok, text, echo);
    else fail(turn, answer.error, text, echo);
  } catch {
    fail(turn, "AskFirst cannot be reached from here.", text, echo);
  } finally {
    clearTimeout(explain);
    busy = false;
    send.disabled = false;
    if (before && !before.isConnected) question.focus();
    else if (before === document.body || before?.closest("#log, #intro")) question.focus();
    keep();
  }
}

function begin(echo) {
  intro.classList.add("begun");
  for (const earlier of log.children) earlier.classList.add("past");
  const turn = document.createElement("div");
  turn.className = "turn";
  const said = document.createElement("p");
  said.className = "said";
  const who = document.createElement("span");
  who.className = "unseen";
  who.textContent = "You: ";
  said.append(who, echo);
  const replies = document.createElement("div");
  replies.className = "replies";
  turn.append(said, replies);
  log.append(turn);
  wait(turn, "Looking that up…");
  reveal(turn);
  return turn;
}

function wait(turn, words) {
  const line = document.createElement("p");
  line.className = "progress";
  line.textContent = words;
  turn.lastElementChild.replaceChildren(line);
}

function show(turn, answer, ok, text, echo) {
  // Our own server's page parts, made by templates that escape everything.
  turn.lastElementChild.innerHTML = answer.replies;
  if (ok) {
    facts.innerHTML = answer.facts;
    facts.hidden = false;
  } else {
    offerAgain(turn, text, echo);
  }
  reveal(turn);
}

// A turn that does not fit is shown from its beginning.
function reveal(turn) {
  const room = window.innerHeight - document.getElementById("desk").offsetHeight;
  turn.scrollIntoView({ block: turn.offsetHeight > room ? "start" : "nearest", behavior: "smooth" });
}

function fail(turn, line, text, echo) {
  const card = document.createElement("div");
  card.className = "card status-error";
  const heading = document.createElement("h3");
  heading.className = "verdict";
  heading.textContent = "That did not work";
  const words = document.createElement("p");
  words.textContent = `${line[0].toUpperCase()}${line.slice(1)}${line.endsWith(".") ? "" : "."} Nothing was sent on.`;
  card.append(heading, words);
  turn.lastElementChild.replaceChildren(card);
  offerAgain(turn, text, echo);
}

function offerAgain(turn, text, echo) {
  const form = document.createElement("form");
  form.className = "choices";
  form.dataset.turn = "";
  const again = document.createElement("button");
  again.name = "text";
  again.value = text;
  again.dataset.echo = echo;
  again.className = "choice";
  again.textContent = "Try again";
  form.append(again);
  turn.querySelector(".card:last-child").append(form);
}

function focusChip(dimension) {
  facts.querySelector(`button[data-dimension="${dimension}"]`)?.focus();
}

function keep() {
  const turns = [...log.children].filter((turn) => !turn.querySelector(".progress"));
  const shown = { conversation, log: turns.map((turn) => turn.outerHTML).join(""), facts: facts.innerHTML };
  try {
    sessionStorage.setItem(STORE, JSON.stringify(shown));
  } catch {
    // A full or forbidden store: the conversation goes on, and a reload starts a new one.
    sessionStorage.clear?.();
  }
}

function restore() {
  let shown = null;
  try {
    shown = JSON.parse(sessionStorage.getItem(STORE));
  } catch {
    return;
  }
  if (!shown?.log || log.children.length) return;
  conversation = shown.conversation;
  log.innerHTML = shown.log;
  facts.innerHTML = shown.facts;
  facts.hidden = !facts.querySelector(".chip:not(.chip-open)") && !log.children.length;
  intro.classList.add("begun");
  log.lastElementChild.scrollIntoView({ block: "start" });
}

/* The page may show an older conversation than the one it was loaded with. */
document.querySelector('form[action="/telling"]').addEventListener("submit", (event) => {
  event.target.elements.conversation.value = conversation;
});

async function forget(form) {
  const body = new URLSearchParams({ conversation });
  let forgotten = false;
  try {
    forgotten = (await fetch(form.action, { method: "POST", body })).ok;
  } catch {
    forgotten = false;
  }
  if (!forgotten) {
    fail(begin("Forget this conversation"), "That conversation could not be forgotten right now. Please try again.", "", "");
    log.querySelector(".turn:last-child form")?.remove();
    return;
  }
  sessionStorage.removeItem(STORE);
  location.replace("/");
}
