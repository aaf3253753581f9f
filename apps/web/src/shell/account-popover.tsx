import { useSession } from "@intake/client/react";
import { useMutation } from "@tanstack/react-query";
import { Check, Keyboard, LogOut, Search } from "lucide-react";
import { type RefObject, useState } from "react";
import { Header, Menu, MenuItem, MenuSection, Popover, Separator } from "react-aria-components/Menu";
import { readTheme, type Theme, themes } from "./theme";
import { useThemeChoice } from "./use-own-theme";

const themeWords: Record<Theme, string> = { system: "Like the system", light: "Light", dark: "Dark" };

const item =
  "flex min-h-(--control-h) items-center gap-2 rounded-2 px-2 outline-none data-focused:bg-hover data-focus-visible:outline-2 data-focus-visible:-outline-offset-2 data-focus-visible:outline-ink";

interface AccountPopoverProps {
  triggerRef: RefObject<HTMLElement | null>;
  onClose: () => void;
  onShow: (what: "keys" | "palette") => void;
}

/** Theme, shortcuts and sign out. */
export function AccountPopover({ triggerRef, onClose, onShow }: AccountPopoverProps) {
  const session = useSession();
  const signOut = useMutation({ mutationFn: () => session.signOut() });
  const [theme, setTheme] = useState(readTheme);
  const chooseEverywhere = useThemeChoice();

  function choose(next: Theme): void {
    chooseEverywhere(next);
    setTheme(next);
  }

  return (
    <Popover
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      triggerRef={triggerRef}
      placement="top start"
      className="rise z-(--z-popover) min-w-56 rounded-3 border border-line-2 bg-raised p-1 shadow-2"
    >
      <Menu aria-label="Account and settings" autoFocus="first" onClose={onClose} className="outline-none">
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
        <MenuItem id="find" textValue="Find or do" onAction={() => onShow("palette")} className={item}>
          <Search size={16} strokeWidth={1.75} aria-hidden className="text-fg-2" />
          Find or do…
        </MenuItem>
        <MenuItem
          id="shortcuts"
          textValue="Keyboard shortcuts"
          onAction={() => onShow("keys")}
          className={item}
        >
          <Keyboard size={16} strokeWidth={1.75} aria-hidden className="text-fg-2" />
          Keyboard shortcuts
        </MenuItem>
        <MenuItem id="sign-out" textValue="Sign out" onAction={() => signOut.mutate()} className={item}>
          <LogOut size={16} strokeWidth={1.75} aria-hidden className="text-fg-2" />
          Sign out
        </MenuItem>
      </Menu>
    </Popover>
  );
}
