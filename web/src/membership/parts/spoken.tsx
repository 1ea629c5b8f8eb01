// Languages that members speak, in the reader's language.
import { useSpeech } from "../../platform/i18n.tsx";

/** Languages a member of a coop in Europe is likely to work in; others may stand in the text of the page. */
export const spoken = "fr nl en de es it pt ca pl ro sv hu ar tr uk".split(" ");

/** Says a language by its code. */
export function useLanguageName(): (code: string) => string {
  const { language } = useSpeech();
  const names = new Intl.DisplayNames(language, { type: "language" });
  return (code) => names.of(code) ?? code;
}

export function Spoken({ codes }: { readonly codes: readonly string[] }) {
  const { language } = useSpeech();
  const name = useLanguageName();
  return <>{new Intl.ListFormat(language).format(codes.map(name))}</>;
}
