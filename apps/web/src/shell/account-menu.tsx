import { useSession } from "@intake/client/react";
import { roleWords } from "@intake/core/auth/policy";
import type { User } from "@intake/core/auth/schema";
import { useMutation } from "@tanstack/react-query";
import { Check, Keyboard, LogOut } from "lucide-react";
import { useState } from "react";
import { Button as PressButton } from "react-aria-components/Button";
import {
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from "react-aria-components/Menu";
import { Avatar } from "../parts/avatar";
import { useNow, useZone } from "../time/clock";
import { zoneWithPlace } from "../time/moments";
import { readTheme, type Theme, themes } from "./theme";
import { useThemeChoice } from "./use-own-theme";

const themeWords: Record<Theme, string> = { system: "Like the system", light: "Light", dark: "Dark" };

const item =
  "flex min-h-(--control-h) items-center gap-2 rounded-2 px-2 outline-none data-focused:bg-hover data-focus-visible:outline-2 data-focus-visible:-outline-offset-2 data-focus-visible:outline-ink";

interface AccountMenuProps {
  user: User;
  onShowShortcuts: () => void;
}

/** Who is signed in; theme, shortcuts and sign out behind it. */
export function AccountMenu({ user, onShowShortcuts }: AccountMenuProps) {
  const session = useSession();
  const signOut = useMutation({ mutationFn: () => session.signOut() });
  const [theme, setTheme] = useState(readTheme);
  const zone = zoneWithPlace(useNow(), useZone());

  const chooseEverywhere = useThemeChoice();

  function choose(next: Theme): void {
    chooseEverywhere(next);
    setTheme(next);
  }

  return (
    <MenuTrigger onOpenChange={(isOpen) => isOpen && setTheme(readTheme())}>
      <PressButton className="flex w-full items-center gap-2 rounded-2 p-2 text-start hover:bg-sunken aria-expanded:bg-sunken max-md:min-h-(--touch-h) max-md:min-w-(--touch-h) max-md:justify-center md:max-xl:justify-center md:max-xl:p-1.5">
        <Avatar name={user.name} />
        <span className="min-w-0 max-xl:sr-only">
          <span className="block truncate">{user.name}</span>
          <span className="block truncate text-xs text-fg-3">
            {roleWords[user.role]} · {zone}
          </span>
          <span className="sr-only">, account and settings</span>
        </span>
      </PressButton>
      <Popover
        placement="top start"
        className="rise z-(--z-popover) min-w-56 rounded-3 border border-line-2 bg-raised p-1 shadow-2"
      >
        <Menu aria-label="Account and settings" className="outline-none">
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[theme]}
            onSelectionChange={(keys) => {
              const next = themes.find((candidate) => keys !== "all" && keys.has(candidate));
              if (next) choose(next);
            }}
          >
            <Header className="px-2 pt-1 pb-0.5 text-xs font-medium text-fg-3">Colours</Header>
            {themes.map((name) => (
              <MenuItem key={name} id={name} textValue={themeWords[name]} className={item}>
                {({ isSelected }) => (
                  <>
                    <Check
                      size={16}
                      strokeWidth={1.75}
                      aria-hidden
                      className={isSelected ? "text-ink" : "invisible"}
                    />
                    {themeWords[name]}
                  </>
                )}
              </MenuItem>
            ))}
          </MenuSection>
          <Separator className="my-1 h-px bg-line" />
          <MenuItem id="shortcuts" textValue="Keyboard shortcuts" onAction={onShowShortcuts} className={item}>
            <Keyboard size={16} strokeWidth={1.75} aria-hidden className="text-fg-2" />
            Keyboard shortcuts
          </MenuItem>
          <MenuItem id="sign-out" textValue="Sign out" onAction={() => signOut.mutate()} className={item}>
            <LogOut size={16} strokeWidth={1.75} aria-hidden className="text-fg-2" />
            Sign out
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
