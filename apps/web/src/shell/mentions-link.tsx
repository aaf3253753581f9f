import { trpc } from "@intake/client/react";
import { Link } from "@tanstack/react-router";
import { AtSign } from "lucide-react";

/** Notes that name the person and that they have not seen: leads to the newest. Not there when there are none. */
export function MentionsLink({ className }: { className: string }) {
  const mentions = trpc.notes.myMentions.useQuery();
  const [newest] = mentions.data ?? [];
  if (!mentions.data || !newest) return null;
  const count = mentions.data.length;
  const name = `${newest.firstName} ${newest.lastName}`;
  return (
    <Link
      to="/leads/$leadId"
      params={{ leadId: newest.leadId }}
      title={`A note about ${name} names you`}
      // The bar of the narrowest phones has no place left for it.
      className={`${className} max-[22rem]:hidden`}
    >
      <AtSign size={16} strokeWidth={1.75} aria-hidden className="flex-none" />
      <span className="max-xl:sr-only">Names you</span>
      <span className="num text-xs font-medium text-ink md:max-xl:sr-only xl:ms-auto">
        {count}
        <span className="sr-only"> {count === 1 ? "note" : "notes"} not seen</span>
      </span>
    </Link>
  );
}
