// One act of the reader, one entry of the browser's history: the server writes a page's address in two steps, and a view
// completes the one it was reached by. Without this, "back" leads to half an address, which is completed again.
if (!window.hubscopeCountsActs) {
  window.hubscopeCountsActs = true;
  let hasActed = false;
  for (const act of ["pointerdown", "keydown", "click", "input"]) {
    addEventListener(act, () => { hasActed = true; }, true);
  }
  const push = history.pushState.bind(history), replace = history.replaceState.bind(history);
  history.pushState = (...entry) => {
    (hasActed ? push : replace)(...entry);
    hasActed = false;
  };
}
