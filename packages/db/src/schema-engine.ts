import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlQueryable,
  type SqlResultSet,
  type Transaction,
} from "@prisma/driver-adapter-utils";
import * as wasmGlue from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

// Prisma's schema engine as WebAssembly over our own PostgreSQL driver: migrations work where Prisma's download server is out
// of reach, and at start-up without its command line. `schema-engine/engine.mjs` loads this file directly, by Node's own type
// stripping: it must not import other files of this package.

/** The part of the global that we use; its types would come only with those of a browser. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

/** PostgreSQL's number of the internal type `"char"`, which the stock adapter refuses. */
const internalCharOid = 18;
/** The engine's catalogue queries never return a time of day, so `time` can mark what was `"char"`. */
const markerOid = 1083;

export interface SchemaEngineOptions {
  connectionString: string;
  /** Prisma schema files as pairs of path and content; migrations alone need none. Never an empty list: the engine panics. */
  datamodels?: [path: string, content: string][];
  /** How long a migration may wait for a lock on a table, in milliseconds; 0 is for ever. */
  lockTimeoutMs?: number;
  /** Takes the engine's own log lines. */
  log?: (line: string) => void;
}

export interface SchemaEngine {
  /** Prisma's own methods. */
  commands: wasmGlue.SchemaEngine;
  /** Ends the connections and frees the engine's memory. */
  close(): Promise<void>;
}

let loading: Promise<void> | undefined;

async function loadWasm(): Promise<void> {
  // The engine hands the words of a panic to this global before it throws "unreachable".
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (message: string) =>
        process.stderr.write(`${JSON.stringify({ level: "ERROR", fields: { message } })}\n`),
    },
  });
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve("@prisma/schema-engine-wasm/schema_engine_bg"));
  const bytes = await readFile(join(folder, "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": { ...wasmGlue } });
  wasmGlue.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === "function") start();
}

/** Starts the engine on one database, connects, and throws when it cannot. The caller closes it. */
export async function createSchemaEngine(options: SchemaEngineOptions): Promise<SchemaEngine> {
  loading ??= loadWasm();
  await loading;
  const opened = new Set<SqlDriverAdapter>();
  const disposeAll = async () => {
    await Promise.all([...opened].map((adapter) => adapter.dispose()));
  };
  try {
    const commands = await wasmGlue.SchemaEngine.new(
      { datamodels: options.datamodels },
      (line: string) => options.log?.(line),
      bindMigrationAwareSqlAdapterFactory(adapterFactory(options, opened)),
    );
    return {
      commands,
      close: async () => {
        commands.free();
        await disposeAll();
      },
    };
  } catch (error) {
    await disposeAll();
    throw error;
  }
}

function adapterFactory(
  options: SchemaEngineOptions,
  opened: Set<SqlDriverAdapter>,
): SqlMigrationAwareDriverAdapterFactory {
  const connectTo = async (connectionString: string, afterwards?: () => Promise<void>) => {
    const adapter = await openAdapter({ connectionString, lock_timeout: options.lockTimeoutMs });
    const dispose = async () => {
      // The engine may have disposed of it already.
      if (!opened.delete(tracked)) return;
      await adapter.dispose();
      await afterwards?.();
    };
    const tracked = { ...adapter, dispose };
    opened.add(tracked);
    return tracked;
  };
  return {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => connectTo(options.connectionString),
    connectToShadowDb: async () => {
      const name = `prisma_shadow_${crypto.randomUUID().replaceAll("-", "_")}`;
      await runOnce(options.connectionString, `CREATE DATABASE ${name} TEMPLATE template0`);
      const url = new URL(options.connectionString);
      url.pathname = `/${name}`;
      return connectTo(url.href, () =>
        runOnce(options.connectionString, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
      );
    },
  };
}

async function runOnce(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

async function openAdapter(config: pg.PoolConfig): Promise<SqlDriverAdapter> {
  // One connection, kept: the engine relies on session state such as its advisory lock.
  // How long a migration may take nobody knows; a machine that has vanished is noticed by the system.
  const pool = new pg.Pool({
    ...{ max: 1, idleTimeoutMillis: 0, connectionTimeoutMillis: 10_000 },
    ...{ keepAlive: true, keepAliveInitialDelayMillis: 10_000, ...config },
  });
  pool.on("connect", (client) => {
    client.connection.prependListener("rowDescription", (message: { fields: { dataTypeID: number }[] }) => {
      for (const field of message.fields)
        if (field.dataTypeID === internalCharOid) field.dataTypeID = markerOid;
    });
  });
  const stock = await new PrismaPg(pool, { disposeExternalPool: true }).connect();
  return {
    ...catalogReader(stock),
    getConnectionInfo: () => stock.getConnectionInfo(),
    startTransaction: async (isolationLevel) => wrapTransaction(await stock.startTransaction(isolationLevel)),
    // The stock adapter splits at every semicolon and so breaks function bodies; the server splits correctly.
    executeScript: async (script) => {
      await pool.query(script).catch(throwDriverError);
    },
    dispose: () => stock.dispose(),
  };
}

function catalogReader(inner: SqlQueryable): SqlQueryable {
  return {
    provider: inner.provider,
    adapterName: inner.adapterName,
    executeRaw: (query: SqlQuery) => inner.executeRaw(query),
    queryRaw: async (query: SqlQuery): Promise<SqlResultSet> => {
      const result = await inner.queryRaw(query);
      const columnTypes = result.columnTypes.map((type) =>
        type === ColumnTypeEnum.Time ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    },
  };
}

function wrapTransaction(inner: Transaction): Transaction {
  return {
    ...catalogReader(inner),
    options: inner.options,
    commit: () => inner.commit(),
    rollback: () => inner.rollback(),
  };
}

function throwDriverError(error: unknown): never {
  if (!(error instanceof pg.DatabaseError)) throw error;
  throw new DriverAdapterError({
    kind: "postgres",
    code: error.code ?? "N/A",
    severity: error.severity ?? "N/A",
    message: error.message,
    detail: error.detail,
    column: error.column,
    hint: error.hint,
    originalCode: error.code,
    originalMessage: error.message,
  });
}
