// When a gathering is, by the clocks of its own zone, which is named where it is not the coop's.
import { readCoop } from "@partcommune/shared/platform/api";
import { useWanted } from "../../platform/call.tsx";
import { useSpeech } from "../../platform/i18n.tsx";
import { written } from "../../ui/when.tsx";

const whole = { dateStyle: "full", timeStyle: "short" } as const;

type HoursProps = { readonly from: string; readonly until: string; readonly zone: string };

export function Hours({ from, until, zone }: HoursProps) {
  const { language } = useSpeech();
  const { zone: own = "UTC" } = useWanted(readCoop, {});
  const say = (at: string, options: Intl.DateTimeFormatOptions) => (
    <time dateTime={at}>{written(language, { ...options, timeZone: zone }, new Date(at))}</time>
  );
  const day = (at: string): string => new Intl.DateTimeFormat("en-GB", { timeZone: zone }).format(new Date(at));
  return (
    <>
      {say(from, whole)} – {say(until, day(from) === day(until) ? { timeStyle: "short" } : whole)}
      {zone === own ? undefined : ` (${zone.replaceAll("_", " ")})`}
    </>
  );
}
