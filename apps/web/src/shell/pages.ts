import type { Permission } from "@intake/core/auth/policy";
import type { LinkProps } from "@tanstack/react-router";
import { Activity, House, Inbox, type LucideIcon, ScrollText, Settings2 } from "lucide-react";

interface Page {
  to: NonNullable<LinkProps["to"]>;
  name: string;
  Icon: LucideIcon;
  /** Who lacks it does not see the link; the page itself says why. */
  permission?: Permission;
}

/** The pages of the rail, in its order; the palette has them too. */
export const pages: readonly Page[] = [
  { to: "/", name: "Home", Icon: House },
  { to: "/leads", name: "Leads", Icon: Inbox },
  { to: "/audit", name: "Audit", Icon: ScrollText, permission: "audit.read" },
  { to: "/operations", name: "Operations", Icon: Activity, permission: "operations.manage" },
  { to: "/settings", name: "Settings", Icon: Settings2 },
];
