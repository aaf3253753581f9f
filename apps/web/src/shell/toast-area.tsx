import { undoSeconds } from "@intake/core/leads/policy";
import { Check, CircleAlert, X } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "../parts/button";
import { KeyCap } from "../parts/key-cap";
import { closeToast, type Toast, useToast } from "./toast-store";

/** One toast at the bottom; its live region is always there, so that it is announced exactly once. */
export function ToastArea() {
  const toast = useToast();
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (!toast || isHeld) return;
    const timer = setTimeout(closeToast, undoSeconds * 1000);
    return () => clearTimeout(timer);
  }, [toast, isHeld]);
  return (
    <section
      aria-label="Messages"
      className="print:hidden pointer-events-none fixed inset-x-3 bottom-6 z-(--z-toast) flex justify-center max-md:bottom-3 [body:has([data-selection-bar])_&]:bottom-28 max-md:[body:has([data-selection-bar])_&]:bottom-44"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <p role="status" className="sr-only">
        {/* A sentence that comes a second time is said a second time. */}
        {toast ? <span key={toast.id}>{toast.text}</span> : null}
      </p>
      {toast ? <ToastBox key={toast.id} toast={toast} /> : null}
    </section>
  );
}

function ToastBox({ toast }: { toast: Toast }) {
  const { action } = toast;
  const Icon = toast.tone === "done" ? Check : CircleAlert;
  return (
    <div className="rise pointer-events-auto flex min-h-12 items-center gap-3 rounded-3 bg-float py-1.5 ps-4 pe-1.5 text-on-float shadow-3">
      <Icon size={16} strokeWidth={1.75} aria-hidden className="flex-none text-on-float-2" />
      <div className="min-w-0 py-1 wrap-anywhere">
        <p aria-hidden>{toast.text}</p>
        {toast.requestId ? <p className="text-xs text-on-float-2">Request {toast.requestId}</p> : null}
      </div>
      {action ? (
        <Button
          look="float"
          onPress={() => {
            closeToast();
            action.run();
          }}
        >
          {action.label}
          {action.key ? <KeyCap look="float">{action.key}</KeyCap> : null}
        </Button>
      ) : null}
      <Button look="float" shape="icon" aria-label="Close message" onPress={closeToast}>
        <X size={16} strokeWidth={1.75} aria-hidden className="text-on-float-2" />
      </Button>
    </div>
  );
}
