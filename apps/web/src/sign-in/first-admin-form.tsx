import { readFailure } from "@intake/client/failure";
import { trpc, useSession } from "@intake/client/react";
import { firstAdminSchema } from "@intake/core/auth/schema";
import type { PasswordRules } from "@intake/core/passwords/schema";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Notice } from "../parts/notice";
import { authTitle } from "./auth-frame";
import { checkFields, describeFormFailure, type FieldMessages, messagesByField } from "./form-errors";
import { NewPasswordField } from "./new-password-field";

/** Name, address and password of the first admin; signs in at once. */
export function FirstAdminForm({ token, rules }: { token: string; rules: PasswordRules }) {
  const session = useSession();
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<FieldMessages>({});
  const create = trpc.auth.createFirstAdmin.useMutation({
    meta: { showsItsErrors: true },
    onSuccess: (answer) => {
      session.adopt(answer);
      return navigate({ to: "/", replace: true });
    },
    onError: (error) => setErrors(messagesByField(readFailure(error).fieldErrors)),
  });
  useEffect(() => {
    if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  }, [errors]);

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (create.isPending) return;
    const data = new FormData(event.currentTarget);
    const [name, email, password] = ["name", "email", "password"].map((field) => String(data.get(field)));
    const values = { token, name: name ?? "", email: email?.trim() ?? "", password: password ?? "" };
    const problems = checkFields(firstAdminSchema, values) ?? {};
    setErrors(problems);
    if (Object.keys(problems).length === 0) create.mutate(values);
  }

  const failure = create.isError ? describeFormFailure(create.error, new Date()) : null;
  return (
    <form ref={form} onSubmit={submit} noValidate className="grid gap-4">
      <div>
        <h1 className={authTitle}>Create the first admin</h1>
        <p className="mt-1 text-md text-fg-2">This person can do everything here.</p>
      </div>
      {failure ? (
        <Notice tone="bad" announce>
          <p>{failure.message}</p>
          {failure.requestId ? <p className="text-xs text-fg-2">Request {failure.requestId}</p> : null}
        </Notice>
      ) : null}
      <Field
        label="Name"
        name="name"
        autoComplete="name"
        autoFocus
        error={errors.name}
        className="min-h-10 text-lg"
      />
      <Field
        label="Email"
        name="email"
        type="email"
        autoComplete="username"
        error={errors.email}
        className="min-h-10 text-lg"
      />
      <NewPasswordField label="Password" name="password" rules={rules} error={errors.password} />
      <Button type="submit" look="primary" className="min-h-10 text-md">
        {create.isPending ? "Creating" : "Create and sign in"}
      </Button>
    </form>
  );
}
