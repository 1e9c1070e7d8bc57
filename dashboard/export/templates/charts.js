// Draws every chart of the page in the page's look, when it is first seen, and again when the look changes.
(() => {
  const { looks, words } = JSON.parse(document.getElementById("looks").textContent);
  const root = document.documentElement;
  const charts = [...document.querySelectorAll("script[data-chart]")].map((source) => ({
    place: document.getElementById(source.dataset.chart),
    source: source.textContent,
    drawn: null,
  }));
  const stored = (value) => {
    try { return value ? localStorage.setItem("hubscope-mode", value) : localStorage.getItem("hubscope-mode"); }
    catch { return null; } // no storage for files in some browsers: the switch still works on this page
  };
  const mode = () => root.dataset.mode || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

  // Vega does not break titles: fill lines as wide as the chart, a Chinese character counting as two.
  const broken = (text, ems) => {
    const lines = [""];
    let width = 0;
    for (const piece of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) || []) {
      const size = [...piece].reduce((sum, sign) => sum + (sign > "\u2e7f" ? 1 : 0.56), 0);
      if (width + size > ems && lines.at(-1)) { lines.push(""); width = 0; }
      lines[lines.length - 1] += piece;
      width += size;
    }
    return lines.map((line) => line.trimEnd());
  };

  const draw = async (chart) => {
    if (!chart.place.clientWidth) return; // folded away: it is drawn when it is opened
    const look = mode();
    if (chart.drawn === look) return;
    chart.drawn = look;
    chart.spec ??= JSON.parse(chart.source);
    const ems = (chart.place.clientWidth - 40) / looks[look].title.fontSize;
    const title = chart.spec.title && { ...chart.spec.title, text: broken([chart.spec.title.text].flat().join(" "), ems) };
    const spec = { ...chart.spec, title, config: looks[look], background: null };
    chart.view?.finalize();
    const { view } = await vegaEmbed(chart.place, spec, {
      renderer: "svg", i18n: words, tooltip: { theme: look }, logLevel: 1,
      actions: { export: true, source: false, compiled: false, editor: false },
    });
    chart.view = view;
    chart.place.dataset.drawn = look;
  };
  // A chart that cannot be drawn takes neither the others nor the filter with it.
  const drawAll = async () => {
    for (const chart of charts) await draw(chart).catch((error) => console.error(chart.place.id, error));
  };

  const wanted = "embed" in root.dataset ? null : stored(); // in a frame the system's theme is that of the page around it
  if (wanted) root.dataset.mode = wanted;
  document.querySelector("[data-switch-mode]")?.addEventListener("click", () => {
    root.dataset.mode = mode() === "dark" ? "light" : "dark";
    stored(root.dataset.mode);
    drawAll();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  document.addEventListener("redraw", () => { // their room has changed
    for (const chart of charts) chart.drawn = null;
    drawAll();
  });
  document.addEventListener("toggle", (event) => { if (event.target.open) drawAll(); }, true);
  drawAll();

  // Sites of other days beside this one: the same page there.
  const choice = document.querySelector("[data-snapshots]");
  if (choice && window.snapshots?.length) {
    const own = decodeURIComponent(location.pathname).split("/").at(-3);
    choice.append(...window.snapshots.map((day) => new Option(day, day, day === own, day === own)));
    choice.hidden = false;
    choice.addEventListener("change", () => { location.href = `../../${choice.value}/${choice.dataset.snapshots}`; });
  }

  const filter = document.querySelector("[data-filter]");
  filter?.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const row of document.querySelectorAll("[data-filtered] tbody tr")) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
    }
  });
})();
