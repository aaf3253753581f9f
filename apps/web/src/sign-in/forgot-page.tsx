import { trpc } from "@intake/client/react";
import { requestResetSchema } from "@intake/core/passwords/schema";
import { Link } from "@tanstack/react-router";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { usePageTitle } from "../shell/page-title";
import { AuthFrame, authTitle } from "./auth-frame";
import { Ended } from "./ended";
import { FormFailure } from "./form-failure";
import { useCheckedForm } from "./use-checked-form";

/** Asks for a reset link. What is shown does not tell whether the address is known. */
export function ForgotPage() {
  usePageTitle("Forgot password");
  const request = trpc.account.requestReset.useMutation({
    meta: { showsItsErrors: true },
    onError: (error) => showErrors(error),
  });
  const { form, errors, showErrors } = useCheckedForm({
    schema: requestResetSchema,
    onSubmit: (values) => !request.isPending && request.mutate(values),
  });
  return (
    <AuthFrame footer="Intake never asks for your password by mail.">
      {request.isSuccess ? (
        <Ended title="Look at your mail">
          <p role="status">
            If {request.variables.email} signs in here, a link to choose a new password is on its way. It
            works once, for 30 minutes.
          </p>
          <p className="text-fg-2">
            Nothing after a few minutes? Look among the unwanted mail, or ask your admin.
          </p>
          <Link to="/login">Back to sign in</Link>
        </Ended>
      ) : (
        <form {...form} className="grid gap-4">
          <div>
            <h1 className={authTitle}>Forgot password</h1>
            <p className="mt-1 text-md text-fg-2">We mail you a link to choose a new one.</p>
          </div>
          <FormFailure error={request.error} />
          <Field
            label="Email"
            name="email"
            type="email"
            autoComplete="username"
            autoFocus
            error={errors.email}
            className="min-h-10 text-lg"
          />
          <Button type="submit" look="primary" className="min-h-10 text-md">
            {request.isPending ? "Sending" : "Send the link"}
          </Button>
          <Link to="/login" className="justify-self-start">
            Back to sign in
          </Link>
        </form>
      )}
    </AuthFrame>
  );
}
