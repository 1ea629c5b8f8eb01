// Lines of the bank account: one treasurer enters, another confirms, and only then is anything booked.
import { confirmBankLine, discardBankLine, type listBankLines } from "@partcommune/shared/money/api";
import { keepBill } from "@partcommune/shared/money/api/cost";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useState } from "react";
import { listBylaws } from "@partcommune/shared/governance/api";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { FilePicker, Files } from "../../platform/parts/files.tsx";
import { useUploads } from "../../platform/upload.ts";
import { Field } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { decimalFrom } from "../../ui/decimal.ts";
import { Money } from "../../ui/money.tsx";
import { Unfold } from "../../ui/unfold.tsx";
import { Day } from "../../ui/when.tsx";
import { LineForm } from "./line-form.tsx";
import { useLineText } from "./line-text.ts";

type Line = ToldOf<typeof listBankLines>["items"][number];

export function BankLines({ lines, acts }: { readonly lines: readonly Line[]; readonly acts: boolean }) {
  const t = useT();
  const entered = lines.filter(({ state }) => state === "entered");
  const rest = lines.filter(({ state }) => state !== "entered");
  return (
    <section aria-labelledby="lines">
      <h2 id="lines">{t("money.lines.title")}</h2>
      <p role="status">{t("money.lines.waiting", { count: entered.length })}</p>
      <ul className="rows">
        {entered.map((line) => (
          <Row key={line.id} line={line} acts={acts} />
        ))}
      </ul>
      {rest.length > 0 ? (
        <details className="folded">
          <summary>{t("money.lines.rest", { count: rest.length })}</summary>
          <ul className="rows">
            {rest.map((line) => (
              <Row key={line.id} line={line} acts={acts} />
            ))}
          </ul>
        </details>
      ) : undefined}
    </section>
  );
}

function Row({ line, acts }: { readonly line: Line; readonly acts: boolean }) {
  const t = useT();
  const lineText = useLineText();
  const { amount, bookedOn, reference, enteredBy, confirmedBy, state, source, files, parts = [] } = line;
  const about = line.about || parts.map((part) => part.about).join(", ");
  return (
    <li>
      <div>
        <h3>{lineText({ ...line, about })}</h3>
        <p>
          <Day on={bookedOn} /> · {reference}
        </p>
        {parts.length > 0 ? (
          <ul className="plain">
            {parts.map((part, at) => (
              <li key={at}>
                {lineText(part)} · {part.came ? "" : "−"}
                <Money of={part.amount} />
              </li>
            ))}
          </ul>
        ) : undefined}
        <p className="steps">
          {t(`money.line.state.${state}`)} · {t(source === "file" ? "money.line.byFile" : "money.line.by", { name: enteredBy })}
          {confirmedBy ? ` · ${t("money.line.confirmedBy", { name: confirmedBy })}` : ""}
        </p>
        <Files files={files} />
      </div>
      <strong>
        <Money of={amount} />
      </strong>
      {acts && state === "entered" ? <Confirmation line={line} /> : undefined}
      {acts && state !== "discarded" ? <BillForm line={line.id} /> : undefined}
    </li>
  );
}

/** Keeps a bill with a line, or what else proves it, whether or not it is booked. */
function BillForm({ line }: { readonly line: string }) {
  const t = useT();
  const uploads = useUploads({ subjectKind: "bankLine", subject: line });
  const { act, busy, refusal } = useAct(keepBill);
  const keep = async (): Promise<void> => {
    if (await act({ line, files: [...uploads.arrived] })) uploads.forget();
  };
  return (
    <Unfold says={t("costs.bill")}>
      <Form act={keep} says={t("costs.bill.keep")} busy={busy} ready={!uploads.busy && uploads.arrived.length > 0} refusal={refusal}>
        <FilePicker uploads={uploads} />
      </Form>
    </Unfold>
  );
}

function Confirmation({ line: { id, mine } }: { readonly line: Line }) {
  const t = useT();
  const confirm = useAct(confirmBankLine);
  const discard = useAct(discardBankLine);
  return (
    <div className="unfold">
      {mine ? (
        <p>{t("money.line.another")}</p>
      ) : (
        <Form
          act={async () => void (await confirm.act({ line: id }))}
          says={t("money.line.confirm")}
          busy={confirm.busy}
          ready
          refusal={confirm.refusal}
        >
          <p>{t("money.line.confirm.says")}</p>
        </Form>
      )}
      <details className="unfold faint">
        <summary>{t("money.line.discard.open")}</summary>
        <Form
          act={async () => void (await discard.act({ line: id }))}
          says={t("money.line.discard")}
          busy={discard.busy}
          ready
          refusal={discard.refusal}
        />
      </details>
    </div>
  );
}

/** A member's payment for a share; the number is the reference that the member was given to pay with. */
export function SharePayment({ currency }: { readonly currency: string }) {
  const t = useT();
  const [member, setMember] = useState("");
  const { items } = useWanted(listBylaws, {});
  const price = decimalFrom(String(items.find(({ key }) => key === "share.price")?.value ?? "0"), currency);
  const known = /^[0-9a-f-]{36}$/.test(member.trim());
  return (
    <section aria-labelledby="shares">
      <h2 id="shares">{t("money.shares.title")}</h2>
      <Field label={t("money.shares.member")} name="member" value={member} change={setMember} hint={t("money.shares.hint")} />
      {known ? (
        <LineForm
          opens={t("money.shares.enter")}
          means={{ kind: "sharePaid", member: member.trim() }}
          expected={{ amount: price, currency }}
        />
      ) : undefined}
    </section>
  );
}
