import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { PersonContext } from "../context";
import { listLeadEvents } from "../leads/list-lead-events";
import { submitLead } from "../leads/submit-lead";
import { updateLeadStatus } from "../leads/update-lead-status";
import { submission } from "../testing/lead-input";
import { createTestDomain, type TestDomain } from "../testing/test-context";
import { decideRelation } from "./decide-relation";
import { listRelatedLeads } from "./list-related-leads";

let domain: TestDomain;
let ana: PersonContext;
beforeAll(async () => {
  domain = await createTestDomain();
  ana = domain.asStaff(await domain.createUser("ATTORNEY"));
});
afterAll(() => domain.close());
beforeEach(() => domain.passSeconds(60));

let count = 0;
async function lead(person: { firstName?: string; lastName?: string; email?: string } = {}) {
  count += 1;
  domain.passSeconds(1);
  const unique = { firstName: `Zoë${count}`, lastName: "Lindqvist", email: `zoe${count}@example.com` };
  return (await submitLead(domain.ctx, await submission({ ...unique, ...person }))).receipt.id;
}
const related = async (leadId: string) => {
  const found = await listRelatedLeads(ana, leadId);
  return found.map(({ id, sameEmail, sameName, decision }) => ({ id, sameEmail, sameName, decision }));
};

test("the same address, however written, with what came of it", async () => {
  const first = await lead({ email: "Minh.Khai@Gmail.com" });
  await updateLeadStatus(ana, { leadId: first, status: "REACHED_OUT" });
  const second = await lead({ email: "minh.khai@gmail.com" });
  await lead();
  expect(await listRelatedLeads(ana, second)).toMatchObject([
    {
      ...{ id: first, sameEmail: true, sameName: false, decision: null, status: "REACHED_OUT" },
      reachedOutBy: "Ana Sørensen",
    },
  ]);
  expect(await related(first)).toEqual([{ id: second, sameEmail: true, sameName: false, decision: null }]);
});

test("the same name without its accents and case, newest three", async () => {
  const first = await lead({ firstName: "José", lastName: "García" });
  const second = await lead({ firstName: "JOSE", lastName: "GARCIA" });
  await lead({ firstName: "Jose", lastName: "Garciaz" });
  expect(await related(second)).toEqual([{ id: first, sameEmail: false, sameName: true, decision: null }]);
  for (let more = 0; more < 5; more += 1) await lead({ firstName: "Jose", lastName: "Garcia" });
  expect(await related(first)).toHaveLength(3);
});

test("linked, unlinked and taken back, on both leads, each change once", async () => {
  const email = "pair@example.com";
  const [first, second] = [await lead({ email }), await lead({ email })];
  await decideRelation(ana, { leadId: second, otherId: first, kind: "SAME_PERSON" });
  await decideRelation(ana, { leadId: first, otherId: second, kind: "SAME_PERSON" });
  expect(await related(first)).toMatchObject([{ id: second, decision: "SAME_PERSON" }]);
  domain.passSeconds(1);
  await decideRelation(ana, { leadId: first, otherId: second, kind: "NOT_SAME" });
  expect(await related(second)).toMatchObject([{ id: first, decision: "NOT_SAME" }]);
  domain.passSeconds(1);
  await decideRelation(ana, { leadId: first, otherId: second, kind: null });
  await decideRelation(ana, { leadId: first, otherId: second, kind: null });
  expect(await related(second)).toMatchObject([{ id: first, decision: null }]);
  for (const [leadId, otherId] of [
    [first, second],
    [second, first],
  ] as const) {
    const events = (await listLeadEvents(ana, { leadId })).filter(({ other }) => other);
    expect(events.map(({ type, other }) => [type, other?.id, other?.kind])).toEqual([
      ["lead.unrelated", otherId, undefined],
      ["lead.related", otherId, "NOT_SAME"],
      ["lead.related", otherId, "SAME_PERSON"],
    ]);
  }
});

test("a link shows even where nothing else is alike", async () => {
  const [first, second] = [await lead(), await lead()];
  await decideRelation(ana, { leadId: first, otherId: second, kind: "SAME_PERSON" });
  expect(await related(second)).toEqual([
    { id: first, sameEmail: false, sameName: false, decision: "SAME_PERSON" },
  ]);
});

test("six people deciding at once leave one row and one event each", async () => {
  const [first, second] = [await lead(), await lead()];
  await Promise.all(
    Array.from({ length: 6 }, () =>
      decideRelation(ana, { leadId: first, otherId: second, kind: "NOT_SAME" }),
    ),
  );
  expect(await domain.ctx.db.prisma.leadRelation.count({ where: { laterId: second } })).toBe(1);
  expect((await listLeadEvents(ana, { leadId: first })).filter(({ other }) => other)).toHaveLength(1);
});

test("not with itself, not with nothing", async () => {
  const leadId = await lead();
  const decide = (otherId: string) => decideRelation(ana, { leadId, otherId, kind: "SAME_PERSON" });
  await expect(decide(leadId)).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
  await expect(decide("0190aaaa-0000-7000-8000-000000000000")).rejects.toMatchObject({ code: "NOT_FOUND" });
});
