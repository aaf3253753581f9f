/** A key on the keyboard. Inside a button it is decoration: the button's name must stand without it. */
export function KeyCap({
  children,
  look = "plain",
}: {
  children: string;
  look?: "plain" | "on-ink" | "float";
}) {
  const colors = {
    plain: "border-line-2 bg-surface text-fg-2",
    "on-ink": "border-current/50 bg-transparent text-inherit",
    float: "border-float-line bg-transparent text-on-float-2",
  };
  return (
    <kbd
      className={`inline-grid h-[1.125rem] min-w-[1.125rem] place-items-center rounded-1 border px-1 font-sans text-2xs pointer-coarse:hidden ${colors[look]}`}
    >
      {children}
    </kbd>
  );
}
