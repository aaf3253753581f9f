import { trpc } from "@intake/client/react";
import type { ApiKey, CreatedApiKey } from "@intake/core/api-keys/schema";
import { roleWords } from "@intake/core/auth/policy";
import { useState } from "react";
import { Button } from "../parts/button";
import { Notice } from "../parts/notice";
import { usePageTitle } from "../shell/page-title";
import { Moment } from "../time/moment";
import { ApiKeyForm } from "./api-key-form";
import { Section } from "./section";
import { WithPermission } from "./with-permission";

/** Keys for other programs: made, shown once, watched and revoked. */
export function ApiKeysPage() {
  usePageTitle("API keys");
  return (
    <WithPermission permission="api-keys.manage">
      <div className="max-w-200">
        <ApiKeys />
      </div>
    </WithPermission>
  );
}

function ApiKeys() {
  const keys = trpc.apiKeys.list.useQuery();
  const [created, setCreated] = useState<CreatedApiKey | null>(null);
  const [isMaking, setMaking] = useState(false);
  return (
    <Section
      title="API keys"
      about={
        <>
          A key lets another program work with your rights or less, without a password. It ends when you
          revoke it or its owner is deactivated. <a href="/api/docs">What programs can do</a>
        </>
      }
      actions={
        isMaking ? null : (
          <Button
            look="primary"
            onPress={() => {
              setCreated(null);
              setMaking(true);
            }}
          >
            Make a key
          </Button>
        )
      }
    >
      {isMaking ? (
        <ApiKeyForm
          onCancel={() => setMaking(false)}
          onCreated={(made) => {
            setMaking(false);
            setCreated(made);
          }}
        />
      ) : null}
      {created ? <NewKey created={created} /> : null}
      {keys.isError ? (
        <Notice tone="bad" announce>
          <p>The keys could not be loaded.</p>
          <Button className="mt-2" onPress={() => void keys.refetch()}>
            Try again
          </Button>
        </Notice>
      ) : null}
      {keys.data ? <KeyList keys={keys.data} /> : null}
      {keys.isPending ? <div aria-hidden className="h-16 rounded-3 border border-line bg-sunken" /> : null}
    </Section>
  );
}

function NewKey({ created }: { created: CreatedApiKey }) {
  const [isCopied, setCopied] = useState(false);
  return (
    <Notice tone="info" announce>
      <p className="font-medium">Copy the key “{created.apiKey.name}” now. Nobody can see it again.</p>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <code className="min-w-0 rounded-2 border border-line-2 bg-sunken px-2 py-1 break-all select-all">
          {created.secret}
        </code>
        <Button
          onPress={() =>
            navigator.clipboard.writeText(created.secret).then(
              () => setCopied(true),
              () => setCopied(false),
            )
          }
        >
          {isCopied ? "Copied" : "Copy"}
        </Button>
      </div>
    </Notice>
  );
}

function KeyList({ keys }: { keys: ApiKey[] }) {
  const utils = trpc.useUtils();
  const revoke = trpc.apiKeys.revoke.useMutation({ onSettled: () => utils.apiKeys.list.invalidate() });
  const [asked, setAsked] = useState<string | null>(null);
  if (keys.length === 0)
    return (
      <p className="rounded-3 border border-dashed border-line-2 px-4 py-6 text-fg-2">
        No keys yet. Make one when a program shall read leads or mark them reached out.
      </p>
    );
  return (
    <ul className="divide-y divide-line rounded-3 border border-line">
      {keys.map((key) => (
        <li key={key.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
          <div className="min-w-0 flex-1 basis-56">
            <p className="font-medium wrap-anywhere">{key.name}</p>
            <p className="text-fg-2 wrap-anywhere">
              {roleWords[key.role]} · made by {key.owner.name} <Moment at={key.createdAt} /> ·{" "}
              {key.lastUsedAt ? (
                <>
                  last used <Moment at={key.lastUsedAt} />
                </>
              ) : (
                "never used"
              )}
            </p>
          </div>
          {asked === key.id ? (
            <div className="flex flex-wrap gap-2">
              <Button
                autoFocus
                isDisabled={revoke.isPending}
                onPress={() => revoke.mutate({ apiKeyId: key.id })}
              >
                Revoke for good
              </Button>
              <Button look="quiet" onPress={() => setAsked(null)}>
                Keep
              </Button>
            </div>
          ) : (
            <Button aria-label={`Revoke ${key.name}`} onPress={() => setAsked(key.id)}>
              Revoke
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
