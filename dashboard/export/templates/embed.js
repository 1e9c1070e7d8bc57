// The link names the snapshot that it was made for. The site may have gone on since: say so.
(() => {
  const asked = /^(\d{4})(\d\d)(\d\d)T\d{6}Z$/.exec(new URLSearchParams(location.search).get("as_of") || "");
  const note = document.querySelector("[data-pin]");
  if (!asked || asked[0] === note.dataset.pin) return;
  note.textContent = note.dataset.says.replace("{asked}", asked.slice(1).join("-"));
  note.hidden = false;
})();
