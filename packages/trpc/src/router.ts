import { router } from "./procedures";
import { accountRouter } from "./routers/account";
import { apiKeysRouter } from "./routers/api-keys";
import { auditRouter } from "./routers/audit";
import { authRouter } from "./routers/auth";
import { bulkRouter } from "./routers/bulk";
import { leadsRouter } from "./routers/leads";
import { liveRouter } from "./routers/live";
import { marksRouter } from "./routers/marks";
import { notesRouter } from "./routers/notes";
import { officeRouter } from "./routers/office";
import { operationsRouter } from "./routers/operations";
import { peopleRouter } from "./routers/people";
import { presenceRouter } from "./routers/presence";
import { relationsRouter } from "./routers/relations";
import { reportsRouter } from "./routers/reports";
import { resumesRouter } from "./routers/resumes";
import { secondFactorRouter } from "./routers/second-factor";
import { sessionsRouter } from "./routers/sessions";
import { settingsRouter } from "./routers/settings";
import { uploadFailuresRouter } from "./routers/upload-failures";
import { viewsRouter } from "./routers/views";

/** Everything Intake can be asked, for every client: the types of dashboard, REST and OpenAPI come from here. */
export const appRouter = router({
  audit: auditRouter,
  account: accountRouter,
  people: peopleRouter,
  settings: settingsRouter,
  auth: authRouter,
  bulk: bulkRouter,
  leads: leadsRouter,
  live: liveRouter,
  marks: marksRouter,
  notes: notesRouter,
  office: officeRouter,
  operations: operationsRouter,
  presence: presenceRouter,
  relations: relationsRouter,
  reports: reportsRouter,
  resumes: resumesRouter,
  sessions: sessionsRouter,
  apiKeys: apiKeysRouter,
  secondFactor: secondFactorRouter,
  uploadFailures: uploadFailuresRouter,
  views: viewsRouter,
});

export type AppRouter = typeof appRouter;
