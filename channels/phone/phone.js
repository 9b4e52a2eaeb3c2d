"use strict";

const LOOK_EVERY = 700; // milliseconds

const find = (id) => document.getElementById(id);
const bubbles = find("bubbles");
let last = "0";
let asking = 0;

function who() {
  return { from: find("from").value.trim(), channel: find("channel").value };
}

function say(words) {
  find("state").textContent = words;
}

function show(message) {
  const item = document.createElement("li");
  item.className = message.direction;
  const text = document.createElement("div");
  text.dir = "auto"; // Urdu and Pashto run from the right, Roman forms from the left
  text.textContent = message.text;
  item.append(text);
  if (message.buttons.length) {
    const choices = document.createElement("div");
    choices.className = "choices";
    for (const button of message.buttons) {
      const choice = document.createElement("button");
      choice.type = "button";
      choice.dir = "auto";
      choice.textContent = button.title;
      choice.addEventListener("click", () => send({ payload: button.payload }));
      choices.append(choice);
    }
    item.append(choices);
  }
  bubbles.append(item);
  item.scrollIntoView({ block: "end" });
}

async function look() {
  const mine = ++asking;
  try {
    const query = new URLSearchParams({ ...who(), after: last });
    const answer = await fetch(`/phone/messages?${query}`);
    if (mine !== asking) return; // another number was chosen meanwhile
    if (!answer.ok) return say("This number cannot be used.");
    const screen = await answer.json();
    for (const message of screen.messages) {
      last = message.id;
      show(message);
    }
    say(screen.busy ? "…" : "");
  } catch {
    say("Amaan cannot be reached.");
  }
}

async function send(what) {
  try {
    const answer = await fetch("/phone/messages", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...who(), ...what }),
    });
    if (!answer.ok) return say("That could not be sent.");
    await look();
  } catch {
    say("Amaan cannot be reached.");
  }
}

function startOver() {
  last = "0";
  bubbles.replaceChildren();
  look();
}

find("write").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = find("text").value;
  find("text").value = "";
  send({ text });
});
find("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    find("write").requestSubmit();
  }
});
find("where").addEventListener("submit", (event) => {
  event.preventDefault();
  send({ location: { lat: Number(find("lat").value), lon: Number(find("lon").value) } });
});
find("channel").addEventListener("change", () => {
  find("pin").hidden = find("channel").value === "sms"; // an SMS has no pins
  startOver();
});
find("from").addEventListener("change", startOver);
find("who").addEventListener("submit", (event) => event.preventDefault());
find("pin").hidden = true;
setInterval(look, LOOK_EVERY);
look();
