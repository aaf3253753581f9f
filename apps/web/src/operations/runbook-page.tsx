import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { buttonClass } from "../parts/button";
import { MessagePage } from "../parts/message-page";
import { WithPermission } from "../settings/with-permission";
import { usePageTitle } from "../shell/page-title";
import { type Block, loadRunbook, readBlocks } from "./runbooks";

const route = getRouteApi("/staff/operations/runbooks/$name");

/** What one alert means, what to look at, and what to do. */
export function RunbookPage() {
  return (
    <WithPermission permission="operations.manage">
      <Runbook />
    </WithPermission>
  );
}

function Runbook() {
  const { name } = route.useParams();
  const page = useQuery({
    queryKey: ["runbook", name],
    queryFn: () => loadRunbook(name),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const blocks = page.data ? readBlocks(page.data) : [];
  const title = blocks.find(({ kind }) => kind === "title");
  usePageTitle(title && "text" in title ? title.text : "Operations");
  if (page.isPending) return null;
  if (!page.data)
    return (
      <MessagePage
        level={1}
        title="There is no page of this name"
        actions={
          <Link to="/operations" className={buttonClass("primary")}>
            Open Operations
          </Link>
        }
      >
        <p>Operations links to the page of everything that needs a look.</p>
      </MessagePage>
    );
  return (
    <article className="max-w-180 px-6 pt-4 pb-12 max-md:px-4">
      <Link to="/operations" className="inline-flex min-h-(--control-h) items-center gap-1.5">
        <ArrowLeft size={16} strokeWidth={1.75} aria-hidden />
        Operations
      </Link>
      {blocks.map((block, index) => (
        <BlockView key={index} block={block} />
      ))}
    </article>
  );
}

function BlockView({ block }: { block: Block }) {
  if (block.kind === "list") {
    const List = block.isOrdered ? "ol" : "ul";
    return (
      <List className={`grid gap-2 ps-5 text-md ${block.isOrdered ? "list-decimal" : "list-disc"}`}>
        {block.items.map((item) => (
          <li key={item} className="wrap-anywhere">
            <Line text={item} />
          </li>
        ))}
      </List>
    );
  }
  if (block.kind === "title")
    return (
      <h1 className="mt-2 mb-3 font-display text-2xl font-medium tracking-[-0.01em]">
        <Line text={block.text} />
      </h1>
    );
  if (block.kind === "heading") return <h2 className="mt-8 mb-2 text-lg font-semibold">{block.text}</h2>;
  return (
    <p className="text-md wrap-anywhere text-fg-2">
      <Line text={block.text} />
    </p>
  );
}

/** A line with its `code`. */
function Line({ text }: { text: string }) {
  return text.split("`").map((piece, index) =>
    index % 2 === 1 ? (
      <code key={index} className="rounded-1 bg-sunken px-1 py-0.5 text-[0.9em]">
        {piece}
      </code>
    ) : (
      piece
    ),
  );
}
