import { connect } from "node:tls";

export interface ProbeResult {
  isUp: boolean;
  /** One line: the address, whether it is there, how long it took, and until when its certificate is good. */
  line: string;
}

const timeoutMs = 10_000;
const dayMs = 24 * 60 * 60 * 1000;

/** Asks an office the way a prospect's browser does: its form, whether it takes work, and its certificate. */
export async function probe(base: URL): Promise<ProbeResult> {
  const begin = performance.now();
  const problem = (await askForm(base)) ?? (await askReadiness(base));
  const ms = Math.round(performance.now() - begin);
  const { days, isShort } = await readCertificate(base).catch(() => ({ days: null, isShort: false }));
  const certificate = days === null ? "" : `, certificate good for ${days} days`;
  if (problem) return { isUp: false, line: `${base.origin} DOWN: ${problem} (${ms} ms${certificate})` };
  if (isShort)
    return { isUp: false, line: `${base.origin} UP in ${ms} ms, but its certificate ends in ${days} days` };
  return { isUp: true, line: `${base.origin} UP in ${ms} ms${certificate}` };
}

async function askForm(base: URL): Promise<string | null> {
  const answer = await ask(new URL("/", base));
  if (typeof answer === "string") return answer;
  if (answer.status !== 200) return `the form answers ${answer.status}`;
  return /<form\b/.test(answer.text) ? null : "what answers is not the form";
}

/** Which part is away. A proxy may keep this address to itself; then the form alone has to do. */
async function askReadiness(base: URL): Promise<string | null> {
  const answer = await ask(new URL("/readyz", base));
  if (typeof answer === "string") return answer;
  if (answer.status !== 503) return null;
  const away = [...answer.text.matchAll(/"(\w+)":"away"/g)].map(([, part]) => part);
  return away.length > 0 ? `${away.join(" and ")} away` : "not ready";
}

async function ask(address: URL): Promise<{ status: number; text: string } | string> {
  try {
    const response = await fetch(address, { redirect: "follow", signal: AbortSignal.timeout(timeoutMs) });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    const { name, cause } = Object(error);
    if (name === "TimeoutError") return `no answer within ${timeoutMs / 1000} s`;
    return `no answer (${Object(cause).code ?? name})`;
  }
}

/** Days until the certificate ends; under two weeks is short: the proxy should have renewed it 30 days before. */
function readCertificate(base: URL): Promise<{ days: number | null; isShort: boolean }> {
  if (base.protocol !== "https:") return Promise.resolve({ days: null, isShort: false });
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: base.hostname,
      port: Number(base.port || 443),
      servername: base.hostname,
    });
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error("no answer")));
    socket.once("error", reject).once("secureConnect", () => {
      const days = Math.floor((Date.parse(socket.getPeerCertificate().valid_to) - Date.now()) / dayMs);
      socket.destroy();
      resolve({ days, isShort: days < 14 });
    });
  });
}
