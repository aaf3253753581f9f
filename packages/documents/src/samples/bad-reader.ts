/** A reading process that behaves badly on demand, as only a defect in a parser could make the real one. */
export const badReader = `
  process.on("message", ({ bytes }) => {
    const order = Buffer.from(bytes).toString();
    if (order === "hang") for (;;);
    if (order === "throw") throw new Error("thrown");
    if (order === "exit") process.exit(3);
    if (order === "exit after the check") process.send({ kind: "checked", active: [] }, () => process.exit(3));
    if (order === "heap") for (const kept = []; ; ) kept.push(new Array(1000).fill(kept.length));
    if (order === "buffers") setInterval(() => (globalThis.kept ??= []).push(Buffer.alloc(8e6, 1)), 5);
    const tries = {
      pid: () => process.pid,
      keep: () => (globalThis.kept = Buffer.alloc(1e8, 1)).length && process.pid,
      environment: () => JSON.stringify(process.env),
      permissions: () => ["fs.write", "child", "worker", "wasi"].filter((scope) => process.permission.has(scope)).join(),
      secret: () => process.getBuiltinModule("fs").readFileSync("/etc/passwd", "utf8"),
    };
    const attempt = () => {
      try { return String(tries[order]?.()); } catch (error) { return error.code; }
    };
    const text = () => ({ text: attempt(), hasText: true, isCut: false, pageCount: 1 });
    if (order in tries || order === "fine")
      process.send({ kind: "reading", reading: { ok: true, content: { active: [], text: { ok: true, content: text() } } } });
  });
  process.on("disconnect", () => process.exit());
  process.send({ kind: "ready" });
`;
