import { trpc, useSession } from "@intake/client/react";
import { roleWords } from "@intake/core/auth/policy";
import { acceptInvitationSchema, type InvitationState } from "@intake/core/people/schema";
import { Link, useNavigate } from "@tanstack/react-router";
import { Button, buttonClass } from "../parts/button";
import { Field } from "../parts/field";
import { usePageTitle } from "../shell/page-title";
import { AuthFrame, authTitle } from "./auth-frame";
import { Ended } from "./ended";
import { FormFailure } from "./form-failure";
import { LinkProblem } from "./link-problem";
import { NewPasswordField } from "./new-password-field";
import { useCheckedForm } from "./use-checked-form";
import { useLink } from "./use-link";

/** Where an invitation's link leads. Opening it changes nothing; sending the form accepts it. */
export function InvitationPage() {
  usePageTitle("Invitation");
  const { client } = trpc.useUtils();
  const { token, state } = useLink("invitation", (input) => client.account.invitationState.mutate(input));
  return (
    <AuthFrame footer="An invitation works once, for 72 hours.">
      <LinkProblem token={token} state={state} />
      {state.data ? <AcceptForm token={token} invitation={state.data} /> : null}
      {state.data === null ? (
        <Ended title="This invitation has ended">
          <p>
            The link has been used, replaced by a newer one, or is older than 72 hours. Ask your admin for a
            new one.
          </p>
          <Link to="/login" className={`${buttonClass("primary")} justify-self-start`}>
            Sign in
          </Link>
        </Ended>
      ) : null}
    </AuthFrame>
  );
}

interface AcceptFormProps {
  token: string;
  invitation: NonNullable<InvitationState>;
}

function AcceptForm({ token, invitation: { officeName, email, role, invitedBy, rules } }: AcceptFormProps) {
  const session = useSession();
  const navigate = useNavigate();
  const accept = trpc.account.acceptInvitation.useMutation({
    meta: { showsItsErrors: true },
    onSuccess: (answer) => {
      session.adopt(answer);
      return navigate({ to: "/", replace: true });
    },
    onError: (error) => showErrors(error),
  });
  const { form, errors, showErrors } = useCheckedForm({
    schema: acceptInvitationSchema,
    extra: { token, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone },
    onSubmit: (values) => !accept.isPending && accept.mutate(values),
  });
  return (
    <form {...form} className="grid gap-4">
      <div>
        <h1 className={authTitle}>Welcome to {officeName}</h1>
        <p className="mt-1 text-md text-fg-2 wrap-anywhere">
          {invitedBy} invites you to Intake. Your role: {roleWords[role]}. You sign in with {email}.
        </p>
      </div>
      <FormFailure error={accept.error} />
      {/* For password managers, which store the address with the password. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <Field
        label="Your name"
        name="name"
        autoComplete="name"
        autoFocus
        error={errors.name}
        className="min-h-10 text-lg"
      />
      <NewPasswordField label="Password" name="password" rules={rules} error={errors.password} />
      <Button type="submit" look="primary" className="min-h-10 text-md">
        {accept.isPending ? "Accepting" : "Accept and sign in"}
      </Button>
    </form>
  );
}
