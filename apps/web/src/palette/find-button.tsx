import { Search } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { KeyCap } from "../parts/key-cap";
import { capsOf, shortcuts } from "../shell/shortcut-list";

/** Fetches what is not there from the start. */
export const loadPalette = () => import("./palette-dialog");

/** Opens the palette from the rail. */
export function FindButton({ onPress }: { onPress: () => void }) {
  return (
    <Button
      onPress={onPress}
      // Whoever is about to press it need not wait for it.
      onHoverStart={() => void loadPalette()}
      onFocus={() => void loadPalette()}
      aria-haspopup="dialog"
      className="flex min-h-(--control-h) items-center gap-2 rounded-2 border border-line-2 px-2 text-start text-fg-2 hover:border-line-strong hover:text-fg max-md:size-(--touch-h) max-md:justify-center max-md:border-transparent max-md:px-0 max-[22rem]:hidden md:max-xl:mb-2 md:max-xl:size-9 md:max-xl:justify-center md:max-xl:px-0 xl:mb-4"
    >
      <Search size={16} strokeWidth={1.75} aria-hidden className="flex-none" />
      <span className="flex-1 max-xl:sr-only">Find or do…</span>
      <span aria-hidden className="flex gap-0.5 max-xl:hidden">
        {capsOf(shortcuts["shell.find"].keys[0]).map((cap) => (
          <KeyCap key={cap}>{cap}</KeyCap>
        ))}
      </span>
    </Button>
  );
}
