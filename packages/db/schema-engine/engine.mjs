#!/usr/bin/env node
// Stands in for Prisma's native schema engine (docs/decisions: Prisma offline). `prisma.config.ts` names this file in
// PRISMA_SCHEMA_ENGINE_BINARY; the Prisma command line starts it and speaks JSON-RPC 2.0 with it, one message a line.
// Standard error carries one JSON object a line: the command line drops the first and parses all others.
import { readFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    datamodels: { type: "string", multiple: true },
    datasource: { type: "string" },
    "enabled-preview-features": { type: "string" },
    "extension-types": { type: "string" },
  },
});

/** The methods of the protocol whose name differs from the engine's own. */
const renamed = { getDatabaseVersion: "version" };

function writeLog(level, fields) {
  const message = String(fields.message ?? "").replace(/\s*\r?\n\s*/g, " ");
  const line = {
    timestamp: new Date().toISOString(),
    level,
    target: "schema_engine::logger",
    fields: { ...fields, message },
  };
  writeSync(2, `${JSON.stringify(line)}\n`);
}

function connectionString() {
  const url = values.datasource ? JSON.parse(values.datasource).url : undefined;
  if (!url) throw new Error("No database address: set DATABASE_URL");
  return url;
}

let engine;

async function loadEngine() {
  engine ??= await startEngine();
  return engine;
}

async function startEngine() {
  if (!process.features.typescript) {
    throw new Error(`The schema engine needs Node 24, this is ${process.version}: run Prisma through "pnpm"`);
  }
  const { createSchemaEngine } = await import("../src/schema-engine.ts");
  return createSchemaEngine({
    connectionString: connectionString(),
    datamodels: values.datamodels?.map((path) => [path, readFileSync(path, "utf8")]),
  });
}

/** What Prisma's users know connection faults by (https://pris.ly/d/error-reference). */
function connectionErrorCode(error) {
  const codes = { "3D000": "P1003", "28P01": "P1000", 28000: "P1010", "42P04": "P1009" };
  return codes[error?.code] ?? "P1001";
}

async function runDatabaseCommand(command) {
  const { default: pg } = await import("pg");
  const url = new URL(connectionString());
  const database = decodeURIComponent(url.pathname.slice(1));
  const isCheck = command === "can-connect-to-database";
  const sql = {
    "can-connect-to-database": "SELECT 1",
    "create-database": `CREATE DATABASE ${pg.escapeIdentifier(database)}`,
    "drop-database": `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(database)} WITH (FORCE)`,
  }[command];
  if (!sql) throw new Error(`Unknown command ${command}`);
  if (!isCheck) url.pathname = "/postgres";
  const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 5000 });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** The engine reports known errors as JSON inside the message of the error it throws. */
function toRpcError(error) {
  const message = error instanceof Error ? error.message : String(error);
  const known = error?.code ? { error_code: error.code, message, meta: error.meta ?? {} } : { message };
  return {
    code: 4466,
    message: "An error happened. Check the data field for details.",
    data: { is_panic: false, ...known },
  };
}

async function answer(request) {
  const method = renamed[request.method] ?? request.method;
  const reply = { jsonrpc: "2.0", id: request.id };
  try {
    const { commands } = await loadEngine();
    if (typeof commands[method] !== "function") throw new Error(`Unknown method ${request.method}`);
    const result = (await commands[method](request.params ?? {})) ?? null;
    if (method === "diff" && result.stdout) printThroughCli(result.stdout);
    return { ...reply, result };
  } catch (error) {
    return { ...reply, error: toRpcError(error) };
  }
}

/** The native engine lets the command line print a diff; its reply is of no interest. */
function printThroughCli(content) {
  process.stdout.write(
    `${JSON.stringify({ jsonrpc: "2.0", id: 0, method: "print", params: { content } })}\n`,
  );
}

async function serve() {
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === "") continue;
    const request = JSON.parse(line);
    if (!request.method) continue;
    process.stdout.write(`${JSON.stringify(await answer(request))}\n`);
  }
  await engine?.close();
}

const [mode, command] = positionals;
try {
  await (mode === "cli" ? runDatabaseCommand(command) : serve());
} catch (error) {
  writeLog("INFO", { message: "Schema engine stops" });
  writeLog("ERROR", {
    message: error.message || String(error),
    error_code: connectionErrorCode(error),
    is_panic: false,
  });
  process.exit(1);
}
