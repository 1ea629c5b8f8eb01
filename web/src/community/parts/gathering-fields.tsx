// The words of a gathering while somebody writes them: what, when by whose clocks, where, for how many.
import type { callGathering } from "@partcommune/shared/community/api";
import { readCoop } from "@partcommune/shared/platform/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useAwake } from "../../ui/awake.ts";
import { DateField, Field, LongField, Pick } from "../../ui/field.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import type { GatheringTold } from "../screens/gathering.tsx";

export type Typed = {
  readonly title: string;
  readonly text: string;
  readonly day: string;
  readonly begins: string;
  readonly lastDay: string;
  readonly ends: string;
  readonly zone: string;
  readonly place: string;
  readonly link: string;
  readonly access: string;
  readonly capacity: string;
};

export const typedBlank = (zone: string): Typed => ({
  title: "",
  text: "",
  day: "",
  begins: "",
  lastDay: "",
  ends: "",
  zone,
  place: "",
  link: "",
  access: "",
  capacity: "",
});

/** The fields filled with what a gathering says. */
export function typedIn({ title, text, begins, ends, zone, place = "", link = "", access, capacity }: GatheringTold): Typed {
  const [day = "", from = ""] = begins.split("T");
  const [lastDay = "", until = ""] = ends.split("T");
  return {
    title,
    text,
    day,
    begins: from,
    lastDay: lastDay === day ? "" : lastDay,
    ends: until,
    zone,
    place,
    link,
    access,
    capacity: capacity === undefined ? "" : String(capacity),
  };
}

export const isWhole = ({ title, text, day, begins, ends, place, link }: Typed): boolean =>
  [title, text, day, begins, ends].every((value) => value.trim() !== "") && place.trim() + link.trim() !== "";

/** What is sent: a field that may be empty is left out. */
export function wordsIn(typed: Typed): Omit<AskedOf<typeof callGathering>, "language"> {
  const { title, text, day, begins, lastDay, ends, zone, place, link, access, capacity } = typed;
  return {
    title,
    text,
    zone,
    begins: `${day}T${begins}`,
    ends: `${lastDay || day}T${ends}`,
    ...(place.trim() === "" ? {} : { place }),
    ...(link.trim() === "" ? {} : { link: link.trim() }),
    access,
    ...(capacity.trim() === "" ? {} : { capacity: Number(capacity) }),
  };
}

type FieldsProps = { readonly typed: Typed; readonly type: (typed: Typed) => void; readonly refusal: ProblemBody | undefined };

export function GatheringFields({ typed, type, refusal }: FieldsProps) {
  const t = useT();
  const of = (name: keyof Typed, fault: string = name) => ({
    label: t(`community.field.${name}`),
    name,
    value: typed[name],
    change: (value: string) => type({ ...typed, [name]: value }),
    fault: faultAt(refusal, `/${fault}`),
  });
  return (
    <>
      <Field {...of("title")} />
      <LongField {...of("text")} hint={t("community.field.text.hint")} />
      <div className="beside">
        <DateField {...of("day", "begins")} />
        <Field {...of("begins")} type="time" />
      </div>
      <div className="beside">
        <DateField {...of("lastDay", "ends")} hint={t("community.field.lastDay.hint")} />
        <Field {...of("ends")} type="time" />
      </div>
      <Zone typed={typed} type={type} />
      <Field {...of("place")} />
      <Field {...of("link")} hint={t("community.field.link.hint")} />
      <LongField {...of("access")} hint={t("community.field.access.hint")} rows={3} />
      <Field {...of("capacity")} hint={t("community.field.capacity.hint")} mode="numeric" />
    </>
  );
}

/** The coop's clocks, those of this device, and those that were chosen. */
function Zone({ typed, type }: Omit<FieldsProps, "refusal">) {
  const t = useT();
  const awake = useAwake();
  const { zone = "UTC" } = useWanted(readCoop, {});
  const here = awake ? new Intl.DateTimeFormat().resolvedOptions().timeZone : zone;
  const zones = [...new Set([typed.zone, zone, here])];
  if (zones.length === 1) return undefined;
  return (
    <Pick
      label={t("community.field.zone")}
      name="zone"
      value={typed.zone}
      change={(chosen) => type({ ...typed, zone: chosen })}
      options={zones.map((value) => ({ value, says: value.replaceAll("_", " ") }))}
    />
  );
}
