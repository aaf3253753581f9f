import { afterAll, beforeAll, expect, test } from "vitest";
import { authenticate } from "../auth/authenticate";
import { refreshSession } from "../auth/refresh-session";
import { startSession } from "../auth/sign-in";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { getOfficeSettings, updateOfficeSettings } from "./office-settings";

let domain: TestDomain;
beforeAll(async () => {
  domain = await createTestDomain();
});
afterAll(() => domain.close());

test("what is changed is changed alone, and is an event", async () => {
  const admin = domain.asStaff(await domain.createUser("ADMIN"));
  const before = await getOfficeSettings(domain.ctx);
  const after = { ...before, readOnlySeesResumes: true };
  expect(await updateOfficeSettings(admin, { readOnlySeesResumes: true })).toEqual(after);
  expect(await updateOfficeSettings(admin, { requiresCharacterClasses: false })).toEqual(after);
  const events = await domain.ctx.db.prisma.auditEvent.findMany({ where: { type: "settings.changed" } });
  expect(events.map(({ data }) => data)).toEqual([
    expect.objectContaining({ readOnlySeesResumes: true }),
    expect.objectContaining({ readOnlySeesResumes: true }),
  ]);
});

test("whether people who may only read see resumes holds from the next call on, and their screen hears of it", async () => {
  const admin = domain.asStaff(await domain.createUser("ADMIN"));
  const reader = await domain.createUser("READ_ONLY");
  const show = (readOnlySeesResumes: boolean) => updateOfficeSettings(admin, { readOnlySeesResumes });
  await show(false);
  const { answer, refreshToken } = await startSession(domain.ctx, reader);
  expect(answer.user.seesResumes).toBe(false);
  await show(true);
  expect((await authenticate(domain.ctx, { token: answer.accessToken }))?.user.seesResumes).toBe(true);
  const renewed = await refreshSession(domain.ctx, { refreshToken });
  expect(renewed.answer.user.seesResumes).toBe(true);
  await show(false);
  expect((await authenticate(domain.ctx, { token: answer.accessToken }))?.user.seesResumes).toBe(false);
  const attorney = await startSession(domain.ctx, await domain.createUser("ATTORNEY"));
  expect(attorney.answer.user.seesResumes).toBe(true);
});
