// A bylaw's value as somebody types it: one field, a field for each part, a list, or a choice, by the unit it has.
import type { listBylaws } from "@partcommune/shared/governance/api";
import { classes, colleges, voteKinds } from "@partcommune/shared/governance/rules/words";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { Field, Pick, Tick } from "../../ui/field.tsx";

export type BylawTold = ToldOf<typeof listBylaws>["items"][number];
type Unit = BylawTold["unit"];
/** What stands in the fields, part by part; a value without parts stands in `only`. */
export type TypedValue = Readonly<Record<string, string>>;

type Leaf = "percent" | "text" | "number" | "switch";
const leaves: Readonly<Partial<Record<Unit, Leaf>>> = {
  ppm: "percent",
  ppmPerPot: "percent",
  ppmPerFactor: "percent",
  ppmPerClass: "percent",
  money: "text",
  moneyPerPot: "text",
  moneyPerCountry: "text",
  fractionPerClass: "text",
  convocation: "text",
  class: "text",
  switch: "switch",
};
const leafOf = (unit: Unit, part: string): Leaf =>
  unit === "threshold" ? (part === "ppm" ? "percent" : "number") : (leaves[unit] ?? "number");

const lists: ReadonlySet<Unit> = new Set(["dayList", "daysOfMonth", "countries"]);
const choices: Readonly<Partial<Record<Unit, readonly string[]>>> = {
  convocation: ["extend", "anew"],
  class: classes.slice(1),
  switch: ["true", "false"],
};

/** 85 000 parts per million as "8.5". */
const percentOf = (ppm: unknown): string => String(Number(ppm) / 10_000);
/** "8,5" as 85 000; what is no percentage stays what was typed, and the coop says what is wrong with it. */
const ppmOf = (text: string): number | string => {
  const found = /^(\d{1,3})(?:[.,](\d{1,4}))?$/.exec(text.trim());
  return found ? Number(found[1]) * 10_000 + Number((found[2] ?? "").padEnd(4, "0")) : text;
};
const countOf = (text: string): number | string => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : text);

const typedLeaf = (leaf: Leaf, value: unknown): string => (leaf === "percent" ? percentOf(value) : String(value));
const readLeaf = (leaf: Leaf, text: string): unknown =>
  leaf === "percent"
    ? ppmOf(text)
    : leaf === "number"
      ? countOf(text)
      : leaf === "switch"
        ? text === "true"
        : text.trim().replace(",", ".");

/** A value on its way into fields. */
export function typedOf(unit: Unit, value: unknown): TypedValue {
  if (lists.has(unit)) return { only: (value as readonly unknown[]).join(", ") };
  if (unit === "kinds") return Object.fromEntries(voteKinds.map((kind) => [kind, String((value as readonly string[]).includes(kind))]));
  if (unit === "colleges") {
    const weights = value as readonly { readonly key: string; readonly weight: number }[];
    return Object.fromEntries(colleges.map((college) => [college, String(weights.find(({ key }) => key === college)?.weight ?? "")]));
  }
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([part, each]) => [part, typedLeaf(leafOf(unit, part), each)]));
  return { only: typedLeaf(leafOf(unit, "only"), value) };
}

/** Fields on their way into a value. */
export function valueFrom(unit: Unit, typed: TypedValue): unknown {
  const { only = "" } = typed;
  if (lists.has(unit)) {
    const each = only.split(/[\s,;]+/).filter((text) => text !== "");
    return unit === "countries" ? each.map((text) => text.toUpperCase()) : each.map(countOf);
  }
  if (unit === "kinds") return voteKinds.filter((kind) => typed[kind] === "true");
  if (unit === "colleges")
    return colleges.flatMap((key) => ((typed[key] ?? "").trim() === "" ? [] : [{ key, weight: countOf(typed[key] ?? "") }]));
  if ("only" in typed) return readLeaf(leafOf(unit, "only"), only);
  return Object.fromEntries(
    Object.entries(typed).flatMap(([part, text]) => (text.trim() === "" ? [] : [[part, readLeaf(leafOf(unit, part), text)]])),
  );
}

type Props = {
  readonly bylaw: BylawTold;
  readonly typed: TypedValue;
  readonly change: (typed: TypedValue) => void;
  readonly fault: string | undefined;
};

export function TypedValueFields({ bylaw: { key, unit }, typed, change, fault }: Props) {
  const t = useT();
  const nameOf = usePartName(unit);
  const put = (part: string, text: string): void => change({ ...typed, [part]: text });
  const options = choices[unit];
  if (options)
    return (
      <Pick
        label={t(`governance.bylaw.${key}`)}
        name={key}
        value={typed["only"] ?? ""}
        change={(text) => put("only", text)}
        fault={fault}
        options={options.map((value) => ({ value, says: t(`governance.${unit}.${value}`) }))}
      />
    );
  if (unit === "kinds")
    return (
      <fieldset>
        <legend>{t(`governance.bylaw.${key}`)}</legend>
        {voteKinds.map((kind) => (
          <Tick
            key={kind}
            label={t(`governance.kind.${kind}`)}
            name={kind}
            value={typed[kind] === "true"}
            change={(on) => put(kind, String(on))}
          />
        ))}
        {fault ? <p className="fault">{fault}</p> : undefined}
      </fieldset>
    );
  const parts = Object.keys(typed);
  if (parts.length === 1 && parts[0] === "only")
    return (
      <Field
        label={`${t(`governance.bylaw.${key}`)}, ${t(`votes.unit.${unit}`)}`}
        name={key}
        value={typed["only"] ?? ""}
        change={(text) => put("only", text)}
        fault={fault}
      />
    );
  return (
    <fieldset>
      <legend>
        {t(`governance.bylaw.${key}`)}, {t(`votes.unit.${unit}`)}
      </legend>
      {parts.map((part) => (
        <Field key={part} label={nameOf(part)} name={`${key}.${part}`} value={typed[part] ?? ""} change={(text) => put(part, text)} />
      ))}
      {fault ? <p className="fault">{fault}</p> : undefined}
    </fieldset>
  );
}

/** What a part of a value is called. */
function usePartName(unit: Unit): (part: string) => string {
  const t = useT();
  return (part) => {
    if (unit === "ppmPerPot" || unit === "moneyPerPot") return t(`governance.pot.${part}`);
    if (unit === "ppmPerFactor") return t(`governance.factor.${part}`);
    if (unit === "colleges" || unit === "countPerCollege") return t(`governance.college.${part}`);
    if (unit === "moneyPerCountry") return part;
    return t(`votes.part.${part}`);
  };
}
