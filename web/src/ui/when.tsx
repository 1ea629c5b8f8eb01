// A moment in the zone it belongs to, or a day, as people of the page's language write them.
import { useSpeech } from "../platform/i18n.tsx";

/** `zone` is the thing's own; without one the reader's clock is not asked and UTC is shown. */
export function When({ at, zone = "UTC" }: { readonly at: string; readonly zone?: string }) {
  const { language } = useSpeech();
  const words = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", timeZone: zone }).format(new Date(at));
  return <time dateTime={at}>{words}</time>;
}

export function Day({ on }: { readonly on: string }) {
  const { language } = useSpeech();
  return (
    <time dateTime={on}>
      {new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${on}T00:00:00Z`))}
    </time>
  );
}
