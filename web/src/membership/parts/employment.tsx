// How a member is employed, as the offices were told: for the member, and the forms by which it is entered.
import { borderKinds, readEmployment, recordBorderPaper, recordEmployment } from "@partcommune/shared/membership/api/employment";
import type { AskedOf, ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { DateField, Field, Pick as Choice } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { Day } from "../../ui/when.tsx";
import { Country } from "./country.tsx";

type Told = ToldOf<typeof readEmployment>;

export function Employment({ member }: { readonly member: string }) {
  const t = useT();
  const { employed, scheme = "", employments, papers } = useWanted(readEmployment, { member }, `member:${member}`);
  if (!employed && papers.length === 0) return undefined;
  const counted = employments.filter(({ mistaken }) => !mistaken);
  return (
    <section aria-labelledby="employment">
      <h2 id="employment">{t("employment.title")}</h2>
      {employed && counted.length === 0 ? <p role="status">{t("employment.none")}</p> : undefined}
      <ul className="rows">
        {counted.map(({ id, reference, from, until, ...row }) => (
          <li key={id}>
            <div>
              <h3>
                {row.scheme ?? scheme} {reference}
              </h3>
              <Days from={from} until={until} />
            </div>
          </li>
        ))}
        {papers.map((paper) => (
          <Paper key={paper.id} paper={paper} />
        ))}
      </ul>
    </section>
  );
}

/** From which day on, and until when. */
export function Days({ from, until }: Pick<Told["employments"][number], "from" | "until">) {
  const t = useT();
  return (
    <p>
      <Day on={from} /> – {until ? <Day on={until} /> : t("employment.goesOn")}
    </p>
  );
}

function Paper({ paper: { kind, country, reference, from, until } }: { readonly paper: Told["papers"][number] }) {
  const t = useT();
  const { language } = useSpeech();
  return (
    <li>
      <div>
        <h3>
          {t(`employment.paper.${kind}`)} {reference}
        </h3>
        <p>{new Intl.DisplayNames(language, { type: "region" }).of(country)}</p>
        <Days from={from} until={until} />
      </div>
    </li>
  );
}

type Entering = { readonly member: string; readonly name: string; readonly startOn: string; readonly endOn: string };

/** The declaration of somebody whose work waits for it; the days of the work are a proposal. */
export function Declaring({ member, name, startOn }: Entering) {
  const t = useT();
  const [says, change] = useState({ reference: "", from: startOn, until: "" });
  const { act, busy, refusal } = useAct(recordEmployment);
  const of = (field: keyof typeof says) => ({
    name: field,
    value: says[field],
    change: (value: string) => change({ ...says, [field]: value }),
    fault: faultAt(refusal, `/${field}`),
  });
  const { reference, from, until } = says;
  return (
    <Unfold says={t("employment.declare.open", { name })}>
      <Form
        act={async () => void (await act({ member, reference, from, ...(until === "" ? {} : { until }) }))}
        says={t("employment.declare")}
        busy={busy}
        ready={reference.trim() !== "" && from !== ""}
        refusal={refusal}
      >
        <Field label={t("employment.reference")} hint={t("employment.reference.hint")} {...of("reference")} />
        <DateField label={t("employment.from")} {...of("from")} />
        <DateField label={t("employment.until")} hint={t("employment.until.hint")} {...of("until")} />
      </Form>
    </Unfold>
  );
}

type Kind = AskedOf<typeof recordBorderPaper>["kind"];

/** The paper for work in another country. */
export function CrossingBorder({ member, name, startOn, endOn, country }: Entering & { readonly country: string }) {
  const t = useT();
  const [kind, choose] = useState<Kind>("a1");
  const [says, change] = useState({ country, reference: "", from: startOn, until: endOn });
  const { act, busy, refusal } = useAct(recordBorderPaper);
  const of = (field: keyof typeof says) => ({
    name: field,
    value: says[field],
    change: (value: string) => change({ ...says, [field]: value }),
    fault: faultAt(refusal, `/${field}`),
  });
  return (
    <Unfold says={t("employment.cross.open", { name })}>
      <Form
        act={async () => void (await act({ member, kind, ...says }))}
        says={t("employment.cross")}
        busy={busy}
        ready={says.reference.trim() !== ""}
        refusal={refusal}
      >
        <Choice
          label={t("employment.kind")}
          name="kind"
          value={kind}
          change={choose}
          options={borderKinds.map((each) => ({ value: each, says: t(`employment.paper.${each}`) }))}
        />
        <Country label={t("employment.country")} value={says.country} change={of("country").change} />
        <Field label={t("employment.reference")} {...of("reference")} />
        <DateField label={t("employment.from")} {...of("from")} />
        <DateField label={t("employment.until")} {...of("until")} />
      </Form>
    </Unfold>
  );
}
