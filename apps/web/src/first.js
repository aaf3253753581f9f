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
  const refresh = navigator.locks ? navigator.locks.request("intake-refresh", ask) : ask();
  window.intakeRefresh = refresh;

  // The list's address says what to ask the server, which reads it by the same schema; the app takes the answer (leads/early-list.ts).
  const parameters = Object.fromEntries(new URLSearchParams(location.search));
  if (/^\/app\/leads\/?$/.test(location.pathname) && !("view" in parameters)) {
    const list = async () => {
      const { result } = await (await refresh).clone().json();
      return fetch(`/trpc/leads.list?input=${encodeURIComponent(JSON.stringify(parameters))}`, {
        headers: { authorization: `Bearer ${result.data.accessToken}`, "x-requested-with": "intake" },
      });
    };
    window.intakeList = { search: location.search, answer: list() };
  }

  // Whoever takes the answers hears of it.
  for (const answer of [refresh, window.intakeList?.answer]) answer?.catch(() => undefined);
}
