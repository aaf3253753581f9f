/** Which built files a page needs, read from Vite's manifest (`dist/client/.vite/manifest.json`). */

/** Addresses from the root, ready for `<script src>`, `<link rel="stylesheet">` and `<link rel="preload">`. */
export interface PageAssets {
  scripts: string[];
  styles: string[];
  /** Font files every page uses at once. */
  preloads: string[];
  icon?: string;
}

interface ManifestEntry {
  file: string;
  isEntry?: boolean;
  css?: string[];
}
export type AssetManifest = Record<string, ManifestEntry>;

const firstFonts = ["plex-sans-latin.woff2", "form-serif.woff2"];

/** Picks the entry's script and styles, the two fonts of the first screen and the icon. Throws when the build is not there. */
export function readAssets(manifest: AssetManifest): PageAssets {
  const sources = Object.entries(manifest);
  const entry = sources.find(([, { isEntry }]) => isEntry)?.[1];
  if (!entry) throw new Error("The form is not built: its manifest names no entry.");
  const find = (name: string) => sources.find(([source]) => source.endsWith(`/${name}`))?.[1].file;
  const icon = find("icon.svg");
  return {
    scripts: [`/${entry.file}`],
    styles: (entry.css ?? []).map((file) => `/${file}`),
    preloads: firstFonts.flatMap((name) => find(name) ?? []).map((file) => `/${file}`),
    ...(icon && { icon: `/${icon}` }),
  };
}
