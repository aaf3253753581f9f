import { useSession } from "@intake/client/react";
import { useMutation } from "@tanstack/react-query";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components/Modal";
import { Button } from "../parts/button";
import { countdown, type SessionEnd, spokenCountdown } from "./session-end";

const words = {
  idle: {
    title: "Are you still there?",
    text: "Nobody has used Intake here for a while.",
    stay: "Stay signed in",
  },
  absolute: {
    title: "Your session ends soon",
    text: "A session lasts eight hours at most. What you are writing stays here, and you sign in again on this page.",
    stay: "Go on for now",
  },
};

/** Counts down over the page, and says how to stay. */
export function EndWarning({ end, onStay }: { end: SessionEnd; onStay: () => void }) {
  const session = useSession();
  const signOut = useMutation({ mutationFn: () => session.signOut() });
  const { title, text, stay } = words[end.kind];
  return (
    <ModalOverlay
      isOpen
      onOpenChange={onStay}
      className="fixed inset-0 z-(--z-dialog) grid items-start justify-items-center overflow-auto bg-scrim px-4 pt-[12vh] pb-4"
    >
      <Modal className="rise w-full max-w-104 rounded-3 bg-raised p-6 shadow-3">
        <Dialog role="alertdialog" className="grid gap-4 outline-none">
          <Heading slot="title" className="text-lg font-semibold">
            {title}
          </Heading>
          <div className="grid gap-1">
            <p>{text}</p>
            <p aria-hidden>
              You will be signed out in <span className="num font-medium">{countdown(end.secondsLeft)}</span>.
            </p>
            <p role="status" className="sr-only">
              {spokenCountdown(end.secondsLeft)}
            </p>
          </div>
          <div className="flex flex-wrap gap-2">
            <Button look="primary" autoFocus onPress={onStay}>
              {stay}
            </Button>
            <Button look="quiet" onPress={() => signOut.mutate()}>
              Sign out
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
