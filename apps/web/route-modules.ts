const shell = "src/shell/staff-shell.tsx";
const settings = [shell, "src/settings/settings-frame.tsx"];

/**
 * Which lazy modules each route of `src/router.tsx` shows at once, by the router's own path. The server has a browser fetch them together with
 * the page, instead of one after the other when the router finds out; `npm test` weighs them (`scripts/check-weight.mjs`).
 */
export const routeModules: Record<string, string[]> = {
  "/login": ["src/sign-in/sign-in-page.tsx"],
  "/setup": ["src/sign-in/setup-page.tsx"],
  "/invitation": ["src/sign-in/invitation-page.tsx"],
  "/forgot": ["src/sign-in/forgot-page.tsx"],
  "/reset": ["src/sign-in/reset-page.tsx"],
  "/": [shell, "src/home/home-page.tsx"],
  "/leads": [shell, "src/leads/leads-page.tsx"],
  "/leads/$leadId": [shell, "src/lead/lead-page.tsx"],
  "/audit": [shell, "src/audit/audit-page.tsx"],
  "/operations": [shell, "src/operations/operations-page.tsx"],
  "/operations/runbooks/$name": [shell, "src/operations/runbook-page.tsx"],
  "/settings/profile": [...settings, "src/settings/profile-page.tsx"],
  "/settings/security": [...settings, "src/settings/security-page.tsx"],
  "/settings/office": [...settings, "src/settings/office-page.tsx"],
  "/settings/people": [...settings, "src/settings/people-page.tsx"],
  "/settings/api-keys": [...settings, "src/settings/api-keys-page.tsx"],
};
