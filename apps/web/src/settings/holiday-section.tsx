import { trpc } from "@intake/client/react";
import { officeDate } from "@intake/core/office/policy";
import { type Holiday, holidaySchema, type Office } from "@intake/core/office/schema";
import { X } from "lucide-react";
import { useRef } from "react";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { showToast } from "../shell/toast-store";
import { FormFailure } from "../sign-in/form-failure";
import { useCheckedForm } from "../sign-in/use-checked-form";
import { useNow } from "../time/clock";
import { weekdayWords } from "../time/moments";
import { Section } from "./section";
import { useOfficeSaved } from "./use-office-saved";

interface HolidaySectionProps {
  office: Office;
  mayChange: boolean;
}

/** Days on which the office is closed whatever its hours say. Each change is saved at once. */
export function HolidaySection({ office, mayChange }: HolidaySectionProps) {
  const today = officeDate(office.timeZone, useNow());
  const coming = office.holidays.filter(({ day }) => day >= today);
  const past = office.holidays.filter(({ day }) => day < today).reverse();
  return (
    <Section
      title="Holidays"
      about={`The clock stands still on them.${mayChange ? " Each change is saved at once." : ""}`}
    >
      {coming.length > 0 ? (
        <Days holidays={coming} mayChange={mayChange} />
      ) : (
        <p className="text-fg-3">No day to come.</p>
      )}
      {past.length > 0 ? (
        <details>
          <summary className="text-fg-2">
            {past.length === 1 ? "One past day" : `${past.length} past days`}
          </summary>
          <Days holidays={past} mayChange={mayChange} />
        </details>
      ) : null}
      {mayChange ? <AddHoliday /> : null}
    </Section>
  );
}

function Days({ holidays, mayChange }: { holidays: Holiday[]; mayChange: boolean }) {
  const noteSaved = useOfficeSaved();
  const add = trpc.office.addHoliday.useMutation({ onSuccess: noteSaved });
  const remove = trpc.office.removeHoliday.useMutation();

  function take(holiday: Holiday): void {
    const { day, name } = holiday;
    remove.mutate(
      { day },
      {
        onSuccess: (office) => {
          noteSaved(office);
          showToast({
            tone: "done",
            text: `${name} is a working day.`,
            action: { label: "Undo", run: () => add.mutate(holiday) },
          });
        },
      },
    );
  }

  return (
    <ul className="max-w-110">
      {holidays.map((holiday) => (
        <li
          key={holiday.day}
          className="flex min-h-(--control-h) items-center gap-2 border-b border-line py-1 max-md:flex-wrap"
        >
          <span className="num w-36 flex-none text-fg-2">{weekdayWords(holiday.day)}</span>
          <span className="min-w-0 flex-1 wrap-anywhere">{holiday.name}</span>
          {mayChange ? (
            <Button
              look="quiet"
              shape="icon"
              aria-label={`Remove ${holiday.name}, ${weekdayWords(holiday.day)}`}
              onPress={() => take(holiday)}
            >
              <X size={16} strokeWidth={1.75} aria-hidden />
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function AddHoliday() {
  const ref = useRef<HTMLInputElement>(null);
  const noteSaved = useOfficeSaved();
  const add = trpc.office.addHoliday.useMutation({
    meta: { showsItsErrors: true },
    onSuccess: (office) => {
      noteSaved(office);
      ref.current?.form?.reset();
      ref.current?.focus();
    },
    onError: (error) => showErrors(error),
  });
  const { form, errors, showErrors } = useCheckedForm({
    schema: holidaySchema,
    onSubmit: (holiday) => !add.isPending && add.mutate(holiday),
  });
  return (
    <form {...form} className="grid max-w-110 gap-3">
      <FormFailure error={add.error} />
      <div className="grid items-end gap-3 md:grid-cols-[10rem_minmax(0,1fr)]">
        <Field ref={ref} label="Day" name="day" type="date" error={errors.day} />
        <Field label="Name" name="name" autoComplete="off" error={errors.name} />
      </div>
      <Button type="submit" className="justify-self-start">
        {add.isPending ? "Adding" : "Add holiday"}
      </Button>
    </form>
  );
}
