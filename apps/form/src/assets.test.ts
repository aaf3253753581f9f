import { describe, expect, it } from "vitest";
import { readAssets } from "./assets";

describe("readAssets", () => {
  it("picks script, style, first fonts and icon from the manifest", () => {
    expect(
      readAssets({
        "../../packages/ui/src/fonts/form-serif.woff2": { file: "assets/form-serif-1.woff2" },
        "../../packages/ui/src/fonts/plex-sans-greek.woff2": { file: "assets/plex-sans-greek-1.woff2" },
        "../../packages/ui/src/fonts/plex-sans-latin.woff2": { file: "assets/plex-sans-latin-1.woff2" },
        "../../packages/ui/src/icon.svg": { file: "assets/icon-1.svg" },
        "src/entry-client.tsx": { file: "assets/entry-1.js", isEntry: true, css: ["assets/entry-1.css"] },
      }),
    ).toEqual({
      scripts: ["/assets/entry-1.js"],
      styles: ["/assets/entry-1.css"],
      preloads: ["/assets/plex-sans-latin-1.woff2", "/assets/form-serif-1.woff2"],
      icon: "/assets/icon-1.svg",
    });
  });

  it("complains about a missing build", () => {
    expect(() => readAssets({})).toThrow("not built");
  });
});
