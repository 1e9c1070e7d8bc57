// The keys of class mode. A presenter's remote sends PageUp and PageDown, which turn whatever has the focus; the other keys
// belong to a control while it has it. What lies over the screen (help, notes, list, black) is named on the body, and the style
// sheet shows it.
if (!window.hubscopeTurnsByKey) {
  window.hubscopeTurnsByKey = true;
  const lying = document.body.dataset;
  const isInClass = () => document.querySelector(".st-key-lecture-turn");
  const told = () => document.querySelector(".lecture-told")?.dataset.told;
  const presenter = new BroadcastChannel("hubscope lecture");
  let lastTold = "";
  const tell = () => { if (told()) presenter.postMessage(JSON.parse(lastTold = told())); };
  const press = name => {
    lying.lecture = "";
    document.querySelector(`.st-key-lecture-${name} button:not([disabled])`)?.click();
  };
  const lay = name => { lying.lecture = lying.lecture === name ? "" : name; };
  const always = {PageDown: () => press("on"), PageUp: () => press("back")};
  const elsewhere = {
    ArrowRight: always.PageDown, ArrowDown: always.PageDown, " ": always.PageDown, Enter: always.PageDown,
    ArrowLeft: always.PageUp, ArrowUp: always.PageUp,
    Home: () => press("first"), End: () => press("last"),
    g: () => lay("list"), n: () => lay("notes"), b: () => lay("black"), "?": () => lay("help"),
    l: () => press("language"), r: () => document.querySelector(".st-key-room-open button")?.click(),
    p: () => told() && open(JSON.parse(told()).window, "hubscope presenter", "popup,width=1100,height=700"),
    f: () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen(),
  };
  const takes = (element, key) => element?.closest?.('input, textarea, [role="slider"], [role="combobox"], [role="listbox"]')
    || (key === " " || key === "Enter") && element?.closest?.("button, a, summary");
  const leave = event => {
    if (lying.lecture) lying.lecture = "";
    else if (document.querySelector('[data-baseweb="popover"]')) return;  // Esc closes that first
    else if (takes(event.target)) event.target.blur();
    else press("leave");
  };
  addEventListener("keydown", event => {
    if (!isInClass() || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "Escape") return leave(event);
    const act = always[key] || (!takes(event.target, key) && elsewhere[key]);
    if (act) {
      event.preventDefault();
      event.stopPropagation();
      act();
    }
  }, true);
  // The presenter's window is another one of this browser, and no server stands between.
  const named = {language: () => press("language"), black: () => lay("black")};
  presenter.onmessage = ({data}) => {
    if (!isInClass()) return;
    if (data.hello) tell();
    else if (["on", "back", "first", "last"].includes(data.turn)) press(data.turn);
    else named[data.turn]?.();
  };
  // The server draws the type of pictures; how large the screen is only the browser knows.
  const fit = () => {
    const size = innerWidth >= 2300 && innerHeight >= 1290 ? "huge" : innerWidth >= 1600 && innerHeight >= 900 ? "large" : "usual";
    document.querySelector(`.st-key-lecture-size-${size} button:not([disabled])`)?.click();
  };
  new MutationObserver(() => {
    if (!isInClass()) return;
    fit();
    if (told() && told() !== lastTold) tell();
  }).observe(document.body, {childList: true, subtree: true});
  addEventListener("resize", fit);
  // Who moved a slider with the mouse means to turn with the next arrow.
  addEventListener("pointerup", () => setTimeout(() => {
    if (isInClass() && document.activeElement?.getAttribute("role") === "slider") document.activeElement.blur();
  }), true);
}
