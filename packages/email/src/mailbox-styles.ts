/** The dev mailbox's only style sheet: the values of ui/tokens.css in hex, because the page loads nothing else. */
export const mailboxStyles = `
:root { color-scheme: light dark; --paper: #f8f5f1; --surface: #fefdfb; --hover: #f5f2ed; --line: #e1ded8; --text: #211d19;
  --text-2: #514c46; --text-3: #69645c; --ink: #11556d; --ink-soft: #e5eff3; --sheet: #f8f5f1; }
@media (prefers-color-scheme: dark) { :root { --paper: #141210; --surface: #1b1916; --hover: #24211e; --line: #312d29; --text: #ece9e2;
  --text-2: #bab5ad; --text-3: #9c988f; --ink: #82c6dc; --ink-soft: #1d2d33; --sheet: #141210; } }
* { box-sizing: border-box; }
html, body { height: 100%; }
body { margin: 0; background: var(--paper); color: var(--text); font: 14px/20px system-ui, -apple-system, "Segoe UI", Roboto,
  "Noto Sans", sans-serif; display: grid; grid-template: auto minmax(0, 1fr) / minmax(17rem, 22rem) minmax(0, 1fr); }
a { color: inherit; }
:focus-visible { outline: 2px solid var(--ink); outline-offset: 2px; }
header { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; padding: 16px 24px;
  border-bottom: 1px solid var(--line); }
h1 { margin: 0; font: 500 22px/28px Georgia, "Times New Roman", serif; border-left: 3px double var(--ink); padding-left: 10px; }
header p { margin: 0; color: var(--text-2); }
header p.end { margin-left: auto; }
.list { overflow-y: auto; border-right: 1px solid var(--line); background: var(--surface); }
.list ol { list-style: none; margin: 0; padding: 0; }
.list a { display: block; padding: 10px 16px 11px 21px; border-bottom: 1px solid var(--line); border-left: 3px solid transparent;
  text-decoration: none; }
.list a:hover { background: var(--hover); }
.list a:focus-visible { outline-offset: -2px; }
.list a[aria-current] { background: var(--ink-soft); border-left-color: var(--ink); }
.line { display: flex; gap: 8px; justify-content: space-between; color: var(--text-2); font-size: 12px; line-height: 16px; }
.line span, .subject { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.line time { flex: none; font-variant-numeric: tabular-nums; }
.subject { display: block; font-weight: 600; margin: 2px 0; }
main { display: flex; flex-direction: column; min-width: 0; min-height: 0; background: var(--surface); }
.top { padding: 20px 24px 0; border-bottom: 1px solid var(--line); }
h2 { margin: 0 0 12px; font: 500 22px/28px Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
dl { margin: 0; display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 2px 16px; }
dt { color: var(--text-3); }
dd { margin: 0; overflow-wrap: anywhere; }
.tabs { display: flex; gap: 24px; margin-top: 12px; }
.tabs a { padding: 8px 0 9px; color: var(--text-2); text-decoration: none; border-bottom: 2px solid transparent; }
.tabs a:hover { color: var(--text); }
.tabs a[aria-current] { color: var(--text); font-weight: 600; border-bottom-color: var(--ink); }
iframe { flex: 1; width: 100%; min-height: 20rem; border: 0; background: var(--sheet); }
pre { flex: 1; margin: 0; padding: 24px; overflow: auto; white-space: pre-wrap; overflow-wrap: anywhere;
  font: 13px/20px ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.empty { padding: 48px 24px; color: var(--text-2); max-width: 32rem; }
.empty h2 { color: var(--text); margin-bottom: 8px; }
.empty p { margin: 0; }
body.is-empty { display: block; }
@media (max-width: 760px) {
  html, body { height: auto; }
  body { display: block; }
  header, .top { padding-left: 16px; padding-right: 16px; }
  header p.end { margin-left: 0; }
  .list { max-height: 15rem; border-right: 0; border-bottom: 1px solid var(--line); }
  .list a { padding-left: 13px; }
  iframe { display: block; height: 44rem; }
  pre { padding: 16px; }
}
@media (forced-colors: active) { .list a[aria-current] { border-left-color: Highlight; } .tabs a[aria-current] { border-bottom-color: Highlight; } }
`;
