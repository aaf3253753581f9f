// Runs before the first paint, so that an explicit choice never flashes the other theme. The key is `themeKey` in shell/theme.ts.
try {
  const theme = localStorage.getItem("intake-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage refused: the system's theme it is.
}
