import type { ListView } from "@intake/core/views/schema";
import {
  Bookmark,
  CheckCheck,
  CircleDot,
  Hourglass,
  type LucideIcon,
  TriangleAlert,
  User,
  UserX,
} from "lucide-react";
import { type LeadsAddress, pickAddress } from "../leads/leads-address";

/** The search part of the list's address that a view stands for; what this version does not know of it is left out. */
export function addressOf(view: Pick<ListView, "address">): LeadsAddress {
  const {
    cursor: _,
    page: __,
    ...address
  } = pickAddress(Object.fromEntries(new URLSearchParams(view.address)));
  return address;
}

/** What is kept of the list as it is shown: everything but the place in it. */
export function textOf(address: LeadsAddress): string {
  const { cursor: _, page: __, ...kept } = address;
  return new URLSearchParams(kept).toString();
}

/** Whether two addresses show the same list, wherever in it. */
export function isSameList(left: LeadsAddress, right: LeadsAddress): boolean {
  const sorted = (address: LeadsAddress) => {
    const parameters = new URLSearchParams(textOf(address));
    parameters.sort();
    return parameters.toString();
  };
  return sorted(left) === sorted(right);
}

const icons: Record<string, LucideIcon> = {
  new: CircleDot,
  mine: User,
  unassigned: UserX,
  waiting: Hourglass,
  late: TriangleAlert,
  "reached-this-week": CheckCheck,
};

export function iconOf(view: Pick<ListView, "id">): LucideIcon {
  return icons[view.id] ?? Bookmark;
}

/** `9`, `1,000+`; nothing for a view that was not counted. */
export function countOf(view: Pick<ListView, "count" | "countIsExact">): string {
  return view.count === null ? "" : `${view.count.toLocaleString("en-GB")}${view.countIsExact ? "" : "+"}`;
}
