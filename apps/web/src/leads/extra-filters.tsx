import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import { changePlace, type ListPlace } from "./leads-address";

const labels = {
  name: "Name",
  email: "Email is",
  createdFrom: "Received from",
  createdTo: "Received to",
} as const;
const keys = ["name", "email", "createdFrom", "createdTo"] as const;

/** Filters that came with a link; each can be taken away. */
export function ExtraFilters({ place }: { place: ListPlace }) {
  return keys
    .filter((key) => place[key])
    .map((key) => (
      <span
        key={key}
        className="inline-flex min-h-7 items-center rounded-2 border border-line-2 bg-surface text-fg-2 pointer-coarse:min-h-(--touch-h)"
      >
        <span className="max-w-60 truncate ps-2 pe-1.5">
          {labels[key]} <b className="font-medium text-fg">{place[key]}</b>
        </span>
        <Link
          to="/leads"
          search={changePlace(place, { [key]: undefined })}
          aria-label={`Without “${labels[key]} ${place[key]}”`}
          className="grid min-h-7 w-7 place-items-center border-s border-line text-fg-3 hover:text-fg pointer-coarse:min-h-(--touch-h) pointer-coarse:w-(--touch-h)"
        >
          <X size={14} strokeWidth={1.75} aria-hidden />
        </Link>
      </span>
    ));
}
