import { useShortcuts } from "../shell/shortcuts";
import { useIsWide } from "../shell/use-is-narrow";
import type { Well } from "./use-well";

/** Of what is seen, a share stays in sight, so that nobody loses their line. */
const screenShare = 0.9;

/**
 * The usual scrolling keys move the document wherever the focus is, while it stands beside the lead. Where it stands below,
 * they move the page, as they do everywhere; with the focus in the well it is always the well.
 */
export function useScrollKeys({ element }: Well): void {
  const isBeside = useIsWide();
  const scrollBy = (screens: number) =>
    element?.scrollBy({ top: screens * element.clientHeight * screenShare });
  useShortcuts(
    element && isBeside
      ? {
          "resume.down": () => scrollBy(1),
          "resume.up": () => scrollBy(-1),
          "resume.start": () => element.scrollTo({ top: 0 }),
          "resume.end": () => element.scrollTo({ top: element.scrollHeight }),
        }
      : {},
  );
}
