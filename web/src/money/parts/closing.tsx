// Closing the book month by month: what the next one lacks, the bank's word for its last day, and a second person.
import { confirmClosing, discardClosing, proposeClosing, readClosing } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct, useAsked } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { amountFrom, decimalSpoken } from "../../ui/decimal.ts";
import { Fact } from "../../ui/fact.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Day } from "../../ui/when.tsx";

type Told = ToldOf<typeof readClosing>;
type Next = NonNullable<Told["next"]>;

export function Closing({ acts }: { readonly acts: boolean }) {
  const t = useT();
  const told = useAsked(readClosing, {}, true, "desk:money");
  if (!told?.closedUntil || !told.next) return undefined;
  const { closedUntil, next, proposed, closed } = told;
  return (
    <section aria-labelledby="closing">
      <h2 id="closing">{t("money.closing.title")}</h2>
      <Lacks closedUntil={closedUntil} next={next} />
      {proposed ? <Proposed proposed={proposed} acts={acts} /> : undefined}
      {acts && next.over && !proposed ? <Proposing key={next.until} next={next} /> : undefined}
      <Closed closed={closed} />
    </section>
  );
}

/** What is asked of a month before it is closed, each as it stands. */
function Lacks({ closedUntil, next }: { readonly closedUntil: string; readonly next: Next }) {
  const t = useT();
  const say = useMoney();
  const { until, over, lines, unsealed, bank, statement, foreign = [], result } = next;
  return (
    <dl className="facts">
      <Fact says={t("money.closing.until")}>
        <Day on={closedUntil} />
      </Fact>
      <Fact says={t("money.closing.next")}>
        <Day on={until} /> · {t(over ? "money.closing.over" : "money.closing.notOver")}
      </Fact>
      <Fact says={t("money.closing.lines")}>
        {lines === 0 ? t("money.closing.noneWaits") : t("money.closing.waiting", { count: lines })}
      </Fact>
      <Fact says={t("money.closing.seal")}>
        {unsealed === 0 ? t("money.closing.sealed") : t("money.closing.unsealed", { count: unsealed })}
      </Fact>
      <Fact says={t("money.closing.book")}>
        <Money of={bank} />
      </Fact>
      {statement ? (
        <Fact says={t("money.closing.statement")}>
          <Money of={statement} />
        </Fact>
      ) : undefined}
      {foreign.map(({ owed, booked, worth }) => (
        <Fact key={owed.currency} says={t("money.closing.foreign")}>
          {worth
            ? t("money.closing.valued", { owed: say(owed), booked: say(booked), worth: say(worth) })
            : t("money.closing.unvalued", { owed: say(owed), booked: say(booked) })}
        </Fact>
      ))}
      {result ? (
        <Fact says={t(result.amount.startsWith("-") ? "money.closing.gain" : "money.closing.cost")}>
          <Money of={{ ...result, amount: result.amount.replace("-", "") }} />
        </Fact>
      ) : undefined}
    </dl>
  );
}

/** The bank's balance is typed from its statement, unless its own file has said it: who copies the book's proves nothing. */
function Proposing({ next: { until, bank, statement } }: { readonly next: Next }) {
  const t = useT();
  const { language } = useSpeech();
  const [balance, setBalance] = useState(statement ? decimalSpoken(statement.amount, language) : "");
  const { act, busy, refusal } = useAct(proposeClosing);
  const { currency } = bank;
  return (
    <details className="unfold">
      <summary>{t("money.closing.open")}</summary>
      <Form
        act={async () => void (await act({ until, bank: amountFrom(balance, currency) }))}
        says={t("money.closing.propose")}
        busy={busy}
        ready={balance.trim() !== ""}
        refusal={refusal}
      >
        <p>{t("money.closing.says")}</p>
        <Field
          label={t("money.closing.balance", { currency })}
          hint={t("money.closing.balance.hint")}
          name="bank"
          mode="decimal"
          value={balance}
          change={setBalance}
          fault={faultAt(refusal, "/bank")}
        />
      </Form>
    </details>
  );
}

function Proposed({ proposed: { id, by, mine }, acts }: { readonly proposed: NonNullable<Told["proposed"]>; readonly acts: boolean }) {
  const t = useT();
  const confirm = useAct(confirmClosing);
  const discard = useAct(discardClosing);
  return (
    <div className="unfold">
      <p className="steps">{t("money.closing.by", { name: by })}</p>
      {acts && !mine ? (
        <Form
          act={async () => void (await confirm.act({ closing: id }))}
          says={t("money.closing.confirm")}
          busy={confirm.busy}
          ready
          refusal={confirm.refusal}
        />
      ) : (
        <p>{t("money.closing.another")}</p>
      )}
      {acts ? (
        <details className="unfold faint">
          <summary>{t("money.closing.discard.open")}</summary>
          <Form
            act={async () => void (await discard.act({ closing: id }))}
            says={t("money.closing.discard")}
            busy={discard.busy}
            ready
            refusal={discard.refusal}
          />
        </details>
      ) : undefined}
    </div>
  );
}

function Closed({ closed }: { readonly closed: Told["closed"] }) {
  const t = useT();
  if (closed.length === 0) return undefined;
  return (
    <details className="unfold faint">
      <summary>{t("money.closing.closed")}</summary>
      <ul>
        {closed.map(({ until, by, confirmedBy }) => (
          <li key={until}>
            <Day on={until} /> · {by}, {confirmedBy}
          </li>
        ))}
      </ul>
    </details>
  );
}
