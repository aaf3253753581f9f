const home = "/app/";

/** Where to go after signing in: a path of the dashboard on this very origin, or the home page (detail 4.29). */
export function safeNextPath(next: string | undefined, origin: string): string {
  if (!next?.startsWith("/")) return home;
  const url = URL.canParse(next, origin) ? new URL(next, origin) : null;
  if (!url || url.origin !== origin || !url.pathname.startsWith("/app/")) return home;
  if (/^\/app\/(login|setup)\b/.test(url.pathname)) return home;
  return `${url.pathname}${url.search}${url.hash}`;
}
