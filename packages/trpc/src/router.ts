import { router } from "./procedures";
import { authRouter } from "./routers/auth";
import { leadsRouter } from "./routers/leads";

/** Everything Intake can be asked, for every client: the types of dashboard, REST and OpenAPI come from here. */
export const appRouter = router({ auth: authRouter, leads: leadsRouter });

export type AppRouter = typeof appRouter;
