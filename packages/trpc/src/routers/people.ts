import { changeInvitationRole } from "@intake/core/people/change-invitation-role";
import { changeRole } from "@intake/core/people/change-role";
import { deactivatePerson, reactivatePerson } from "@intake/core/people/deactivate-person";
import { endAllSessions, endSessionsOf } from "@intake/core/people/end-sessions";
import { invitePerson, resendInvitation, revokeInvitation } from "@intake/core/people/invite-person";
import { listPeople } from "@intake/core/people/list-people";
import { addNotifyAddress, removeNotifyAddress } from "@intake/core/people/notify-address";
import {
  addNotifyAddressSchema,
  changeInvitationRoleSchema,
  changeRoleSchema,
  invitationIdSchema,
  invitePersonSchema,
  notifyAddressIdSchema,
  notifyAddressSchema,
  peopleSchema,
  personIdSchema,
} from "@intake/core/people/schema";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { staffPersonProcedure } from "../procedures";

const manage = staffPersonProcedure("people.manage");
/** What gives somebody more rights: a stolen session must not. */
const grant = staffPersonProcedure("people.manage", { stepUp: true });

export const peopleRouter = {
  list: manage.output(peopleSchema).query(({ ctx }) => listPeople(ctx.core)),

  invite: grant
    .input(invitePersonSchema)
    .output(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => invitePerson(ctx.core, input)),

  resendInvitation: manage
    .input(invitationIdSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await resendInvitation(ctx.core, input);
      return null;
    }),

  revokeInvitation: manage
    .input(invitationIdSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await revokeInvitation(ctx.core, input);
      return null;
    }),

  changeInvitationRole: grant
    .input(changeInvitationRoleSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await changeInvitationRole(ctx.core, input);
      return null;
    }),

  changeRole: grant
    .input(changeRoleSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await changeRole(ctx.core, input);
      return null;
    }),

  deactivate: manage
    .input(personIdSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await deactivatePerson(ctx.core, input);
      return null;
    }),

  reactivate: grant
    .input(personIdSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await reactivatePerson(ctx.core, input);
      return null;
    }),

  endSessions: manage
    .input(personIdSchema)
    .output(z.object({ ended: z.int() }))
    .mutation(({ ctx, input }) => endSessionsOf(ctx.core, input)),

  endAllSessions: grant.output(z.object({ ended: z.int() })).mutation(({ ctx }) => endAllSessions(ctx.core)),

  addNotifyAddress: manage
    .input(addNotifyAddressSchema)
    .output(notifyAddressSchema)
    .mutation(({ ctx, input }) => addNotifyAddress(ctx.core, input)),

  removeNotifyAddress: manage
    .input(notifyAddressIdSchema)
    .output(z.null())
    .mutation(async ({ ctx, input }) => {
      await removeNotifyAddress(ctx.core, input);
      return null;
    }),
} satisfies TRPCRouterRecord;
