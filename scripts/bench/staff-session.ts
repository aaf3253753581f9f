import { tokenAnswerSchema } from "@intake/core/auth/schema";

const tokenSchema = tokenAnswerSchema.required({ refreshToken: true });

/** Signs in once and forgets the tokens; resolves to the status of the answer. */
export async function trySigningIn(url: string, input: { email: string; password: string }): Promise<number> {
  const response = await fetch(`${url}/api/auth/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...input, tokenDelivery: "body" }),
  });
  await response.arrayBuffer();
  return response.status;
}

/** A signed-in API client that renews its token before it ends. */
export interface StaffSession {
  accessToken(): Promise<string>;
}

export async function signIn(url: string, input: { email: string; password: string }): Promise<StaffSession> {
  const call = async (path: string, body: object) => {
    const response = await fetch(url + path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return { ...tokenSchema.parse(await response.json()), issuedAt: performance.now() };
  };
  let tokens = await call("/api/auth/login", { ...input, tokenDelivery: "body" });
  return {
    async accessToken() {
      const ageSeconds = (performance.now() - tokens.issuedAt) / 1000;
      if (ageSeconds > tokens.expiresIn / 3)
        tokens = await call("/api/auth/refresh", { refreshToken: tokens.refreshToken });
      return tokens.accessToken;
    },
  };
}
