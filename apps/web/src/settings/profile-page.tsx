import { readFailure } from "@intake/client/failure";
import { trpc } from "@intake/client/react";
import { Button } from "../parts/button";
import { MessagePage } from "../parts/message-page";
import { usePageTitle } from "../shell/page-title";
import { AppearanceSection } from "./appearance-section";
import { AvailabilitySection } from "./availability-section";
import { MailSection } from "./mail-section";
import { PasswordSection } from "./password-section";
import { ProfileSection } from "./profile-section";

/** A person's own name, zone, absence, mails, colours and password. */
export function ProfilePage() {
  usePageTitle("Profile");
  const profile = trpc.account.profile.useQuery();
  if (profile.isError && !profile.data) {
    return (
      <MessagePage
        title="Your profile could not be loaded"
        actions={
          <Button look="primary" onPress={() => profile.refetch()}>
            Try again
          </Button>
        }
      >
        <p>{readFailure(profile.error).message}</p>
      </MessagePage>
    );
  }
  if (!profile.data) return <p className="sr-only">Loading</p>;
  return (
    <div className="max-w-110">
      <ProfileSection profile={profile.data} />
      <AvailabilitySection profile={profile.data} />
      <MailSection profile={profile.data} />
      <AppearanceSection appearance={profile.data.appearance} />
      {profile.data.hasPassword ? <PasswordSection email={profile.data.email} /> : null}
    </div>
  );
}
