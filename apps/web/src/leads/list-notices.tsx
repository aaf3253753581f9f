import { Notice } from "../parts/notice";
import { describeIgnored, type LeadsAddress, type readAddress } from "./leads-address";

interface ListNoticesProps {
  address: LeadsAddress;
  ignored: ReturnType<typeof readAddress>["ignored"];
  hasLostPage: boolean;
}

/** What of the address could not be kept. */
export function ListNotices({ address, ignored, hasLostPage }: ListNoticesProps) {
  if (ignored.length === 0 && !hasLostPage) return null;
  return (
    <div className="px-6 pb-3 max-md:px-4">
      <Notice tone="info" announce>
        <p>
          {ignored.length > 0
            ? describeIgnored(ignored, address)
            : "That page of the list is gone. This is the first one."}
        </p>
      </Notice>
    </div>
  );
}
