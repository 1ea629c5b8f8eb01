// The invoices that the coop wrote in a member's name: to read, to keep, and for some days to call wrong.
import { callSelfBilledWrong, listSelfBilled, printSelfBilled, readUblSelfBilled } from "@partcommune/shared/money/api";
import { pathWith, type ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { LongField } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { At, Day, useDay } from "../../ui/when.tsx";

type Paper = ToldOf<typeof listSelfBilled>["items"][number];

export function SelfBilled({ member }: { readonly member: string }) {
  const t = useT();
  const { items } = useWanted(listSelfBilled, { member }, `member:${member}`);
  if (items.length === 0) return undefined;
  return (
    <section aria-labelledby="self-billed">
      <h2 id="self-billed">{t("billing.papers.title")}</h2>
      <p className="hint">{t("billing.papers.says")}</p>
      <ul className="rows">
        {items.map((paper) => (
          <OnePaper key={paper.id} paper={paper} />
        ))}
      </ul>
    </section>
  );
}

function OnePaper({ paper }: { readonly paper: Paper }) {
  const t = useT();
  const say = useMoney();
  const day = useDay();
  const { id, number, issuedOn, about, invoice, vat, gross, advanceOf, ubl, wrong, wrongUntil, answer, replaces } = paper;
  return (
    <li>
      <div>
        <h3>{number}</h3>
        <p>
          <Day on={issuedOn} /> · {about} · {invoice}
        </p>
        {replaces === undefined ? undefined : <p>{t("billing.papers.replaces", { number: replaces })}</p>}
        {advanceOf === undefined ? undefined : <p>{t("billing.papers.advance", { day: day(advanceOf) })}</p>}
        <p>
          <a href={pathWith(printSelfBilled.path, { paper: id })}>{t("billing.papers.pdf", { number })}</a>
          {ubl ? (
            <>
              {" "}
              · <a href={pathWith(readUblSelfBilled.path, { paper: id })}>{t("billing.papers.ubl", { number })}</a>
            </>
          ) : undefined}
        </p>
        {wrong ? (
          <p role="status">
            {t("billing.papers.wrong.said")} <At at={wrong.at} />. {wrong.because}
          </p>
        ) : undefined}
        {answer ? <Answer answer={answer} /> : undefined}
        {wrongUntil ? <CallingWrong paper={paper} /> : undefined}
      </div>
      <p>
        <strong>
          <Money of={gross} />
        </strong>
        {/[1-9]/.test(vat.amount) ? (
          <>
            <br />
            {t("billing.papers.vat", { vat: say(vat) })}
          </>
        ) : undefined}
      </p>
    </li>
  );
}

/** What a treasurer said to it: why it stands, or the credit note by which it was taken back. */
function Answer({ answer: { at, because, credit } }: { readonly answer: NonNullable<Paper["answer"]> }) {
  const t = useT();
  return (
    <p role="status">
      {credit ? (
        <>
          {t("billing.papers.anew")} <At at={at} />.{" "}
          <a href={pathWith(printSelfBilled.path, { paper: credit.id })}>{t("billing.papers.credit", { number: credit.number })}</a>
        </>
      ) : (
        <>
          {t("billing.papers.stands")} <At at={at} />. {because}
        </>
      )}
    </p>
  );
}

function CallingWrong({ paper: { id, number } }: { readonly paper: Paper }) {
  const t = useT();
  const [because, setBecause] = useState("");
  const { act, busy, refusal } = useAct(callSelfBilledWrong);
  return (
    <Unfold says={t("billing.papers.wrong.open", { number })} faint>
      <Form
        act={async () => void (await act({ paper: id, because }))}
        says={t("billing.papers.wrong")}
        busy={busy}
        ready={because.trim() !== ""}
        refusal={refusal}
      >
        <LongField
          label={t("billing.papers.because")}
          name="because"
          value={because}
          change={setBecause}
          rows={3}
          fault={faultAt(refusal, "/because")}
        />
      </Form>
    </Unfold>
  );
}
