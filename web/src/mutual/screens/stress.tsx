// What would become of the fund if something broke: the book's own figures, each of which can be moved, and what they come to.
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { pots } from "@partcommune/shared/governance/rules/pots";
import { readStress } from "@partcommune/shared/mutual/api";
import { stress } from "@partcommune/shared/mutual/rules/stress";
import {
  fieldsOf,
  potField,
  runFrom,
  shockFields,
  splitField,
  standingFields,
  stressFields,
  type StressField,
  type StressFields,
} from "@partcommune/shared/mutual/rules/stress-fields";
import { presets, shockOf, type Preset } from "@partcommune/shared/mutual/rules/stress-verdict";
import { useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { decimalSpoken } from "../../ui/decimal.ts";
import { Field } from "../../ui/field.tsx";
import { Link } from "../../ui/link.tsx";
import { At } from "../../ui/when.tsx";
import { KeptRuns } from "../parts/kept-runs.tsx";
import { StressRun } from "../parts/stress-run.tsx";

export function Stress() {
  const t = useT();
  const { currency, fields: read, clientPpm, barredPpm, limitPpm, kept, at } = useWanted(readStress, {});
  const address: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const standing = runFrom(read as StressFields, currency)?.standing;
  const struck = (preset: Preset): StressFields =>
    standing
      ? fieldsOf(standing, shockOf(preset, { client: BigInt(clientPpm), barred: BigInt(barredPpm) }), currency)
      : (read as StressFields);
  const [fields, setFields] = useState<StressFields>(() => ({ ...struck("all"), ...asked(address) }));
  const given = runFrom(fields, currency);
  const change = (name: StressField) => (value: string) => setFields({ ...fields, [name]: value });
  return (
    <>
      <section>
        <h1>{t("mutual.stress.title")}</h1>
        <p className="lead">{t("mutual.stress.lead")}</p>
        <p className="acts">
          {presets.map((preset) => (
            <button key={preset} type="button" className="quiet" onClick={() => setFields(struck(preset))}>
              {t(`mutual.stress.preset.${preset}`)}
            </button>
          ))}
        </p>
      </section>
      <form method="get" className="asked">
        <Fields names={shockFields} says={t("mutual.stress.breaks")} fields={fields} change={change} currency={currency} open />
        {given ? (
          <StressRun run={stress(given.standing, given.shock)} currency={currency} limit={BigInt(limitPpm)} />
        ) : (
          <p className="fault" role="status">
            {t("mutual.stress.unreadable")}
          </p>
        )}
        <Fields names={rest} says={t("mutual.stress.stands")} fields={fields} change={change} currency={currency} />
        <noscript>
          <button type="submit">{t("mutual.stress.again")}</button>
        </noscript>
      </form>
      <KeptRuns kept={kept} />
      <section>
        <p>
          <Link to="/fund/stress" search={fields}>
            {t("mutual.stress.link")}
          </Link>
        </p>
        <p className="hint">
          {t("mutual.stress.at")} <At at={at} />.
        </p>
      </section>
    </>
  );
}

const rest: readonly StressField[] = [...standingFields, ...pots.map(potField), ...pots.map(splitField)];

/** What the address says of a run. */
const asked = (address: Readonly<Record<string, unknown>>): Partial<StressFields> =>
  Object.fromEntries(stressFields.flatMap((name) => (name in address ? [[name, String(address[name])]] : [])));

type FieldsProps = {
  readonly names: readonly StressField[];
  readonly says: string;
  readonly fields: StressFields;
  readonly change: (name: StressField) => (value: string) => void;
  readonly currency: string;
  readonly open?: boolean;
};

function Fields({ names, says, fields, change, currency, open = false }: FieldsProps) {
  const label = useLabel(currency);
  const { language } = useSpeech();
  return (
    <details className="folded" open={open}>
      <summary>{says}</summary>
      <div className="beside">
        {names.map((name) => (
          <Field
            key={name}
            label={label(name)}
            name={name}
            mode="decimal"
            value={decimalSpoken(fields[name], language)}
            change={change(name)}
          />
        ))}
      </div>
    </details>
  );
}

function useLabel(currency: string): (name: StressField) => string {
  const t = useT();
  return (name) => {
    const pot = pots.find((each) => name === potField(each) || name === splitField(each));
    if (!pot) return t(`mutual.stress.field.${name as (typeof standingFields)[number]}`, { currency });
    const words = { pot: t(`governance.pot.${pot}`), currency };
    return name === potField(pot) ? t("mutual.stress.field.pot", words) : t("mutual.stress.field.split", words);
  };
}
