// VAT of a loss: a treasurer enters what the tax office said, another confirms it.
import { confirmRelief, discardRelief, proposeRelief, type listLosses } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { useMoney } from "../../ui/money.tsx";

type Loss = ToldOf<typeof listLosses>["items"][number];
type Vat = NonNullable<Loss["vat"]>;
type Said = NonNullable<Vat["said"]>;

/** What is asked back, by which law, and what became of it. */
export function Relief({ loss, vat, acts }: { readonly loss: string; readonly vat: Vat; readonly acts: boolean }) {
  const t = useT();
  const say = useMoney();
  const { asked, law, said } = vat;
  return (
    <div className="unfold">
      <p>
        {t("money.relief.asked", { sum: say(asked) })}
        {law === undefined ? "" : ` · ${law}`}
      </p>
      {said ? (
        <p className="steps">
          {t(`money.relief.${said.answer}`)} · {said.state === "proposed" ? `${t("money.loss.proposed")} · ` : ""}
          {t("money.credit.by", { name: said.proposedBy })}
          {said.confirmedBy ? ` · ${t("money.line.confirmedBy", { name: said.confirmedBy })}` : ""}
        </p>
      ) : undefined}
      {acts && !said ? <Propose loss={loss} granted={law !== undefined} /> : undefined}
      {acts && said?.state === "proposed" ? <Confirmation said={said} /> : undefined}
    </div>
  );
}

function Propose({ loss, granted }: { readonly loss: string; readonly granted: boolean }) {
  const t = useT();
  const answers = granted ? (["granted", "refused"] as const) : (["refused"] as const);
  const [answer, setAnswer] = useState<Said["answer"]>(answers[0]);
  const { act, busy, refusal } = useAct(proposeRelief);
  return (
    <details className="unfold">
      <summary>{t("money.relief.open")}</summary>
      <Form act={async () => void (await act({ loss, answer }))} says={t("money.loss.propose")} busy={busy} ready refusal={refusal}>
        <p>{t("money.relief.says")}</p>
        <Pick
          label={t("money.relief.answer")}
          name="answer"
          value={answer}
          change={setAnswer}
          options={answers.map((value) => ({ value, says: t(`money.relief.${value}`) }))}
        />
      </Form>
    </details>
  );
}

function Confirmation({ said: { id, mine, answer } }: { readonly said: Said }) {
  const t = useT();
  const confirm = useAct(confirmRelief);
  const discard = useAct(discardRelief);
  return (
    <>
      {mine ? (
        <p>{t("money.relief.another")}</p>
      ) : (
        <Form
          act={async () => void (await confirm.act({ relief: id }))}
          says={t(`money.relief.confirm.${answer}`)}
          busy={confirm.busy}
          ready
          refusal={confirm.refusal}
        />
      )}
      <details className="unfold">
        <summary>{t("money.relief.discard.open")}</summary>
        <Form
          act={async () => void (await discard.act({ relief: id }))}
          says={t("money.loss.discard")}
          busy={discard.busy}
          ready
          refusal={discard.refusal}
        />
      </details>
    </>
  );
}
