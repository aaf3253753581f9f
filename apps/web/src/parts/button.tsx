import type { ComponentProps } from "react";
import { Button as PressButton } from "react-aria-components/Button";

type Look = "primary" | "outline" | "quiet" | "float";

const base =
  "inline-flex items-center justify-center gap-[0.4375rem] rounded-2 border font-medium whitespace-nowrap no-underline transition-colors duration-(--t-fast)";

const looks: Record<Look, string> = {
  primary: "border-ink bg-ink text-on-ink hover:border-ink-hover hover:bg-ink-hover hover:text-on-ink",
  outline:
    "border-line-2 bg-surface text-fg hover:border-line-strong hover:bg-hover hover:text-fg aria-expanded:border-line-strong aria-expanded:bg-hover",
  quiet: "border-transparent bg-transparent text-fg-2 hover:bg-hover hover:text-fg aria-expanded:bg-hover",
  float:
    "border-transparent bg-transparent text-float-ink hover:bg-float-line focus-visible:outline-float-ink",
};

const disabled =
  "data-disabled:border-line data-disabled:bg-sunken data-disabled:text-fg-3 data-disabled:hover:bg-sunken data-disabled:hover:text-fg-3";

/** Classes of a button, for links that look like one. */
export function buttonClass(look: Look = "outline", shape: "text" | "icon" = "text"): string {
  const size = shape === "icon" ? "size-(--control-h) flex-none" : "min-h-(--control-h) px-[0.6875rem]";
  return `${base} ${looks[look]} ${disabled} ${size}`;
}

type ButtonProps = Omit<ComponentProps<typeof PressButton>, "className"> & {
  look?: Look;
  shape?: "text" | "icon";
  className?: string;
};

/** A button in one of four looks; `icon` buttons need an `aria-label`. */
export function Button({ look = "outline", shape = "text", className = "", ...props }: ButtonProps) {
  return <PressButton {...props} className={`${buttonClass(look, shape)} ${className}`} />;
}
