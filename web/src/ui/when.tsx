// A moment in the zone it belongs to, or a day, as people of the page's language write them.
import { readCoop } from "@partcommune/shared/platform/api";
import { firstSpoken } from "@partcommune/shared/platform/spoken";
import type { Language } from "@partcommune/shared/platform/page";
import { useWanted } from "../platform/call.tsx";
import { localeOf, useSpeech, useT } from "../platform/i18n.tsx";

/** A moment in the words of the reader's language. */
export const written = (language: Language, options: Intl.DateTimeFormatOptions, at: Date): string =>
  firstSpoken(new Intl.DateTimeFormat(localeOf(language), options).format(at), language);

/** `zone` is the thing's own; without one the reader's clock is not asked and UTC is shown. */
export function When({ at, zone = "UTC" }: { readonly at: string; readonly zone?: string }) {
  const { language } = useSpeech();
  return <time dateTime={at}>{written(language, { dateStyle: "long", timeStyle: "short", timeZone: zone }, new Date(at))}</time>;
}

export function Day({ on }: { readonly on: string }) {
  const say = useDay();
  return <time dateTime={on}>{say(on)}</time>;
}

/** A day inside a sentence. */
export function useDay(): (day: string) => string {
  const { language } = useSpeech();
  return (day) => written(language, { dateStyle: "long", timeZone: "UTC" }, new Date(`${day}T00:00:00Z`));
}

/** A month inside a sentence, `2026-12` for December. */
export function useMonth(): (month: string) => string {
  const { language } = useSpeech();
  return (month) => written(language, { month: "long", year: "numeric", timeZone: "UTC" }, new Date(`${month}-01T00:00:00Z`));
}

/** A limit in words, in the zone of the coop: "until the end of 7 December 2026", or until an hour where it is no midnight. */
export function useUntil(): (at: string) => string {
  const t = useT();
  const { language } = useSpeech();
  const { zone: timeZone = "UTC" } = useWanted(readCoop, {});
  const here = (options: Intl.DateTimeFormatOptions, at: number): string => written(language, { ...options, timeZone }, new Date(at));
  const isMidnight = (at: number): boolean => new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone }).format(at) === "00:00";
  return (text) => {
    const at = Date.parse(text);
    // The first instant after a day ends that day.
    if (isMidnight(at)) return t("platform.untilEndOf", { day: here({ dateStyle: "long" }, at - 1) });
    return t("platform.until", { day: here({ dateStyle: "long" }, at), time: here({ timeStyle: "short" }, at) });
  };
}

export function Until({ at }: { readonly at: string }) {
  const say = useUntil();
  return <time dateTime={at}>{say(at)}</time>;
}

/** An instant as the coop's clocks show it. */
export function At({ at }: { readonly at: string }) {
  const { zone = "UTC" } = useWanted(readCoop, {});
  return <When at={at} zone={zone} />;
}

/** The time of day on the reader's own clock. */
export function useOwnTime(): (ms: number) => string {
  const { language } = useSpeech();
  return (ms) => new Intl.DateTimeFormat(localeOf(language), { timeStyle: "short" }).format(ms);
}

/** The day of an instant by the coop's clocks, as short as a stamp needs it. */
export function useStampDay(): (at: string) => string {
  const { language } = useSpeech();
  const { zone: timeZone = "UTC" } = useWanted(readCoop, {});
  const format = new Intl.DateTimeFormat(localeOf(language), { day: "numeric", month: "short", year: "numeric", timeZone });
  return (at) => format.format(new Date(at));
}
