import { trpc } from "@intake/client/react";
import {
  can,
  type Permission,
  permissions,
  permissionWords,
  roleWords,
  seesResumes,
} from "@intake/core/auth/policy";
import { roles } from "@intake/core/auth/schema";
import { Check, Minus } from "lucide-react";
import { Section } from "./section";

const rows = Object.keys(permissions) as Permission[];

/** The table the server enforces, with what the office adds to it. */
export function RoleSection() {
  const { data: office = { readOnlySeesResumes: false } } = trpc.settings.get.useQuery();
  return (
    <Section
      title="What each role may do"
      about="Checked on the server for every request, not only hidden here."
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section aria-label="Roles, table" tabIndex={0} className="relative overflow-x-auto">
        <table className="w-full min-w-136 border-collapse">
          <thead>
            <tr className="border-b border-line text-start text-xs text-fg-2">
              <th scope="col" className="py-2 text-start font-medium">
                May
              </th>
              {roles.map((role) => (
                <th key={role} scope="col" className="w-24 py-2 text-center font-medium">
                  {roleWords[role]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((permission) => (
              <tr key={permission} className="h-9 border-b border-line">
                <th scope="row" className="text-start font-normal">
                  {permissionWords[permission]}
                </th>
                {roles.map((role) => (
                  <td key={role} className="text-center">
                    {can({ role, seesResumes: seesResumes(role, office) }, permission) ? (
                      <Check
                        size={16}
                        strokeWidth={1.75}
                        role="img"
                        aria-label="Yes"
                        className="inline text-done"
                      />
                    ) : (
                      <Minus
                        size={16}
                        strokeWidth={1.75}
                        role="img"
                        aria-label="No"
                        className="inline text-fg-3"
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Section>
  );
}
