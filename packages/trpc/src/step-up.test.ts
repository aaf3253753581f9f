import { startSession } from "@intake/core/auth/sign-in";
import { AppError } from "@intake/core/errors";
import { createTestDomain, type TestDomain } from "@intake/core/testing/test-context";
import { afterAll, beforeAll, expect, test } from "vitest";
import { router, staffProcedure } from "./procedures";
import { appRouter } from "./router";

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());

function contextOf(accessToken: string) {
  return {
    effects: domain.ctx,
    requestId: "step-up",
    source: "203.0.113.9",
    userAgent: null,
    idleSeconds: 0,
    heardUpTo: 0,
    accessToken,
    refreshCookie: { read: () => null, write: () => undefined, clear: () => undefined },
    onActor: () => undefined,
  };
}

async function remedyOf(call: Promise<unknown>): Promise<unknown> {
  const error = await call.then(
    () => null,
    (thrown: Error) => thrown.cause,
  );
  return error instanceof AppError ? (error.remedy ?? error.code) : error;
}

test("a sensitive call needs a proof of at most ten minutes, to the second; others do not", async () => {
  const user = await domain.createUser("ADMIN");
  const { answer } = await startSession(domain.ctx, user);
  const caller = appRouter.createCaller(contextOf(answer.accessToken));
  await domain.ctx.db.prisma.session.updateMany({
    where: { userId: user.id },
    data: { provedAt: new Date(domain.ctx.now().getTime() - 10 * 60_000 + 1000) },
  });
  await expect(caller.secondFactor.startAuthenticator()).resolves.toBeDefined();
  domain.passSeconds(1);
  const fresh = appRouter.createCaller(
    contextOf((await startSession(domain.ctx, await domain.createUser("ADMIN"))).answer.accessToken),
  );
  expect(await remedyOf(caller.secondFactor.startAuthenticator())).toBe("step-up");
  expect(await remedyOf(caller.secondFactor.reset({ userId: user.id }))).toBe("step-up");
  await expect(caller.secondFactor.state()).resolves.toBeDefined();
  await expect(fresh.secondFactor.startAuthenticator()).resolves.toBeDefined();
});

test("without the second factor their role needs, people can set one up and nothing else", async () => {
  await domain.ctx.db.prisma.officeSettings.upsert({
    where: { id: 1 },
    create: { secondFactorRoles: ["ADMIN"], updatedAt: domain.ctx.now() },
    update: { secondFactorRoles: ["ADMIN"] },
  });
  const { answer } = await startSession(domain.ctx, await domain.createUser("ADMIN"));
  const caller = appRouter.createCaller(contextOf(answer.accessToken));
  expect(await remedyOf(caller.leads.list({}))).toBe("second-factor-setup");
  await expect(caller.secondFactor.startAuthenticator()).resolves.toBeDefined();
  // The builder is the guard, so that no procedure can forget it.
  const probe = router({ ask: staffProcedure("leads.read").query(() => "reached") });
  expect(await remedyOf(probe.createCaller(contextOf(answer.accessToken)).ask())).toBe("second-factor-setup");
  const attorney = (await startSession(domain.ctx, await domain.createUser("ATTORNEY"))).answer.accessToken;
  expect(await probe.createCaller(contextOf(attorney)).ask()).toBe("reached");
  await domain.ctx.db.prisma.officeSettings.updateMany({ data: { secondFactorRoles: [] } });
});
