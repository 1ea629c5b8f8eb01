// Advances that members owe, as the treasury reads them: after six months without income and a talk, two give one up.
import { confirmAdvanceLoss, discardAdvanceLoss, listAdvances, proposeAdvanceLoss } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { DateField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { At, Day } from "../../ui/when.tsx";

type Advance = ToldOf<typeof listAdvances>["items"][number];

/** The desk's list; nothing where nobody owes any. */
export function OwedAdvances({ acts }: { readonly acts: boolean }) {
  const t = useT();
  const { items } = useWanted(listAdvances, {}, "desk:money");
  if (items.length === 0) return undefined;
  return (
    <section aria-labelledby="owed-advances">
      <h2 id="owed-advances">{t("outlays.desk.title")}</h2>
      <p className="hint">{t("outlays.desk.hint")}</p>
      <ul className="rows">
        {items.map((advance) => (
          <Row key={advance.id} advance={advance} acts={acts} />
        ))}
      </ul>
    </section>
  );
}

function Row({ advance, acts }: { readonly advance: Advance; readonly acts: boolean }) {
  const t = useT();
  const { member, owed, askedAt, lastIncome, lossFrom, loss } = advance;
  return (
    <li>
      <div>
        <h3>{member}</h3>
        <p>
          {t("outlays.advance.of")} <At at={askedAt} /> · {t("outlays.desk.income")} <Day on={lastIncome} /> · {t("outlays.desk.from")}{" "}
          <Day on={lossFrom} />
        </p>
        {loss ? (
          <p className="steps">
            {t("outlays.desk.proposed", { name: loss.proposedBy })} <Day on={loss.talkedOn} />
          </p>
        ) : undefined}
      </div>
      <strong>
        <Money of={owed} />
      </strong>
      {acts && !loss ? <Propose advance={advance} /> : undefined}
      {acts && loss ? <Confirm loss={loss} owed={owed} /> : undefined}
    </li>
  );
}

function Propose({ advance: { id } }: { readonly advance: Advance }) {
  const t = useT();
  const [talkedOn, setTalkedOn] = useState("");
  const { act, busy, refusal } = useAct(proposeAdvanceLoss);
  return (
    <details className="unfold">
      <summary>{t("outlays.desk.propose.open")}</summary>
      <Form
        act={async () => void (await act({ advance: id, talkedOn }))}
        says={t("outlays.desk.propose")}
        busy={busy}
        ready={talkedOn !== ""}
        refusal={refusal}
      >
        <p>{t("outlays.desk.propose.says")}</p>
        <DateField
          label={t("outlays.desk.talkedOn")}
          name="talkedOn"
          value={talkedOn}
          change={setTalkedOn}
          fault={faultAt(refusal, "/talkedOn")}
        />
      </Form>
    </details>
  );
}

function Confirm({ loss: { id, mine }, owed }: { readonly loss: NonNullable<Advance["loss"]>; readonly owed: Advance["owed"] }) {
  const t = useT();
  const say = useMoney();
  const confirm = useAct(confirmAdvanceLoss);
  const discard = useAct(discardAdvanceLoss);
  return (
    <div className="unfold">
      {mine ? (
        <p>{t("money.loss.another")}</p>
      ) : (
        <Form
          act={async () => void (await confirm.act({ advanceLoss: id }))}
          says={t("outlays.desk.confirm", { sum: say(owed) })}
          busy={confirm.busy}
          ready
          refusal={confirm.refusal}
        />
      )}
      <details className="unfold">
        <summary>{t("outlays.desk.discard.open")}</summary>
        <Form
          act={async () => void (await discard.act({ advanceLoss: id }))}
          says={t("outlays.desk.discard")}
          busy={discard.busy}
          ready
          refusal={discard.refusal}
        />
      </details>
    </div>
  );
}
