import { trpc } from "@intake/client/react";
import type { Profile } from "@intake/core/people/schema";
import { useEffect } from "react";
import { chooseTheme, type Theme } from "./theme";

const themeOf = { SYSTEM: "system", LIGHT: "light", DARK: "dark" } as const satisfies Record<
  Profile["appearance"],
  Theme
>;
const appearanceOf = { system: "SYSTEM", light: "LIGHT", dark: "DARK" } as const satisfies Record<
  Theme,
  Profile["appearance"]
>;

/** Wears the colours of the person signed in, whichever browser they use. */
export function useOwnTheme(): void {
  const appearance = trpc.account.profile.useQuery(undefined, { staleTime: Number.POSITIVE_INFINITY }).data
    ?.appearance;
  useEffect(() => {
    if (appearance) chooseTheme(themeOf[appearance]);
  }, [appearance]);
}

/** Changes the colours at once, here and on the person's other devices. */
export function useThemeChoice(): (theme: Theme) => void {
  const utils = trpc.useUtils();
  const update = trpc.account.updateProfile.useMutation({
    onSuccess: (profile) => utils.account.profile.setData(undefined, profile),
  });
  return (theme) => {
    chooseTheme(theme);
    update.mutate({ appearance: appearanceOf[theme] });
  };
}
