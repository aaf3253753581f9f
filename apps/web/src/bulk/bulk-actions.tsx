import { useUser } from "@intake/client/react";
import { can } from "@intake/core/auth/policy";
import { Check, Download, UserRoundPlus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { LeadSelection } from "../leads/selection";
import { Button } from "../parts/button";
import { KeyCap } from "../parts/key-cap";
import { useShortcuts } from "../shell/shortcuts";

const StatusDialog = lazy(() =>
  import("./status-dialog").then((module) => ({ default: module.StatusDialog })),
);
const AssignDialog = lazy(() =>
  import("./assign-dialog").then((module) => ({ default: module.AssignDialog })),
);
const ExportDialog = lazy(() =>
  import("./export-dialog").then((module) => ({ default: module.ExportDialog })),
);

type Asked = "status" | "assign" | "export";

interface BulkActionsProps {
  selection: LeadSelection;
  /** What was wanted is under way: nothing need be chosen any more. */
  onDone: () => void;
}

/** What can be done with many leads at once; who may do nothing of it sees nothing. */
export function BulkActions({ selection, onDone }: BulkActionsProps) {
  const user = useUser();
  const [asked, setAsked] = useState<Asked | null>(null);
  const mayChange = user !== null && can(user, "leads.change-many");
  const mayExport = user !== null && can(user, "leads.export");
  useShortcuts(
    mayChange ? { "list.reach-out": () => setAsked("status"), "list.assign": () => setAsked("assign") } : {},
  );
  const close = () => setAsked(null);
  const started = () => {
    close();
    onDone();
  };
  return (
    <>
      {mayChange ? (
        <>
          <Button look="float" onPress={() => setAsked("status")}>
            <Check size={16} strokeWidth={1.75} aria-hidden />
            Mark reached out
            <KeyCap look="float">R</KeyCap>
          </Button>
          <Button look="float" onPress={() => setAsked("assign")}>
            <UserRoundPlus size={16} strokeWidth={1.75} aria-hidden />
            Assign
            <KeyCap look="float">A</KeyCap>
          </Button>
        </>
      ) : null}
      {mayExport ? (
        <Button look="float" onPress={() => setAsked("export")}>
          <Download size={16} strokeWidth={1.75} aria-hidden />
          Export
        </Button>
      ) : null}
      <Suspense>
        {asked === "status" ? (
          <StatusDialog selection={selection} onClose={close} onStarted={started} />
        ) : null}
        {asked === "assign" ? (
          <AssignDialog selection={selection} onClose={close} onStarted={started} />
        ) : null}
        {asked === "export" ? <ExportDialog selection={selection} onClose={close} /> : null}
      </Suspense>
    </>
  );
}

/** Everything that the list shows, as a file. */
export function ExportButton({ selection }: { selection: LeadSelection }) {
  const user = useUser();
  const [isAsked, setAsked] = useState(false);
  if (!user || !can(user, "leads.export")) return null;
  return (
    <>
      <Button onPress={() => setAsked(true)}>
        <Download size={16} strokeWidth={1.75} aria-hidden className="text-fg-2" />
        <span className="max-[30rem]:sr-only">Export</span>
      </Button>
      <Suspense>
        {isAsked ? <ExportDialog selection={selection} onClose={() => setAsked(false)} /> : null}
      </Suspense>
    </>
  );
}
