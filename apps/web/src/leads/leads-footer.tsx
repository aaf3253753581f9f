import type { LeadPage } from "@intake/core/leads/schema";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import { Button } from "../parts/button";
import { KeyCap } from "../parts/key-cap";
import { useNow, useZone } from "../time/clock";
import { zoneWithPlace } from "../time/moments";
import { offsetOf } from "./lead-trail";
import type { ListPlace } from "./leads-address";

const pageSizes = [25, 50, 100];

interface LeadsFooterProps {
  page: LeadPage;
  place: ListPlace;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
  onPageSize: (limit: number) => void;
  /** Goes to a page by its number. */
  onJump: (page: number) => void;
}

/** Range and total, zone, keys, page size, pages. */
export function LeadsFooter({ page, place, onPrevious, onNext, onPageSize, onJump }: LeadsFooterProps) {
  const zone = zoneWithPlace(useNow(), useZone());
  const sizes = [...new Set([...pageSizes, place.limit])].sort((left, right) => left - right);
  return (
    <footer className="print:hidden sticky bottom-0 z-(--z-sticky) mt-auto flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-surface px-6 py-2.5 text-xs text-fg-2 max-md:static max-md:px-4">
      <p className="num">{describeRange(page, place)}</p>
      <p className="max-md:order-last max-md:w-full">All times in {zone}</p>
      <p aria-hidden className="mx-auto flex items-center gap-1 max-xl:hidden pointer-coarse:hidden">
        <KeyCap>J</KeyCap> <KeyCap>K</KeyCap>
        <span className="me-2">move</span>
        <KeyCap>X</KeyCap>
        <span className="me-2">select</span>
        <KeyCap>O</KeyCap>
        <span className="me-2">open</span>
        <KeyCap>?</KeyCap>
        <span>all keys</span>
      </p>
      {page.lastPage > 1 ? (
        <PageJump
          key={page.page ?? place.page}
          page={page.page ?? place.page}
          lastPage={page.lastPage}
          onJump={onJump}
        />
      ) : null}
      <label className={`flex items-center gap-2 ${page.lastPage > 1 ? "" : "ms-auto xl:ms-0"}`}>
        <span className="max-md:sr-only">Per page</span>
        <select
          value={place.limit}
          onChange={(event) => onPageSize(Number(event.target.value))}
          className="min-h-(--control-h) rounded-2 border border-line-strong bg-surface px-1.5 text-sm max-md:text-lg"
        >
          {sizes.map((size) => (
            <option key={size} value={size}>
              {size}
            </option>
          ))}
        </select>
      </label>
      <div className="flex">
        <Button
          shape="icon"
          aria-label="Previous page"
          isDisabled={!onPrevious}
          onPress={onPrevious}
          className="rounded-e-none"
        >
          <ChevronLeft size={16} strokeWidth={1.75} aria-hidden />
        </Button>
        <Button
          shape="icon"
          aria-label="Next page"
          isDisabled={!onNext}
          onPress={onNext}
          className="-ms-px rounded-s-none"
        >
          <ChevronRight size={16} strokeWidth={1.75} aria-hidden />
        </Button>
      </div>
    </footer>
  );
}

interface PageJumpProps {
  page: number;
  lastPage: number;
  onJump: (page: number) => void;
}

/** The number of the page, to be typed over. */
function PageJump({ page, lastPage, onJump }: PageJumpProps) {
  const [typed, setTyped] = useState(String(page));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = Number.parseInt(typed, 10);
        if (wanted >= 1) onJump(Math.min(wanted, lastPage));
        else setTyped(String(page));
      }}
      className="ms-auto flex items-center gap-2 max-md:hidden xl:ms-0"
    >
      <label className="flex items-center gap-2">
        Page
        <input
          inputMode="numeric"
          aria-label={`Page, 1 to ${lastPage.toLocaleString("en-GB")}; Enter goes there`}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => setTyped(String(page))}
          maxLength={7}
          className="num min-h-(--control-h) w-12 rounded-2 border border-line-strong bg-surface px-1.5 text-sm"
        />
      </label>
      <span className="num whitespace-nowrap">of {lastPage.toLocaleString("en-GB")}</span>
    </form>
  );
}

/** `26–50 of 1,284`; `26–50 of 1,000+` for a capped count; without the range when the page's number is unknown. */
export function describeRange(page: LeadPage, place: ListPlace): string {
  const total = describeTotal(page);
  if (page.items.length === 0) return `0 of ${total}`;
  const offset = offsetOf(place, page);
  if (offset === null) return `${page.items.length} of ${total}`;
  const [first, last] = [offset + 1, offset + page.items.length].map((number) =>
    number.toLocaleString("en-GB"),
  );
  return `${first}–${last} of ${total}`;
}

/** `1,284`, or `1,000+` for a capped count. */
export function describeTotal({ total, totalIsExact }: Pick<LeadPage, "total" | "totalIsExact">): string {
  return `${total.toLocaleString("en-GB")}${totalIsExact ? "" : "+"}`;
}
