// Health check of the image, which has no curl: node docker/check-health.mjs [/readyz]
const path = process.argv[2] ?? "/livez";
try {
  const answer = await fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}${path}`, {
    signal: AbortSignal.timeout(4_000),
  });
  process.exitCode = answer.ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
