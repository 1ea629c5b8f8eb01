// One invoice as the paper it is: read from its frozen text, so that screen, print and book say the same.
import { useParams } from "@tanstack/react-router";
import { readInvoice } from "@partcommune/shared/money/api";
import type { InvoicePaper } from "@partcommune/shared/money/rules/invoice";
import { spaced } from "@partcommune/shared/money/rules/reference";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { useAwake } from "../../ui/awake.ts";
import { Fact } from "../../ui/fact.tsx";
import { Money } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";
import { Addressee } from "../parts/addressee.tsx";
import { isPaid, openOf } from "../parts/invoice-table.tsx";

export function Invoice() {
  const t = useT();
  const { invoice: id } = useParams({ strict: false });
  const invoice = useWanted(readInvoice, { invoice: id ?? "" }, `invoice:${id}`);
  useLive(`invoice:${invoice.id}`);
  const paper = JSON.parse(invoice.frozen) as InvoicePaper;
  return (
    <article className="job">
      <header>
        <p className="steps">{paper.line.about}</p>
        <h1>{t("money.invoice.number", { number: invoice.number })}</h1>
      </header>
      <Paying paper={paper} paid={isPaid(invoice)} open={openOf(invoice)} />
      <Paper paper={paper} hash={invoice.hash} />
      <Print />
    </article>
  );
}

type Open = ReturnType<typeof openOf>;

/** How to pay it; once the bank has booked all of it, that. */
function Paying({
  paper: { payBy, reference },
  paid,
  open,
}: {
  readonly paper: InvoicePaper;
  readonly paid: boolean;
  readonly open: Open;
}) {
  const t = useT();
  if (paid) return <p className="lead done-money">{t("money.invoice.allPaid")}</p>;
  return (
    <section className="next" aria-labelledby="paying">
      <h2 id="paying">{t("money.paying.title")}</h2>
      <dl className="facts">
        <Fact says={t("money.paying.amount")}>
          <Money of={open} />
        </Fact>
        <Fact says={t("money.invoice.payBy")}>
          <Day on={payBy} />
        </Fact>
        <Fact says={t("money.paying.reference")}>
          <span className="reference">{spaced(reference)}</span>
        </Fact>
      </dl>
      <p>{t("money.paying.says")}</p>
    </section>
  );
}

function Paper({ paper, hash }: { readonly paper: InvoicePaper; readonly hash: string }) {
  const t = useT();
  const { number, coop, client, line, issuedOn, deliveredOn, net, vat, vatPercent, vatMention, gross } = paper;
  return (
    <section className="paper" aria-label={t("money.invoice.number", { number })}>
      <Addressee coop={coop} client={client} />
      <dl className="facts">
        <Fact says={t("money.invoice.issuedOn")}>
          <Day on={issuedOn} />
        </Fact>
        <Fact says={t("money.invoice.deliveredOn")}>
          <Day on={deliveredOn} />
        </Fact>
        <Fact says={t("money.invoice.work")}>{t("money.invoice.line", { about: line.about, name: line.doneBy })}</Fact>
        <Fact says={t("money.invoice.net")}>
          <Money of={net} />
        </Fact>
        <Fact says={t("money.invoice.vat", { percent: vatPercent })}>
          <Money of={vat} />
        </Fact>
        <Fact says={t("money.invoice.gross")}>
          <Money of={gross} />
        </Fact>
      </dl>
      {vatMention ? <p>{vatMention}</p> : undefined}
      <p className="code">
        {t("money.invoice.hash")} {hash}
      </p>
    </section>
  );
}

function Print() {
  const t = useT();
  const awake = useAwake();
  return (
    <p className="acts unprinted">
      <button type="button" className="quiet" disabled={!awake} onClick={() => window.print()}>
        {t("money.invoice.print")}
      </button>
    </p>
  );
}
