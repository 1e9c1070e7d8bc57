// Light or dark as the reader chose on another page, before anything is painted.
try {
  const chosen = localStorage.getItem("hubscope-mode");
  if (chosen) document.documentElement.dataset.mode = chosen;
} catch { /* no storage for files in some browsers */ }
