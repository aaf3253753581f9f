import type { CSSProperties } from "react";

// Mail clients know neither custom properties nor oklch: these are the hex values noted in ui/tokens.css, light inline and dark
// in the head, because some clients drop the head.
const sans = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const serif = 'Georgia, "Times New Roman", serif';
const hairline = "1px solid #e1ded8";

export const styles = {
  page: {
    margin: 0,
    padding: 0,
    backgroundColor: "#f8f5f1",
    color: "#211d19",
    fontFamily: sans,
    fontSize: "16px",
    lineHeight: "25px",
  },
  frame: { maxWidth: "600px", padding: "28px 12px 40px", textAlign: "left" },
  head: { padding: "0 32px 18px" },
  office: {
    fontFamily: serif,
    fontSize: "19px",
    lineHeight: "25px",
    color: "#211d19",
    borderLeft: "3px double #11556d",
    paddingLeft: "10px",
  },
  card: { backgroundColor: "#fefdfb", border: hairline },
  cardInside: { padding: "32px" },
  foot: { padding: "20px 32px 0" },
  title: {
    fontFamily: serif,
    fontWeight: "normal",
    fontSize: "27px",
    lineHeight: "34px",
    margin: 0,
    color: "#211d19",
    wordBreak: "break-word",
    overflowWrap: "anywhere",
  },
  subtitle: { fontSize: "16px", lineHeight: "24px", margin: 0, color: "#211d19" },
  text: { fontSize: "16px", lineHeight: "25px", margin: "0 0 14px", color: "#211d19" },
  muted: { fontSize: "16px", lineHeight: "25px", margin: "10px 0 22px", color: "#514c46" },
  small: { fontSize: "14px", lineHeight: "21px", margin: 0, color: "#514c46" },
  link: { color: "#11556d", textDecoration: "underline" },
  tag: {
    display: "inline-block",
    backgroundColor: "#fbefd6",
    color: "#7a4c0d",
    fontSize: "13px",
    lineHeight: "20px",
    fontWeight: 600,
    padding: "0 8px",
    borderRadius: "3px",
  },
  button: {
    backgroundColor: "#11556d",
    color: "#fdfcf9",
    fontSize: "16px",
    fontWeight: 600,
    padding: "14px 22px",
    borderRadius: "5px",
  },
  row: { tableLayout: "fixed" },
  label: {
    width: "118px",
    padding: "11px 12px 11px 0",
    verticalAlign: "top",
    fontSize: "14px",
    lineHeight: "25px",
    color: "#69645c",
  },
  value: {
    padding: "11px 0",
    verticalAlign: "top",
    fontSize: "16px",
    lineHeight: "25px",
    color: "#211d19",
    wordBreak: "break-word",
    overflowWrap: "anywhere",
  },
  rule: { borderTop: hairline },
  doubleRule: { borderTop: "3px double #c9c4ba" },
} satisfies Record<string, CSSProperties>;

/** Dark colours and phone spacing: the only things that need a style sheet, so losing it loses nothing else. */
export const headStyles = `
.value a, .text a { text-underline-offset: 2px; }
@media (prefers-color-scheme: dark) {
  .page, .page > table > tbody > tr > td { background-color: #141210 !important; color: #ece9e2 !important; }
  .card { background-color: #1b1916 !important; border-color: #312d29 !important; }
  .text, .value { color: #ece9e2 !important; }
  .muted { color: #bab5ad !important; }
  .label { color: #9c988f !important; }
  .rule { border-color: #312d29 !important; }
  .double-rule { border-color: #4a453e !important; }
  .office { color: #ece9e2 !important; border-color: #82c6dc !important; }
  .link { color: #82c6dc !important; }
  .button { background-color: #82c6dc !important; color: #0a161b !important; }
  .tag { background-color: #342816 !important; color: #ebc07b !important; }
}
@media (max-width: 600px) {
  .pad { padding-left: 20px !important; padding-right: 20px !important; }
  .label { width: 84px !important; }
}
`;
