import { roleWords } from "@intake/core/auth/policy";
import type { User } from "@intake/core/auth/schema";
import { lazy, Suspense, useRef, useState } from "react";
import { Button as PressButton } from "react-aria-components/Button";
import { Avatar } from "../parts/avatar";
import { useNow, useZone } from "../time/clock";
import { zoneWithPlace } from "../time/moments";

const load = () => import("./account-popover");
const AccountPopover = lazy(() => load().then((module) => ({ default: module.AccountPopover })));

interface AccountMenuProps {
  user: User;
  onShow: (what: "keys" | "palette") => void;
}

/** Who is signed in; theme, shortcuts and sign out behind it. */
export function AccountMenu({ user, onShow }: AccountMenuProps) {
  const zone = zoneWithPlace(useNow(), useZone());
  const ref = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <PressButton
        ref={ref}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onHoverStart={() => void load()}
        onFocus={() => void load()}
        onPress={() => setOpen(true)}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown" || event.key === "ArrowUp") setOpen(true);
          else event.continuePropagation();
        }}
        className="flex w-full items-center gap-2 rounded-2 p-2 text-start hover:bg-sunken aria-expanded:bg-sunken max-md:min-h-(--touch-h) max-md:min-w-(--touch-h) max-md:justify-center md:max-xl:justify-center md:max-xl:p-1.5"
      >
        <Avatar name={user.name} />
        <span className="min-w-0 max-xl:sr-only">
          <span className="block truncate">{user.name}</span>
          <span className="block truncate text-xs text-fg-3">
            {roleWords[user.role]} · {zone}
          </span>
          <span className="sr-only">, account and settings</span>
        </span>
      </PressButton>
      <Suspense>
        {isOpen ? <AccountPopover triggerRef={ref} onClose={() => setOpen(false)} onShow={onShow} /> : null}
      </Suspense>
    </>
  );
}
