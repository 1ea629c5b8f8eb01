// Credit notes: a treasurer proposes one on the invoice's page, another confirms it on the desk, and the client reads it beside the invoice.
import {
  confirmCredit,
  discardCredit,
  printCreditNote,
  proposeCredit,
  type listCredits,
  type readInvoice,
} from "@partcommune/shared/money/api";
import { bearers, type Bearer } from "@partcommune/shared/money/rules/overdraft";
import { readHybridCreditNote, readUblCreditNote, readXRechnungCreditNote } from "@partcommune/shared/money/api/e-invoice";
import type { CreditPaper } from "@partcommune/shared/money/rules/credit";
import { pathWith, type ToldOf } from "@partcommune/shared/platform/endpoint";
import { minus, moneyFrom, moneyText } from "@partcommune/shared/platform/money";
import { useState } from "react";
import { useAct } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { decimalFrom } from "../../ui/decimal.ts";
import { Field, LongField, Pick } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { faultAt } from "../../ui/refusal.tsx";
import { Day } from "../../ui/when.tsx";
import { Electronic } from "./electronic.tsx";

type Invoice = ToldOf<typeof readInvoice>;
type Credit = ToldOf<typeof listCredits>["items"][number];

/** The credit notes of one invoice, as they were issued. */
export function CreditNotes({ credits }: { readonly credits: Invoice["credits"] }) {
  const t = useT();
  if (credits.length === 0) return undefined;
  return (
    <section aria-labelledby="credits">
      <h2 id="credits">{t("money.credits.of")}</h2>
      <ul className="rows">
        {credits.map((credit) => (
          <CreditNote key={credit.id} credit={credit} />
        ))}
      </ul>
    </section>
  );
}

function CreditNote({ credit: { id, number, issuedOn, gross, frozen } }: { readonly credit: Invoice["credits"][number] }) {
  const t = useT();
  const paper = JSON.parse(frozen) as CreditPaper;
  return (
    <li>
      <div>
        <h3 className="whole">{number}</h3>
        <p>
          <Day on={issuedOn} /> · {paper.reason}
        </p>
        <p>
          <a href={pathWith(printCreditNote.path, { note: id })}>{t("money.credits.pdf")}</a>
        </p>
        <Electronic
          paper={paper}
          ubl={pathWith(readUblCreditNote.path, { note: id })}
          xRechnung={pathWith(readXRechnungCreditNote.path, { note: id })}
          hybrid={pathWith(readHybridCreditNote.path, { note: id })}
        />
      </div>
      <strong>
        <Money of={gross} />
      </strong>
    </li>
  );
}

/** What a treasurer proposes to take back; the whole of what is left unless they write less. */
export function ProposeCredit({ invoice: { id, net, credits } }: { readonly invoice: Invoice }) {
  const t = useT();
  const left = moneyText(credits.reduce((rest, credit) => minus(rest, moneyFrom(credit.net)), moneyFrom(net)));
  const [amount, setAmount] = useState(left.amount);
  const [reason, setReason] = useState("");
  const [bearer, setBearer] = useState<Bearer | "nobody">("nobody");
  const { act, busy, refusal } = useAct(proposeCredit);
  const { currency } = left;
  const borne = bearer === "nobody" ? {} : { bearer };
  if (moneyFrom(left).minor === 0n) return undefined;
  return (
    <details className="unfold">
      <summary>{t("money.credit.open")}</summary>
      <Form
        act={async () => void (await act({ invoice: id, net: { amount: decimalFrom(amount, currency), currency }, reason, ...borne }))}
        says={t("money.credit.propose")}
        busy={busy}
        ready={reason.trim() !== ""}
        refusal={refusal}
      >
        <Field
          label={t("money.credit.net", { currency })}
          name="net"
          mode="decimal"
          value={amount}
          change={setAmount}
          hint={t("money.credit.net.hint")}
          fault={faultAt(refusal, "/net")}
        />
        <LongField
          label={t("money.credit.reason")}
          name="reason"
          value={reason}
          change={setReason}
          hint={t("money.credit.reason.hint")}
          fault={faultAt(refusal, "/reason")}
        />
        <Pick
          label={t("money.credit.bearer")}
          name="bearer"
          value={bearer}
          change={setBearer}
          options={(["nobody", ...bearers] as const).map((value) => ({
            value,
            says: t(value === "nobody" ? "money.credit.bearer.nobody" : `governance.pot.${value}`),
          }))}
          hint={t("money.credit.bearer.hint")}
        />
      </Form>
    </details>
  );
}

