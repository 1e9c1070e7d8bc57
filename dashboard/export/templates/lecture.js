// Class mode of a lesson without a server: one screen at a time, turned by keys, by a presenter's remote, or by the bar below.
(() => {
  const bar = document.querySelector("[data-lecture]");
  if (!bar) return;
  const root = document.documentElement;
  const main = document.querySelector("main");
  const screens = [...main.querySelectorAll(":scope > .exhibit, :scope > .screen")];
  const place = bar.querySelector("output");
  const AHEAD = ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"];
  const BACK = ["ArrowLeft", "ArrowUp", "PageUp"];
  let at = null; // the screen shown; null on the page as it is read

  const folded = () => screens[at].querySelector("details.reveal:not([open])");

  // As large as the height allows: everything beside the picture keeps its place, the picture takes what is left.
  const fit = () => {
    const chart = screens[at].querySelector(".chart > div");
    if (!chart || !chart.clientWidth) return;
    const used = main.getBoundingClientRect().height + bar.getBoundingClientRect().height - chart.getBoundingClientRect().height;
    const zoom = Math.min(3, Math.max(0.5, (innerHeight - used - 24) / (chart.offsetHeight || 1)));
    chart.style.zoom = zoom;
    document.dispatchEvent(new Event("redraw"));
  };

  const show = (number) => {
    at = number;
    root.dataset.lecture = "";
    history.replaceState(null, "", `#class-${at + 1}`);
    screens.forEach((screen, one) => screen.classList.toggle("is-on", one === at));
    place.textContent = `${at + 1} / ${screens.length}`;
    scrollTo(0, 0);
    if (!folded()) settle();
  };
  const settle = async () => {
    for (const chart of document.querySelectorAll(".chart > div")) chart.style.zoom = "";
    document.dispatchEvent(new Event("redraw"));
    const chart = screens[at].querySelector(".chart > div");
    for (let tries = 0; chart && tries < 100 && !chart.querySelector("svg"); tries++) await new Promise(requestAnimationFrame);
    if (at !== null) fit();
  };

  const leave = () => {
    at = null;
    delete root.dataset.lecture;
    history.replaceState(null, "", location.pathname);
    for (const chart of document.querySelectorAll(".chart > div")) chart.style.zoom = "";
    document.dispatchEvent(new Event("redraw"));
  };

  const ahead = () => {
    if (folded()) { folded().open = true; settle(); }
    else if (at + 1 < screens.length) show(at + 1);
    else if (bar.dataset.after) location.href = `${bar.dataset.after}#class-1`;
  };
  const back = () => {
    if (at > 0) show(at - 1);
    else if (bar.dataset.before) location.href = `${bar.dataset.before}#class-last`;
  };

  document.addEventListener("keydown", (event) => {
    if (at === null || event.ctrlKey || event.altKey || event.metaKey) return;
    const onControl = event.target.closest("input, select, textarea, button, a, summary");
    if (onControl && (event.key === " " || event.key === "Enter" || onControl.matches("input, select, textarea"))) return;
    if (AHEAD.includes(event.key)) ahead();
    else if (BACK.includes(event.key)) back();
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(screens.length - 1);
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
  });
  addEventListener("resize", () => { if (at !== null && !folded()) settle(); });
  bar.querySelector("[data-on]").addEventListener("click", ahead);
  bar.querySelector("[data-back]").addEventListener("click", back);
  bar.querySelector("[data-leave]").addEventListener("click", leave);
  document.querySelector("[data-begin]").addEventListener("click", (event) => { event.target.blur(); show(0); });
  const asked = /^#class-(\d+|last)$/.exec(location.hash);
  const number = asked && (asked[1] === "last" ? screens.length : Number(asked[1]));
  if (number >= 1 && number <= screens.length) show(number - 1);
})();
