import { useUser } from "@intake/client/react";
import { can, explainDenial, type Permission } from "@intake/core/auth/policy";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { buttonClass } from "../parts/button";
import { MessagePage } from "../parts/message-page";

/** Shows its children to people with the permission, the others a sentence why not. The server checks every call again. */
export function WithPermission({ permission, children }: { permission: Permission; children: ReactNode }) {
  const user = useUser();
  if (!user) return null;
  if (can(user, permission)) return children;
  return (
    <MessagePage
      title="This page is not for your role"
      actions={
        <Link to="/leads" className={buttonClass("primary")}>
          Open the leads
        </Link>
      }
    >
      <p>{explainDenial(permission)}</p>
    </MessagePage>
  );
}
