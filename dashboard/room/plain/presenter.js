// The presenter's window. The class's window in the same browser tells what it shows, and turns when this one says so.
// No server stands between: the network may be gone.
const channel = new BroadcastChannel("hubscope lecture");
const at = id => document.getElementById(id);
const PLANNED = "hubscope.planned", BEGAN = "hubscope.began";
let told = null;
let began = JSON.parse(sessionStorage.getItem(BEGAN)) ?? {};  // outlives the reload that changes the language

channel.onmessage = ({data}) => {
  if (data.turn || data.hello) return;
  if (told && data.language !== told.language) location.search = `?lang=${data.language}`;
  if (data.number !== began.number) sessionStorage.setItem(BEGAN, JSON.stringify(began = {number: data.number, at: Date.now()}));
  told = data;
  for (const name of ["lesson", "place", "notes", "next", "points"]) at(name).textContent = data[name];
};
const turn = where => channel.postMessage({turn: where});
at("on").onclick = () => turn("on");
at("back").onclick = () => turn("back");
const keys = {
  PageDown: "on", ArrowRight: "on", ArrowDown: "on", " ": "on", Enter: "on",
  PageUp: "back", ArrowLeft: "back", ArrowUp: "back", Home: "first", End: "last", b: "black", l: "language",
};
addEventListener("keydown", event => {
  const isPressed = event.target.matches("button") && [" ", "Enter"].includes(event.key);
  const where = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!where || isPressed || event.target.matches("input") || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  turn(where);
});
at("planned").value = localStorage.getItem(PLANNED) ?? 45;
at("planned").onchange = () => localStorage.setItem(PLANNED, at("planned").value);
const tick = () => {
  at("clock").textContent = new Date().toLocaleTimeString(document.documentElement.lang, {hour: "2-digit", minute: "2-digit"});
  at("spent").textContent = Math.floor((Date.now() - (began.at ?? Date.now())) / 60000);
};
setInterval(tick, 1000);
tick();
channel.postMessage({hello: true});
