import { useEffect } from "react";

/** A file dropped beside the zone must not replace the page, and everything typed, with the file's contents. */
export function useWindowDrops() {
  useEffect(() => {
    const refuse = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      const isInZone = event.target instanceof Element && event.target.closest("[data-drop-zone]");
      if (!isInZone) event.dataTransfer.dropEffect = "none";
    };
    document.addEventListener("dragover", refuse);
    document.addEventListener("drop", refuse);
    return () => {
      document.removeEventListener("dragover", refuse);
      document.removeEventListener("drop", refuse);
    };
  }, []);
}
