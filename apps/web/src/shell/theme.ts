export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

// The same key is read before the first paint by theme-first.js.
const themeKey = "intake-theme";

/** The explicit choice of this browser, or "system". */
export function readTheme(): Theme {
  const stored = localStorage.getItem(themeKey);
  return themes.find((theme) => theme === stored) ?? "system";
}

/** Applies a theme at once and remembers it in this browser. */
export function chooseTheme(theme: Theme): void {
  if (theme === "system") {
    localStorage.removeItem(themeKey);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(themeKey, theme);
    document.documentElement.dataset.theme = theme;
  }
}
