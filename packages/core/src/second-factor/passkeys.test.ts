import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hashPassword } from "../auth/passwords";
import type { User } from "../auth/schema";
import { signIn } from "../auth/sign-in";
import { askStepUp, stepUp } from "../auth/step-up";
import type { PersonContext } from "../context";
import { createFakeAuthenticator } from "../testing/fake-authenticator";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { addPasskey, askNewPasskey, removePasskey, renamePasskey } from "./passkeys";
import { getSecondFactorState } from "./second-factor-state";
import { askPasskey, signInByPasskey } from "./sign-in-by-passkey";
import { askSecondFactorPasskey, verifySecondFactor } from "./verify-second-factor";

const password = "correct horse battery staple";
const source = "203.0.113.7";
const honest = { origin: "http://localhost:3000", rpId: "localhost" };
let domain: TestDomain;
let user: User;
let person: PersonContext;
let key: ReturnType<typeof createFakeAuthenticator>;

beforeAll(async () => {
  domain = await createTestDomain();
});
beforeEach(async () => {
  await domain.ctx.db.prisma.rateLimit.deleteMany();
  user = await domain.createUser("ATTORNEY", { passwordHash: await hashPassword(password) });
  person = domain.asStaff(user);
  key = createFakeAuthenticator(honest);
  await addPasskey(person, { ...key.register(await askNewPasskey(person)), name: "Laptop" });
});
afterAll(() => domain.close());

const enter = (answer: ReturnType<typeof key.sign>) => signInByPasskey(domain.ctx, { ...answer, source });
const ask = () => askPasskey(domain.ctx, { source });

describe("signing in by passkey alone", () => {
  test("brings the session of its owner", async () => {
    const { answer } = await enter(key.sign(await ask()));
    expect(answer.user).toEqual({ ...user, seesResumes: true });
    const session = await domain.ctx.db.prisma.session.findFirstOrThrow({ where: { userId: user.id } });
    expect(session.method).toBe("PASSKEY");
  });

  test.each([
    ["another origin", { origin: "https://evil.example" }],
    ["another host", { rpId: "evil.example" }],
    ["nobody verified at the device", { isUserVerified: false }],
    ["a counter that went backwards", { counter: 1 }],
  ])("%s is refused", async (_name, quirks) => {
    await expect(enter(key.sign(await ask(), quirks))).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("an answer counts once, in five minutes, and only for its own question", async () => {
    const answer = key.sign(await ask());
    await enter(answer);
    await expect(enter(answer)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    const [first, second] = [await ask(), await ask()];
    const signed = key.sign(first);
    await expect(enter({ ...signed, token: second.token })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    domain.passSeconds(300);
    await expect(enter(signed)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });

  test("a key nobody has added and one of somebody disabled sound the same", async () => {
    const stranger = createFakeAuthenticator(honest);
    const unknown = await enter(stranger.sign(await ask())).catch((error: Error) => error.message);
    await domain.ctx.db.prisma.user.update({
      where: { id: user.id },
      data: { disabledAt: domain.ctx.now() },
    });
    const disabled = await enter(key.sign(await ask())).catch((error: Error) => error.message);
    expect(disabled).toBe(unknown);
    // A key that claims another's id signs with the wrong secret.
    const claimed = stranger.sign(await ask());
    const passkey = { ...claimed.passkey, id: key.id, rawId: key.id };
    await expect(enter({ ...claimed, passkey })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  });
});

test("a passkey is a second factor, only of its owner", async () => {
  const outcome = await signIn(domain.ctx, {
    ...{ email: user.email, password, source },
    tokenDelivery: "body",
  });
  if (!("secondFactor" in outcome)) throw new Error("No second factor was asked for");
  const { token, methods } = outcome.secondFactor;
  expect(methods).toEqual(["passkey", "recovery-code"]);
  const question = await askSecondFactorPasskey(domain.ctx, { token });
  expect(question.options.allowCredentials).toMatchObject([{ id: key.id }]);
  const other = domain.asStaff(await domain.createUser("ADMIN"));
  const theirs = createFakeAuthenticator(honest);
  await addPasskey(other, { ...theirs.register(await askNewPasskey(other)), name: "Theirs" });
  const verify = (answer: ReturnType<typeof key.sign>) =>
    verifySecondFactor(domain.ctx, { ...answer, source, tokenDelivery: "body" });
  await expect(verify(theirs.sign(question))).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  expect((await verify(key.sign(question))).answer.user).toEqual({ ...user, seesResumes: true });
});

test("a passkey proves who is there, with a question of one's own", async () => {
  const { passkey: question } = await askStepUp(person);
  if (!question) throw new Error("No question");
  const other = domain.asStaff(await domain.createUser("ADMIN"));
  await expect(stepUp(other, { ...key.sign(question), source })).rejects.toMatchObject({
    errors: [{ path: "passkey" }],
  });
  await expect(stepUp(person, { ...key.sign(await ask()), source })).rejects.toMatchObject({
    code: "UNPROCESSABLE_CONTENT",
  });
  await expect(stepUp(person, { ...key.sign(question), source })).resolves.toBeUndefined();
});

test("a new passkey must answer its owner's question, verified, from our own pages", async () => {
  const fresh = createFakeAuthenticator(honest);
  for (const quirks of [
    { origin: "https://evil.example" },
    { isUserVerified: false },
    { rpId: "evil.example" },
  ])
    await expect(
      addPasskey(person, { ...fresh.register(await askNewPasskey(person), quirks), name: "X" }),
    ).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  const other = domain.asStaff(await domain.createUser("ADMIN"));
  await expect(
    addPasskey(other, { ...fresh.register(await askNewPasskey(person)), name: "X" }),
  ).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  await expect(
    addPasskey(other, { ...key.register(await askNewPasskey(other)), name: "X" }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
});

test("only the owner renames and removes; with the last one the recovery codes go", async () => {
  const [passkey] = (await getSecondFactorState(person)).passkeys;
  const passkeyId = passkey?.id ?? "";
  const other = domain.asStaff(await domain.createUser("ADMIN"));
  await expect(renamePasskey(other, { passkeyId, name: "Mine" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(removePasskey(other, { passkeyId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await renamePasskey(person, { passkeyId, name: "Desk" });
  expect((await getSecondFactorState(person)).passkeys).toMatchObject([{ name: "Desk", isBackedUp: false }]);
  await removePasskey(person, { passkeyId });
  expect(await getSecondFactorState(person)).toMatchObject({ passkeys: [], recoveryCodesLeft: 0 });
});
