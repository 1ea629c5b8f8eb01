// The opening fund at the treasury's desk: what founders planned and has not come, money given to a pot, and loans from outside.
import { useState } from "react";
import { pots, type Pot } from "@partcommune/shared/governance/rules/pots";
import { listLenders, nameLender, readOpening } from "@partcommune/shared/money/api";
import { endowers } from "@partcommune/shared/money/rules/opening";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { moneyText, zero } from "@partcommune/shared/platform/money";
import { useAct, useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Field, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { LineForm } from "./line-form.tsx";

type Plan = ToldOf<typeof readOpening>;
type LenderTold = ToldOf<typeof listLenders>["items"][number];

export function OpeningFund({ acts, currency }: { readonly acts: boolean; readonly currency: string }) {
  const t = useT();
  const plan = useAsked(readOpening, {}, true, "desk:money") ?? { pots: [] };
  const { items: lenders = [] } = useAsked(listLenders, {}, true, "desk:money") ?? {};
  return (
    <section aria-labelledby="opening">
      <h2 id="opening">{t("money.opening.title")}</h2>
      <Planned plan={plan} />
      {acts ? <Endowment plan={plan} currency={currency} /> : undefined}
      <ul className="rows">
        {lenders.map((lender) => (
          <Lender key={lender.id} lender={lender} acts={acts} />
        ))}
      </ul>
      {acts ? <NewLender /> : undefined}
    </section>
  );
}

/** What founders planned and the bank has not booked; it goes as it comes. */
function Planned({ plan: { pots: planned, loan } }: { readonly plan: Plan }) {
  const t = useT();
  const say = useMoney();
  const awaited = [
    ...planned.map(({ pot, ...each }) => ({ key: pot, says: t(`governance.pot.${pot}`), ...each })),
    ...(loan ? [{ key: "loan", says: t("money.opening.loan"), ...loan }] : []),
  ].filter(({ toCome }) => /[1-9]/.test(toCome.amount));
  if (awaited.length === 0) return <p>{t(planned.length > 0 || loan ? "money.opening.came" : "money.opening.none")}</p>;
  return (
    <>
      <p>{t("money.opening.says")}</p>
      <ul className="rows">
        {awaited.map(({ key, says, planned: whole, toCome }) => (
          <li key={key}>
            <div>
              <h3>{says}</h3>
              <p>{t("money.opening.planned", { amount: say(whole) })}</p>
            </div>
            <strong>
              <Money of={toCome} />
            </strong>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A line of the bank that endows a pot: for which, from whom. */
function Endowment({ plan, currency }: { readonly plan: Plan; readonly currency: string }) {
  const t = useT();
  const [given, setGiven] = useState<{ pot: Pot; by: (typeof endowers)[number]; from: string }>({
    pot: "guarantee",
    by: "founders",
    from: "",
  });
  const { pot, by, from } = given;
  const expected = plan.pots.find((each) => each.pot === pot)?.toCome ?? moneyText(zero(currency));
  return (
    <details className="folded">
      <summary>{t("money.opening.given")}</summary>
      <Pick
        label={t("money.opening.pot")}
        name="endow-pot"
        value={pot}
        change={(value) => setGiven({ ...given, pot: value })}
        options={pots.map((value) => ({ value, says: t(`governance.pot.${value}`) }))}
      />
      <Pick
        label={t("money.opening.by")}
        name="endow-by"
        value={by}
        change={(value) => setGiven({ ...given, by: value })}
        options={endowers.map((value) => ({ value, says: t(`money.opening.by.${value}`) }))}
      />
      <Field
        label={t("money.opening.from")}
        name="endow-from"
        hint={t("money.opening.from.hint")}
        value={from}
        change={(value) => setGiven({ ...given, from: value })}
      />
      {from.trim() === "" ? undefined : (
        <LineForm key={pot} opens={t("money.opening.enter")} means={{ kind: "endowed", pot, by, from: from.trim() }} expected={expected} />
      )}
    </details>
  );
}

function Lender({ lender: { id, name, owed }, acts }: { readonly lender: LenderTold; readonly acts: boolean }) {
  const t = useT();
  const isOwed = /[1-9]/.test(owed.amount);
  return (
    <li>
      <div>
        <h3>{name}</h3>
        <p>{t("money.lender.owed")}</p>
        {acts ? (
          <>
            <LineForm
              opens={t("money.lender.received")}
              means={{ kind: "loanReceived", lender: id }}
              expected={moneyText(zero(owed.currency))}
            />
            {isOwed ? <LineForm opens={t("money.lender.repaid")} means={{ kind: "loanRepaid", lender: id }} expected={owed} /> : undefined}
          </>
        ) : undefined}
      </div>
      <strong>
        <Money of={owed} />
      </strong>
    </li>
  );
}

function NewLender() {
  const t = useT();
  const [name, setName] = useState("");
  const { act, busy, refusal } = useAct(nameLender);
  return (
    <details className="unfold">
      <summary>{t("money.lender.new")}</summary>
      <Form
        act={async () => void ((await act({ name: name.trim() })) && setName(""))}
        says={t("money.lender.name.act")}
        busy={busy}
        ready={name.trim() !== ""}
        refusal={refusal}
      >
        <Field label={t("money.lender.name")} name="lender" hint={t("money.lender.name.hint")} value={name} change={setName} />
      </Form>
    </details>
  );
}