/** The desk's list: what waits for its second treasurer first. */
export function Credits({ credits, acts }: { readonly credits: readonly Credit[]; readonly acts: boolean }) {
  const t = useT();
  const waiting = credits.filter(({ state }) => state === "proposed");
  const rest = credits.filter(({ state }) => state !== "proposed");
  return (
    <section aria-labelledby="credits">
      <h2 id="credits">{t("money.credits.title")}</h2>
      <p role="status">{t("money.credits.waiting", { count: waiting.length })}</p>
      <ul className="rows">
        {waiting.map((credit) => (
          <Row key={credit.id} credit={credit} acts={acts} />
        ))}
      </ul>
      {rest.length > 0 ? (
        <details className="folded">
          <summary>{t("money.credits.rest", { count: rest.length })}</summary>
          <ul className="rows">
            {rest.map((credit) => (
              <Row key={credit.id} credit={credit} acts={false} />
            ))}
          </ul>
        </details>
      ) : undefined}
    </section>
  );
}

function Row({ credit, acts }: { readonly credit: Credit; readonly acts: boolean }) {
  const t = useT();
  const { invoice, invoiceNumber, about, net, reason, bearer, state, proposedBy, confirmedBy, number, agreed } = credit;
  return (
    <li>
      <div>
        <h3>
          <span className="whole">{number ?? t("money.credit.unnumbered")}</span> ·{" "}
          <span className="whole">
            <Link to={`/client/invoices/${invoice}`}>{invoiceNumber}</Link>
          </span>
        </h3>
        <p>{about}</p>
        <p className="letter">{reason}</p>
        {bearer ? <p>{t("money.credit.borne", { pot: t(`governance.pot.${bearer}`) })}</p> : undefined}
        <p className="steps">
          {t(`money.credit.${state}`)} · {t("money.credit.by", { name: proposedBy })}
          {agreed.length > 0 ? ` · ${t("money.credit.agreed", { names: agreed.join(", ") })}` : ""}
          {confirmedBy ? ` · ${t("money.line.confirmedBy", { name: confirmedBy })}` : ""}
        </p>
      </div>
      <strong>
        <Money of={net} />
      </strong>
      {acts ? <Confirmation credit={credit} /> : undefined}
    </li>
  );
}

function Confirmation({ credit: { id, mine, net } }: { readonly credit: Credit }) {
  const t = useT();
  const say = useMoney();
  const confirm = useAct(confirmCredit);
  const discard = useAct(discardCredit);
  return (
    <div className="unfold">
      {mine ? (
        <p>{t("money.credit.another")}</p>
      ) : (
        <Form
          act={async () => void (await confirm.act({ credit: id }))}
          says={t("money.credit.confirm", { net: say(net) })}
          busy={confirm.busy}
          ready
          refusal={confirm.refusal}
        >
          <p>{t("money.credit.confirm.says")}</p>
        </Form>
      )}
      <details className="unfold">
        <summary>{t("money.credit.discard.open")}</summary>
        <Form
          act={async () => void (await discard.act({ credit: id }))}
          says={t("money.credit.discard")}
          busy={discard.busy}
          ready
          refusal={discard.refusal}
        />
      </details>
    </div>
  );
}
