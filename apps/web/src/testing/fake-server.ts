import type { FirstAdmin, TokenAnswer } from "@intake/core/auth/schema";
import type {
  Lead,
  LeadEvent,
  LeadPage,
  LeadTotals,
  ListLeads,
  UpdateLeadStatus,
} from "@intake/core/leads/schema";
import { vi } from "vitest";
import { sampleEvent, sampleLead, samplePage, sampleTokens } from "./sample-data";

interface Credentials {
  email: string;
  password: string;
}
type Answer<Output> = Output | Promise<Output>;

/** What the dashboard may ask, and what it gets. */
export interface Answers {
  "auth.refresh": () => Answer<TokenAnswer>;
  "auth.login": (input: Credentials) => Answer<TokenAnswer>;
  "auth.logout": () => Answer<null>;
  "auth.setupState": (input: { token: string }) => Answer<{ needsFirstAdmin: boolean; tokenValid: boolean }>;
  "auth.createFirstAdmin": (input: FirstAdmin) => Answer<TokenAnswer>;
  "leads.list": (input: ListLeads) => Answer<LeadPage>;
  "leads.totals": () => Answer<LeadTotals>;
  "leads.byId": (input: { leadId: string }) => Answer<Lead>;
  "leads.events": (input: { leadId: string }) => Answer<LeadEvent[]>;
  "leads.updateStatus": (input: UpdateLeadStatus) => Answer<Lead>;
}

/** Thrown by an answer: the server refuses, with the facts its error carries. */
export class Refusal extends Error {
  readonly data: Record<string, unknown>;

  constructor(code: string, message: string, facts: Record<string, unknown> = {}) {
    super(message);
    this.data = { code, ...facts };
  }
}

/** Thrown by an answer: nothing comes back at all. */
export class NoAnswer extends Error {}

const calm: Answers = {
  "auth.refresh": () => sampleTokens(),
  "auth.login": () => sampleTokens(),
  "auth.logout": () => null,
  "auth.setupState": () => ({ needsFirstAdmin: true, tokenValid: true }),
  "auth.createFirstAdmin": () => sampleTokens({ role: "ADMIN" }),
  "leads.list": () => samplePage([sampleLead(1), sampleLead(2)]),
  "leads.totals": () => ({ PENDING: 2, REACHED_OUT: 1 }),
  "leads.byId": () => sampleLead(1),
  "leads.events": () => [sampleEvent(1)],
  "leads.updateStatus": (input) => sampleLead(1, { status: input.status, version: 2 }),
};

/**
 * Answers `fetch` in the wire format of the tRPC mount, batches included; `files` answers plain HTTP calls.
 * `answers` can be changed while a test runs; `calls` lists what was asked, in order.
 */
export function startFakeServer(changes: Partial<Answers> = {}) {
  const server = {
    answers: { ...calm, ...changes },
    files: (_address: string): Response => new Response("", { status: 404 }),
    calls: [] as { path: string; input: unknown }[],
    /** Inputs of the calls of one procedure. */
    asked: (path: keyof Answers) =>
      server.calls.filter((call) => call.path === path).map((call) => call.input),
  };

  async function settle(path: string, input: unknown) {
    server.calls.push({ path, input });
    const procedure: unknown = Object.entries(server.answers).find(([name]) => name === path)?.[1];
    if (typeof procedure !== "function") throw new Error(`The fake server does not know ${path}.`);
    try {
      return { result: { data: await procedure(input) } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { error: { message: error.message, code: -32603, data: { ...error.data, path } } };
    }
  }

  vi.stubGlobal("fetch", async (target: string | URL, init: RequestInit = {}) => {
    const address = new URL(target, "http://localhost:3000");
    if (!address.pathname.startsWith("/trpc/")) return server.files(address.pathname);
    const written = init.method === "POST" ? String(init.body ?? "{}") : address.searchParams.get("input");
    const input = JSON.parse(written || "{}");
    const paths = decodeURIComponent(address.pathname.slice("/trpc/".length)).split(",");
    const isBatch = address.searchParams.has("batch");
    const results = await Promise.all(
      paths.map((path, index) => settle(path, isBatch ? input[String(index)] : input)),
    );
    const status = results.some((result) => "error" in result) ? 400 : 200;
    return Response.json(isBatch ? results : results[0], { status });
  });
  return server;
}
