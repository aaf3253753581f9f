// Runs before the first paint, and before the app itself has arrived.

// An explicit choice never flashes the other theme. The key is `themeKey` in shell/theme.ts.
try {
  const theme = localStorage.getItem("intake-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage refused: the system's theme it is.
}

// Who is signed in? Pages for staff need to know first of all, so they ask meanwhile. The lock is that of client/session.ts.
if (!/^\/app\/(?:login|setup|invitation|forgot|reset)\b/.test(location.pathname)) {
  const ask = () =>
    fetch("/trpc/auth.refresh", {
      method: "POST",
      headers: { "content-type": "application/json", "x-requested-with": "intake" },
      body: "{}",
    });
  window.intakeRefresh = navigator.locks ? navigator.locks.request("intake-refresh", ask) : ask();
  // Whoever takes the answer hears of it.
  window.intakeRefresh.catch(() => undefined);
}
