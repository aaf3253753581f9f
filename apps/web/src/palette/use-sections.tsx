import { trpc, useUser } from "@intake/client/react";
import { can, type Permission } from "@intake/core/auth/policy";
import type { Lead, LeadItem } from "@intake/core/leads/schema";
import { type NavigateOptions, useRouter } from "@tanstack/react-router";
import { CornerDownRight, ListFilter, ScrollText, Settings2 } from "lucide-react";
import { useState } from "react";
import { settingsSections } from "../settings/settings-frame";
import { pages } from "../shell/pages";
import { capsOf } from "../shell/shortcut-list";
import { readActions } from "../shell/shortcuts";
import { addressOf, countOf, iconOf } from "../views/view-links";
import { actionIcons } from "./action-icons";
import { type Command, isCalled, type Section } from "./command";
import { describeLead } from "./lead-command";
import { readRecent } from "./recent-leads";
import { useFoundLeads } from "./use-found-leads";

const maxRecent = 5;

/** What is done with what is on the screen, and what is further away. */
const nearPlaces = { Lead: "With this lead", List: "With this list", Audit: "In the audit" };
const farPlaces = { Resume: "In its resume", Everywhere: "Everywhere" };

/** Everything that the palette offers for what is typed, in the order in which it stands there. */
export function useSections(text: string) {
  const typed = text.trim();
  const found = useFoundLeads(text);
  const link = useLinks();
  const recent = useRecent();
  const views = trpc.views.list.useQuery(undefined, { staleTime: 30_000 });
  const user = useUser();
  // What the keys do on the page below, as it was when the palette opened over it.
  const [actions] = useState(readActions);
  const mayOpen = ({ permission }: { permission?: Permission }) =>
    !permission || (user !== null && can(user, permission));
  const isWanted = (name: string) => typed === "" || isCalled(name, typed);

  const toLead = (lead: Lead | LeadItem): Command => ({
    id: lead.id,
    ...describeLead(lead, typed),
    ...link({
      to: "/leads/$leadId",
      params: { leadId: lead.id },
      search: "excerpt" in lead && lead.excerpt ? { q: typed } : {},
    }),
  });
  const doing = (titles: Record<string, string>) =>
    Object.entries(titles).map(([place, title]) => ({
      title,
      commands: actions
        .filter((action) => action.place === place && action.id !== "shell.find" && isWanted(action.words))
        .map(({ id, words, keys, run }) => ({
          ...{ id, Icon: actionIcons[id] ?? CornerDownRight, label: words, run },
          caps: capsOf(keys[0] ?? ""),
        })),
    }));
  const going = {
    title: "Go to",
    commands: [
      ...pages
        .filter((page) => mayOpen(page) && isWanted(page.name))
        .map(({ to, name, Icon }) => ({ id: to, Icon, label: name, ...link({ to }) })),
      ...settingsSections
        .filter((page) => typed !== "" && mayOpen(page) && isCalled(`${page.label} settings`, typed))
        .map(({ to, label }) => ({
          ...{ id: `settings ${label}`, Icon: Settings2, label, details: "in the settings" },
          ...link({ to }),
        })),
      ...(views.data ?? [])
        .filter(({ name }) => isWanted(name))
        .map((view) => ({
          ...{ id: view.id, Icon: iconOf(view), label: view.name, details: countOf(view) },
          ...link({ to: "/leads", search: addressOf(view) }),
        })),
    ],
  };
  const leads = { title: "Leads", commands: found.leads.map(toLead) };
  const searching = {
    title: "Search",
    commands: [
      {
        ...{ id: "all-matching", Icon: ListFilter, label: `All leads matching “${typed}”` },
        ...{ details: found.total, ...link({ to: "/leads", search: found.address }) },
      },
      ...(user && can(user, "audit.read")
        ? [
            {
              ...{ id: "audit-about", Icon: ScrollText, label: `Audit entries about “${typed}”` },
              ...link({ to: "/audit", search: { q: typed } }),
            },
          ]
        : []),
    ],
  };

  const sections: Section[] =
    typed === ""
      ? [
          { title: "Recent leads", commands: recent.map(toLead) },
          ...doing(nearPlaces),
          going,
          ...doing(farPlaces),
        ]
      : // What is here at once stays in its place; what the server finds comes below.
        [...doing(nearPlaces), going, ...doing(farPlaces), leads, searching];
  return {
    sections: sections.filter(({ commands }) => commands.length > 0),
    isSearching: found.isSearching,
    problem: found.problem,
  };
}

/** The leads that the person opened last, without the one that is open. */
function useRecent(): Lead[] {
  const user = useUser();
  const { state } = useRouter();
  const [ids] = useState(() =>
    readRecent(user?.id ?? "")
      .filter((id) => !state.location.pathname.endsWith(id))
      .slice(0, maxRecent),
  );
  const leads = trpc.useQueries((ask) =>
    ids.map((leadId) => ask.leads.byId({ leadId }, { staleTime: 60_000 })),
  );
  return leads.flatMap(({ data }) => data ?? []);
}

/** Makes a command out of a place: where it leads, for a new tab, and the way there. */
function useLinks() {
  const router = useRouter();
  return (place: NavigateOptions) => ({
    href: router.buildLocation(place).publicHref,
    run: () => void router.navigate(place),
  });
}
