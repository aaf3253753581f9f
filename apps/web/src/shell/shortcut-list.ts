/** Where a key works, in the order of the help. */
export const shortcutPlaces = ["Lead", "Resume", "List", "Home", "Audit", "Everywhere"] as const;
type ShortcutPlace = (typeof shortcutPlaces)[number];

interface Shortcut {
  place: ShortcutPlace;
  /**
   * As `KeyboardEvent.key` says it, letters in lower case; `Shift+r` for a letter that means something else with Shift, `Mod+k` for Ctrl
   * (⌘ on Apple's). All of them do the same.
   */
  keys: readonly string[];
  /** What it does; the name of it in the palette. */
  words: string;
  /** What the help adds to that. */
  hint?: string;
  /** Works while somebody types, too. */
  whileTyping?: true;
  /** The part that has the focus handles it; described here, so that the help is complete. */
  isOwn?: true;
}

/** Every key of the dashboard, once: the handlers are named by it, the help and the palette list it. */
export const shortcuts = {
  "lead.reach-out": { place: "Lead", keys: ["r"], words: "Mark reached out" },
  "lead.reach-out-how": { place: "Lead", keys: ["Shift+r"], words: "Mark reached out, saying how" },
  "lead.set-back": { place: "Lead", keys: ["u"], words: "Set back to pending" },
  "lead.write": { place: "Lead", keys: ["e"], words: "Write an email" },
  "lead.copy": { place: "Lead", keys: ["c"], words: "Copy the address" },
  "lead.assign": { place: "Lead", keys: ["a"], words: "Assign to somebody" },
  "lead.note": { place: "Lead", keys: ["m"], words: "Write a note" },
  "lead.save-note": { place: "Lead", keys: ["Mod+Enter"], words: "Save the note", isOwn: true },
  "lead.mark-unread": { place: "Lead", keys: ["Shift+u"], words: "Mark unread" },
  "lead.next": { place: "Lead", keys: ["j"], words: "Next lead of the list" },
  "lead.previous": { place: "Lead", keys: ["k"], words: "Previous lead of the list" },
  "lead.back": { place: "Lead", keys: ["Escape"], words: "Back to the list" },

  "resume.down": { place: "Resume", keys: ["PageDown"], words: "Scroll down by a screen" },
  "resume.up": { place: "Resume", keys: ["PageUp"], words: "Scroll up by a screen" },
  "resume.next-page": { place: "Resume", keys: ["n"], words: "Next page of the resume" },
  "resume.previous-page": { place: "Resume", keys: ["p"], words: "Previous page of the resume" },
  "resume.start": { place: "Resume", keys: ["Home"], words: "First page of the resume" },
  "resume.end": { place: "Resume", keys: ["End"], words: "Last page of the resume" },
  "resume.zoom-in": { place: "Resume", keys: ["+", "="], words: "Zoom in" },
  "resume.zoom-out": { place: "Resume", keys: ["-"], words: "Zoom out" },
  "resume.fit": { place: "Resume", keys: ["0"], words: "Fit the width" },
  "resume.find": { place: "Resume", keys: ["f"], words: "Find in the resume" },
  "resume.thumbnails": { place: "Resume", keys: ["t"], words: "Small pictures of all pages" },
  "resume.download": { place: "Resume", keys: ["d"], words: "Download the original" },

  "list.search": {
    place: "List",
    keys: ["/"],
    words: "Search the leads",
    hint: "words like “status:pending” become filters, quotes keep words together",
  },
  "list.clear-search": { place: "List", keys: ["Escape"], words: "Clear the search", isOwn: true },
  "list.triage": {
    place: "List",
    keys: ["t"],
    words: "Start triage",
    hint: "opens the first lead that waits",
  },
  "list.down": { place: "List", keys: ["j", "ArrowDown"], words: "Next row" },
  "list.up": { place: "List", keys: ["k", "ArrowUp"], words: "Previous row" },
  "list.open": { place: "List", keys: ["o", "Enter"], words: "Open the lead" },
  "list.mark-unread": { place: "List", keys: ["Shift+u"], words: "Mark the lead unread" },
  "list.select": { place: "List", keys: ["x"], words: "Select the lead" },
  "list.select-range": { place: "List", keys: ["Shift+x"], words: "Select all up to the lead" },
  "list.select-loaded": { place: "List", keys: ["Mod+a"], words: "Select all that are loaded" },
  "list.select-none": { place: "List", keys: ["Escape"], words: "Select none" },
  "list.reach-out": { place: "List", keys: ["r"], words: "Mark the selected leads reached out" },
  "list.assign": { place: "List", keys: ["a"], words: "Assign the selected leads" },
  "list.next-page": { place: "List", keys: ["n"], words: "Next page of the list" },
  "list.previous-page": { place: "List", keys: ["p"], words: "Previous page of the list" },

  "home.bars": {
    place: "Home",
    keys: ["ArrowLeft", "ArrowRight"],
    words: "From bar to bar of a chart",
    isOwn: true,
  },

  "audit.search": { place: "Audit", keys: ["/"], words: "Search the audit" },
  "audit.older": { place: "Audit", keys: ["n"], words: "Older entries" },
  "audit.newest": { place: "Audit", keys: ["p"], words: "Newest entries" },

  "shell.find": { place: "Everywhere", keys: ["Mod+k"], words: "Find or do", whileTyping: true },
  "shell.undo": { place: "Everywhere", keys: ["u"], words: "Undo", hint: "while the message is shown" },
  "shell.keys": { place: "Everywhere", keys: ["?"], words: "Show all keys" },
} as const satisfies Record<string, Shortcut>;

type ShortcutId = keyof typeof shortcuts;

/** Those that a handler takes; the others belong to the part that has the focus. */
export type HandledId = {
  [Id in ShortcutId]: (typeof shortcuts)[Id] extends { isOwn: true } ? never : Id;
}[ShortcutId];

/** The whole list, in its order. */
export const allShortcuts = Object.values<Shortcut>(shortcuts);

/** Those that a handler takes. `Object.entries` forgets the names; they are the list's own. */
export const handledShortcuts = Object.entries<Shortcut>(shortcuts)
  .filter(([, { isOwn }]) => !isOwn)
  .map(([id, shortcut]) => ({ id: id as HandledId, ...shortcut }));

/** Whether the keyboard is one of Apple's, where ⌘ does what Ctrl does elsewhere. */
export const isApple = /^(Mac|iP)/.test(navigator.platform);

const caps: Record<string, string> = {
  Mod: isApple ? "⌘" : "Ctrl",
  Escape: "Esc",
  PageUp: "PgUp",
  PageDown: "PgDn",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  "-": "−",
};

/** What stands on the keys of one combination: `Shift+r` is Shift and R. */
export function capsOf(key: string): string[] {
  return (key === "+" ? [key] : key.split("+")).map(
    (part) => caps[part] ?? (part.length === 1 ? part.toUpperCase() : part),
  );
}
