import { Ellipsis } from "lucide-react";
import { Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components/Menu";
import { Button } from "../parts/button";

interface RowMenuProps {
  /** Whose row it is. */
  name: string;
  actions: { label: string; run: () => void }[];
}

/** What else can be done with a row. */
export function RowMenu({ name, actions }: RowMenuProps) {
  return (
    <MenuTrigger>
      <Button look="quiet" shape="icon" aria-label={`More for ${name}`}>
        <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
      </Button>
      <Popover
        placement="bottom end"
        className="rise z-(--z-popover) min-w-44 rounded-3 border border-line-2 bg-raised p-1 shadow-2"
      >
        <Menu aria-label={`More for ${name}`} className="outline-none">
          {actions.map(({ label, run }) => (
            <MenuItem
              key={label}
              onAction={run}
              className="flex min-h-(--control-h) items-center rounded-2 px-2 outline-none data-focused:bg-hover data-focus-visible:outline-2 data-focus-visible:-outline-offset-2 data-focus-visible:outline-ink"
            >
              {label}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
