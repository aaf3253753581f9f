import { router } from "./procedures";
import { accountRouter } from "./routers/account";
import { apiKeysRouter } from "./routers/api-keys";
import { auditRouter } from "./routers/audit";
import { authRouter } from "./routers/auth";
import { leadsRouter } from "./routers/leads";
import { notesRouter } from "./routers/notes";
import { peopleRouter } from "./routers/people";
import { relationsRouter } from "./routers/relations";
import { reportsRouter } from "./routers/reports";
import { resumesRouter } from "./routers/resumes";
import { secondFactorRouter } from "./routers/second-factor";
import { sessionsRouter } from "./routers/sessions";
import { settingsRouter } from "./routers/settings";
import { uploadFailuresRouter } from "./routers/upload-failures";

/** Everything Intake can be asked, for every client: the types of dashboard, REST and OpenAPI come from here. */
export const appRouter = router({
  audit: auditRouter,
  account: accountRouter,
  people: peopleRouter,
  settings: settingsRouter,
  auth: authRouter,
  leads: leadsRouter,
  notes: notesRouter,
  relations: relationsRouter,
  reports: reportsRouter,
  resumes: resumesRouter,
  sessions: sessionsRouter,
  apiKeys: apiKeysRouter,
  secondFactor: secondFactorRouter,
  uploadFailures: uploadFailuresRouter,
});

export type AppRouter = typeof appRouter;
