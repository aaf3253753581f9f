import { trpc } from "@intake/client/react";
import { type PasswordRules, resetPasswordSchema } from "@intake/core/passwords/schema";
import { Link } from "@tanstack/react-router";
import { Button, buttonClass } from "../parts/button";
import { usePageTitle } from "../shell/page-title";
import { AuthFrame, authTitle } from "./auth-frame";
import { Ended } from "./ended";
import { FormFailure } from "./form-failure";
import { LinkProblem } from "./link-problem";
import { NewPasswordField } from "./new-password-field";
import { useCheckedForm } from "./use-checked-form";
import { useLink } from "./use-link";

/** Where a reset link leads. Opening it changes nothing; sending the form sets the password. */
export function ResetPage() {
  usePageTitle("New password");
  const { client } = trpc.useUtils();
  const { token, state } = useLink("password reset", (input) => client.account.resetState.mutate(input));
  return (
    <AuthFrame footer="A reset link works once, for 30 minutes.">
      <LinkProblem token={token} state={state} />
      {state.data ? <ResetForm token={token} rules={state.data.rules} /> : null}
      {state.data === null ? (
        <Ended title="This link has ended">
          <p>
            It has been used, replaced by a newer one, or is older than 30 minutes. Your password is as it
            was.
          </p>
          <Link to="/forgot" className={`${buttonClass("primary")} justify-self-start`}>
            Ask for a new link
          </Link>
        </Ended>
      ) : null}
    </AuthFrame>
  );
}

function ResetForm({ token, rules }: { token: string; rules: PasswordRules }) {
  const reset = trpc.account.resetPassword.useMutation({
    meta: { showsItsErrors: true },
    onError: (error) => showErrors(error),
  });
  const { form, errors, showErrors } = useCheckedForm({
    schema: resetPasswordSchema,
    extra: { token },
    onSubmit: (values) => !reset.isPending && reset.mutate(values),
  });
  if (reset.isSuccess) {
    return (
      <Ended title="Your new password is set">
        <p role="status">You are signed out everywhere. Sign in with the new password.</p>
        <Link to="/login" className={`${buttonClass("primary")} justify-self-start`}>
          Sign in
        </Link>
      </Ended>
    );
  }
  return (
    <form {...form} className="grid gap-4">
      <div>
        <h1 className={authTitle}>Choose a new password</h1>
        <p className="mt-1 text-md text-fg-2">It ends every session of yours, on every device.</p>
      </div>
      <FormFailure error={reset.error} />
      <NewPasswordField label="New password" name="password" rules={rules} error={errors.password} />
      <Button type="submit" look="primary" className="min-h-10 text-md">
        {reset.isPending ? "Saving" : "Set the password"}
      </Button>
    </form>
  );
}
