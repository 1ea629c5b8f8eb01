// The bank's own files: read in by one treasurer, each statement beside what the book says, and the answer of two people for one that does not add up.
import { importBankFile, listStatements, vouchForStatement } from "@partcommune/shared/money/api/statement";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { useAct, useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";
import { packed } from "./packed.ts";
import { ReadIn } from "./read-in.tsx";
import { WaitingLines } from "./waiting-lines.tsx";

type Statement = ToldOf<typeof listStatements>["items"][number];

export function BankFiles({ acts }: { readonly acts: boolean }) {
  const t = useT();
  const { items: statements = [] } = useAsked(listStatements, {}, true, "desk:money") ?? {};
  return (
    <section aria-labelledby="files">
      <h2 id="files">{t("money.files.title")}</h2>
      {acts ? <StatementFile /> : undefined}
      <WaitingLines acts={acts} />
      <ul className="rows">
        {statements.map((statement) => (
          <OneStatement key={statement.id} statement={statement} acts={acts} />
        ))}
      </ul>
    </section>
  );
}

function StatementFile() {
  const t = useT();
  const { act, busy, refusal, told } = useAct(importBankFile);
  const read = async (file: File): Promise<void> => void (await act({ gzip: await packed(file) }));
  return (
    <ReadIn
      label={t("money.files.file")}
      hint={t("money.files.hint")}
      accepts=".xml,text/xml,application/xml"
      says={t("money.files.read")}
      {...{ busy, refusal, read }}
    >
      {told ? <Told told={told} /> : undefined}
      {told && told.broken > 0 ? <p role="status">{t("money.files.broken", { count: told.broken })}</p> : undefined}
    </ReadIn>
  );
}

type Told = ToldOf<typeof importBankFile>;

/** What came of a file: of a statement its lines, of a report what the bank says of a payout. */
function Told({ told: { report, ...counts } }: { readonly told: Told }) {
  const t = useT();
  if (!report) return <p role="status">{t("money.files.told", counts)}</p>;
  if (report.known) return <p role="status">{t("money.files.reportKnown")}</p>;
  const { answered, refused, late } = report;
  return (
    <p role="status">
      {t("money.files.report", { answered, refused })} {late > 0 ? t("money.files.late", { count: late }) : ""}
    </p>
  );
}

function OneStatement({ statement, acts }: { readonly statement: Statement; readonly acts: boolean }) {
  const t = useT();
  const { name, until, lines, state, fault, closing, by, vouched, mine } = statement;
  return (
    <li>
      <div>
        <h3>
          <Day on={until} /> · {t("money.files.lines", { count: lines })}
        </h3>
        <p className="steps">{t("money.files.by", { name, by })}</p>
        {fault ? <p className="fault">{t(`money.files.fault.${fault}`)}</p> : undefined}
        {vouched.map(({ by: voucher, reason }) => (
          <p key={voucher}>{t("money.files.vouched", { name: voucher, reason })}</p>
        ))}
        {state === "taken" || state === "accepted" ? <Difference statement={statement} /> : undefined}
      </div>
      {closing ? (
        <strong>
          <Money of={closing} />
        </strong>
      ) : undefined}
      {acts && (state === "broken" || state === "vouched") ? <Vouch statement={statement} mine={mine} /> : undefined}
    </li>
  );
}

/** What the book has more or less than the bank at the end of that day. */
function Difference({ statement: { difference } }: { readonly statement: Statement }) {
  const t = useT();
  const say = useMoney();
  if (!difference) return undefined;
  return /[1-9]/.test(difference.amount) ? (
    <p>{t("money.files.differs", { difference: say(difference) })}</p>
  ) : (
    <p>{t("money.files.agrees")}</p>
  );
}

function Vouch({ statement: { id, state }, mine }: { readonly statement: Statement; readonly mine: boolean }) {
  const t = useT();
  const [reason, setReason] = useState("");
  const { act, busy, refusal } = useAct(vouchForStatement);
  if (mine) return <p>{t("money.files.another")}</p>;
  return (
    <details className="unfold">
      <summary>{t("money.files.vouch.open")}</summary>
      <Form
        act={async () => void (await act({ statement: id, reason }))}
        says={t(state === "vouched" ? "money.files.accept" : "money.files.vouch")}
        busy={busy}
        ready={reason.trim().length > 2}
        refusal={refusal}
      >
        <p>{t("money.files.vouch.says")}</p>
        <Field label={t("money.files.reason")} name={`reason-${id}`} value={reason} change={setReason} />
      </Form>
    </details>
  );
}
