import type { Profile } from "@intake/core/people/schema";
import { type Theme, themes } from "../shell/theme";
import { useThemeChoice } from "../shell/use-own-theme";
import { Section } from "./section";

const words: Record<Theme, string> = { system: "Like the system", light: "Light", dark: "Dark" };

/** The colours, on every device of this person. */
export function AppearanceSection({ appearance }: { appearance: Profile["appearance"] }) {
  const choose = useThemeChoice();
  return (
    <Section title="Colours" about="They follow you to every browser you sign in with.">
      <fieldset className="grid gap-1">
        <legend className="sr-only">Colours</legend>
        {themes.map((theme) => (
          <label key={theme} className="flex min-h-(--control-h) items-center gap-2">
            <input
              type="radio"
              name="appearance"
              checked={appearance === theme.toUpperCase()}
              onChange={() => choose(theme)}
              className="size-4 accent-(--ink)"
            />
            {words[theme]}
          </label>
        ))}
      </fieldset>
    </Section>
  );
}
