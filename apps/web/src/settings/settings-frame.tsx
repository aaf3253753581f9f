import { useUser } from "@intake/client/react";
import { can, type Permission } from "@intake/core/auth/policy";
import { Link, type LinkProps, Outlet } from "@tanstack/react-router";

interface Section {
  to: LinkProps["to"];
  label: string;
  /** Hidden from people whose role lacks it; the page itself says so too. */
  permission?: Permission;
}

/** The pages of the settings, in their order; the palette has them too. */
export const settingsSections: readonly Section[] = [
  { to: "/settings/profile", label: "Profile" },
  { to: "/settings/security", label: "Security" },
  { to: "/settings/office", label: "Office hours and promise" },
  { to: "/settings/people", label: "People and roles", permission: "people.manage" },
  { to: "/settings/api-keys", label: "API keys", permission: "api-keys.manage" },
];

/** The frame of the settings: the sections at the left, or in a row above on narrow screens. */
export function SettingsFrame() {
  const user = useUser();
  if (!user) return null;
  const shown = settingsSections.filter(({ permission }) => !permission || can(user, permission));
  return (
    <div className="px-4 pb-12 md:px-6">
      <h1 className="pt-5 pb-3 font-display text-[1.375rem] leading-7 font-medium tracking-[-0.01em]">
        Settings
      </h1>
      <div className="grid gap-6 lg:grid-cols-[13rem_minmax(0,1fr)]">
        <nav
          aria-label="Settings"
          className="flex flex-wrap gap-px p-0.5 whitespace-nowrap lg:flex-col lg:self-start"
        >
          {shown.map(({ to, label }) => (
            <Link
              key={label}
              to={to}
              className="rounded-2 px-2.5 py-[0.3125rem] text-fg-2 no-underline hover:bg-hover hover:text-fg aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-fg pointer-coarse:py-3"
            >
              {label}
            </Link>
          ))}
        </nav>
        <div className="min-w-0">
          <Outlet />
        </div>
      </div>
    </div>
  );
}
