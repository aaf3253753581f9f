import type { Lead } from "@intake/core/leads/schema";
import { Ellipsis } from "lucide-react";
import { Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components/Menu";
import { Button } from "../parts/button";
import { KeyCap } from "../parts/key-cap";
import { capsOf, shortcuts } from "../shell/shortcut-list";
import { copyText } from "./contact";

interface LeadMenuProps {
  lead: Lead;
  onMarkUnread: () => void;
}

/** What is done with a lead now and then. */
export function LeadMenu({ lead, onMarkUnread }: LeadMenuProps) {
  const actions = [
    { label: "Mark unread", caps: capsOf(shortcuts["lead.mark-unread"].keys[0]), run: onMarkUnread },
    { label: "Copy the reference", caps: [], run: () => void copyText(lead.reference, "Reference") },
    { label: "Print", caps: [], run: () => print() },
  ];
  return (
    <MenuTrigger>
      <Button look="quiet" shape="icon" aria-label="More">
        <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
      </Button>
      <Popover
        placement="bottom end"
        className="rise z-(--z-popover) min-w-52 rounded-3 border border-line-2 bg-raised p-1 shadow-2"
      >
        <Menu aria-label="More" className="outline-none">
          {actions.map(({ label, caps, run }) => (
            <MenuItem
              key={label}
              textValue={label}
              onAction={run}
              className="flex min-h-(--control-h) items-center gap-0.5 rounded-2 px-2 outline-none data-focused:bg-hover pointer-coarse:min-h-(--touch-h)"
            >
              <span className="flex-1 pe-4">{label}</span>
              <span aria-hidden className="flex gap-0.5">
                {caps.map((cap) => (
                  <KeyCap key={cap}>{cap}</KeyCap>
                ))}
              </span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
