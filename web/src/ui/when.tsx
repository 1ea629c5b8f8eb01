// A moment in the zone it belongs to, or a day, as people of the page's language write them.
import { readCoop } from "@partcommune/shared/platform/api";
import { useWanted } from "../platform/call.tsx";
import { localeOf, useSpeech, useT } from "../platform/i18n.tsx";

/** `zone` is the thing's own; without one the reader's clock is not asked and UTC is shown. */
export function When({ at, zone = "UTC" }: { readonly at: string; readonly zone?: string }) {
  const { language } = useSpeech();
  const words = new Intl.DateTimeFormat(localeOf(language), { dateStyle: "long", timeStyle: "short", timeZone: zone }).format(new Date(at));
  return <time dateTime={at}>{words}</time>;
}

export function Day({ on }: { readonly on: string }) {
  const say = useDay();
  return <time dateTime={on}>{say(on)}</time>;
}

/** A day in words, for inside a sentence. */
export function useDay(): (on: string) => string {
  const { language } = useSpeech();
  const words = new Intl.DateTimeFormat(localeOf(language), { dateStyle: "long", timeZone: "UTC" });
  return (on) => words.format(new Date(`${on}T00:00:00Z`));
}

/** A limit in words, in the zone of the coop: "until the end of 7 December 2026", or until an hour where it is no midnight. */
export function Until({ at }: { readonly at: string }) {
  const t = useT();
  const { language } = useSpeech();
  const { zone = "UTC" } = useWanted(readCoop, {});
  const locale = localeOf(language);
  const hour = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: zone }).format(new Date(at));
  // The first instant after a day ends that day.
  const last = new Date(hour === "00:00" ? Date.parse(at) - 1 : at);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: zone }).format(last);
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone: zone }).format(last);
  return <time dateTime={at}>{hour === "00:00" ? t("platform.untilEndOf", { day }) : t("platform.until", { day, time })}</time>;
}

/** An instant as the coop's clocks show it. */
export function At({ at }: { readonly at: string }) {
  const { zone = "UTC" } = useWanted(readCoop, {});
  return <When at={at} zone={zone} />;
}
