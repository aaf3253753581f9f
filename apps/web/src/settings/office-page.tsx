import { readFailure } from "@intake/client/failure";
import { trpc, useUser } from "@intake/client/react";
import { can } from "@intake/core/auth/policy";
import { Button } from "../parts/button";
import { MessagePage } from "../parts/message-page";
import { usePageTitle } from "../shell/page-title";
import { HolidaySection } from "./holiday-section";
import { OfficeFacts } from "./office-facts";
import { OfficeForm } from "./office-form";

/** When the office works, how soon it answers, and whose new leads become. Everybody may look. */
export function OfficePage() {
  usePageTitle("Office hours and promise");
  const user = useUser();
  const office = trpc.office.get.useQuery();
  if (office.isError && !office.data) {
    return (
      <MessagePage
        title="The office’s hours could not be loaded"
        actions={
          <Button look="primary" onPress={() => office.refetch()}>
            Try again
          </Button>
        }
      >
        <p>{readFailure(office.error).message}</p>
      </MessagePage>
    );
  }
  if (!office.data || !user) return <Skeleton />;
  const mayChange = can(user, "settings.manage");
  return (
    <div className="max-w-160">
      {mayChange ? <OfficeForm office={office.data} /> : <OfficeFacts office={office.data} />}
      <HolidaySection office={office.data} mayChange={mayChange} />
    </div>
  );
}

function Skeleton() {
  return (
    <div className="appear-late max-w-160">
      <p role="status" className="sr-only">
        Loading the office’s hours
      </p>
      <div aria-hidden className="grid gap-3">
        <span className="skeleton h-5 w-1/3" />
        {Array.from({ length: 7 }, (_, index) => (
          <span key={index} className="skeleton h-8 w-3/4" />
        ))}
      </div>
    </div>
  );
}
