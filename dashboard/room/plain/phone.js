// A phone in a room: asks every two seconds what is on the screen, and sends what was chosen until it has arrived.
// All that is shown was written elsewhere: it goes into the page as text, never as markup.
const main = document.querySelector("main");
const words = JSON.parse(document.getElementById("words").textContent);
const say = (key, values = {}) => words[`phone.${key}`].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const at = id => document.getElementById(id);
const OFTEN = 2000, SELDOM = 16000;
const UNSENT = `unsent ${main.dataset.base}`;

let shown = {version: -1};
let chosen = null;  // numbers of choices, one for each place
let waited = OFTEN;
let unsent = null;  // what was sent and has not arrived; outlives a reload where the phone stores anything
try { unsent = JSON.parse(sessionStorage.getItem(UNSENT)); } catch { /* it does not */ }

const make = (name, text = "", more = {}) => Object.assign(document.createElement(name), {textContent: text}, more);
const trouble = text => { at("trouble").textContent = text; at("trouble").hidden = !text; };
const keep = what => {
  unsent = what;
  try { sessionStorage.setItem(UNSENT, JSON.stringify(what)); } catch { /* see above */ }
};

class Refused extends Error {}

async function ask(path, more) {
  const answer = await fetch(`${main.dataset.base}/${path}`, {signal: AbortSignal.timeout?.(8000), ...more});
  const told = await answer.json();
  if (answer.status >= 500) throw new Error(answer.status);
  if (!answer.ok) throw Object.assign(new Refused(told.error), {reason: told.reason});
  return told;
}

async function deliver() {
  if (!unsent) return;
  const what = unsent;
  try {
    await ask(`answer?lang=${main.dataset.language}`, {
      method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify(what),
    });
    if (unsent === what) keep(null);
    if (what.question === shown.question) at("told").textContent = say("sent");
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    keep(null);
    at("told").textContent = error.message;
  }
}

async function turn() {
  try {
    const told = await ask(`state?lang=${main.dataset.language}&seen=${shown.version}`);
    if (told.version !== shown.version) show(told);
    await deliver();
    trouble("");
    waited = OFTEN;
  } catch (error) {
    if (error instanceof Refused && error.reason !== "full") {  // closed, unknown, no cookie: asking again changes nothing
      trouble(error.message);
      at("text").textContent = at("given").textContent = at("told").textContent = "";
      at("control").replaceChildren();
      return;
    }
    trouble(error instanceof Refused ? error.message : say("offline"));
    waited = Math.min(waited * 1.5, SELDOM);
  }
  setTimeout(turn, waited * (0.8 + Math.random() * 0.4));  // a hundred phones do not ask in one moment
}

function show(told) {
  const isSame = told.question === shown.question && told.phase === "ask" && shown.phase === "ask";
  shown = told;
  if (isSame) return;
  at("text").textContent = told.text ?? say("wait");
  at("given").textContent = told.phase === "ask" ? told.given : "";
  at("told").textContent = told.phase === "ask" && told.mine ? say("sent") : "";
  at("control").replaceChildren();
  chosen = unsent?.question === told.question ? unsent.answer : told.mine;
  if (told.phase === "ask") ({number: slide, line: slide, order: arrange})[told.kind]();
  if (told.phase === "reveal") compare();
}

function send(isReady) {
  const button = make("button", say("send"), {type: "submit", className: "main", disabled: !isReady});
  at("control").append(button);
  return button;
}

at("control").addEventListener("submit", event => {
  event.preventDefault();
  keep({question: shown.question, answer: chosen});
  at("told").textContent = say("sending");
  deliver().catch(() => trouble(say("offline")));
});

function slide() {
  const {points, choices} = shown;
  const values = chosen ?? points.map(() => null);
  const sliders = points.map((point, place) => {
    const read = make("output", values[place] === null ? "–" : choices[values[place]]);
    const slider = make("input", "", {type: "range", min: 0, max: choices.length - 1, step: 1, value: values[place] ?? 0});
    slider.setAttribute("aria-label", point || shown.text);
    slider.classList.toggle("untouched", values[place] === null);
    const take = () => {
      slider.classList.remove("untouched");
      values[place] = +slider.value;
      read.textContent = choices[values[place]];
      slider.setAttribute("aria-valuetext", read.textContent);
      chosen = values;
      button.disabled = values.includes(null);
      at("told").textContent = "";
    };
    slider.addEventListener("input", take);
    slider.addEventListener("click", take);  // also where the value stays at the lower end
    const ends = make("div", "", {className: "ends"});
    ends.append(make("span", choices[0]), make("span", choices[choices.length - 1]));
    return [make("label", point), read, slider, ends];
  });
  at("control").append(...sliders.flat());
  const button = send(!values.includes(null));
}

function arrange() {
  chosen ??= shown.choices.map((_, place) => place);
  const list = make("ol");
  const draw = () => list.replaceChildren(...chosen.map((one, place) => {
    const line = make("li");
    const move = (sign, way) => {
      const button = make("button", sign, {type: "button", disabled: !(place + way in chosen)});
      button.setAttribute("aria-label", `${sign} ${shown.choices[one]}`);
      button.addEventListener("click", () => {
        [chosen[place], chosen[place + way]] = [chosen[place + way], chosen[place]];
        at("told").textContent = "";
        draw();
        const moved = list.children[place + way].querySelectorAll("button");
        (way < 0 ? [moved[0], moved[1]] : [moved[1], moved[0]]).find(button => !button.disabled)?.focus();
      });
      return button;
    };
    line.append(move("↑", -1), move("↓", 1), make("span", `${place + 1} · ${shown.choices[one]}`));
    return line;
  }));
  draw();
  at("control").append(list);
  send(true);
}

function compare() {
  const {mine, choices, points, truth} = shown;
  const table = make("table"), head = make("tr");
  head.append(...["", say("mine"), say("true")].map(text => make("th", text)));
  table.append(head, ...truth.map((true_, place) => {
    const said = mine ? choices[mine[place]] : "–", row = make("tr");
    row.append(make("td", points[place] ?? `${place + 1}`), make("td", said, {className: said === true_ ? "hit" : ""}), make("td", true_));
    return row;
  }));
  at("control").append(table);
  if (!mine) at("told").textContent = say("none");
}

turn();
