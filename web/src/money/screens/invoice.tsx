// One invoice as it was issued, read from the very text that was frozen, and how it is paid.
import { readMe } from "@partcommune/shared/membership/api";
import { printInvoice, readInvoice } from "@partcommune/shared/money/api";
import { readHybridInvoice, readPaymentCode, readUblInvoice, readXRechnung } from "@partcommune/shared/money/api/e-invoice";
import type { InvoicePaper } from "@partcommune/shared/money/rules/invoice";
import { paymentCodeOf } from "@partcommune/shared/money/rules/payment-code";
import { belgianReference, spaced } from "@partcommune/shared/money/rules/reference";
import { minus, moneyFrom, moneyText } from "@partcommune/shared/platform/money";
import { pathWith, type ToldOf } from "@partcommune/shared/platform/endpoint";
import { useParams } from "@tanstack/react-router";
import { useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { decimalSpoken } from "../../ui/decimal.ts";
import { Fact } from "../../ui/fact.tsx";
import { Link } from "../../ui/link.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";
import { Electronic } from "../parts/electronic.tsx";
import { CreditNotes, ProposeCredit } from "../parts/credits.tsx";
import { DunningSent } from "../parts/dunning.tsx";
import { ProposeLoss } from "../parts/losses.tsx";
import { openOf } from "../parts/open-of.ts";

type InvoiceTold = ToldOf<typeof readInvoice>;

export function Invoice() {
  const t = useT();
  const { invoice: id } = useParams({ strict: false });
  const invoice = useWanted(readInvoice, { invoice: id ?? "" }, `invoice:${id}`);
  useLive(`invoice:${invoice.id}`);
  const { person } = useWanted(readMe, {});
  const paper = JSON.parse(invoice.frozen) as InvoicePaper;
  return (
    <article className="job">
      <header>
        <p className="steps">
          {t("money.invoice.title")}
          {paper.specimen ? ` · ${t("money.paper.specimen")}` : undefined}
        </p>
        <h1 className="whole">{invoice.number}</h1>
      </header>
      <div className="split turned">
        <Payment invoice={invoice} paper={paper} />
        <Paper paper={paper} />
      </div>
      <DunningSent id={invoice.id} dunning={invoice.dunning} />
      <CreditNotes credits={invoice.credits} />
      <p className="code">
        {t("money.invoice.hash")} {invoice.hash}
      </p>
      <p>
        <a href={pathWith(printInvoice.path, { invoice: invoice.id })}>{t("money.invoice.pdf")}</a>
      </p>
      <Electronic
        paper={paper}
        ubl={pathWith(readUblInvoice.path, { invoice: invoice.id })}
        xRechnung={pathWith(readXRechnung.path, { invoice: invoice.id })}
        hybrid={pathWith(readHybridInvoice.path, { invoice: invoice.id })}
      />
      {invoice.engagement ? (
        <p>
          <Link to={`/my/engagements/${invoice.engagement}`}>{t("money.invoice.engagement")}</Link>
        </p>
      ) : undefined}
      {person?.roles.includes("treasurer") ? <TreasurersActs invoice={invoice} /> : undefined}
    </article>
  );
}

/** What a treasurer may propose; after a loss nothing. */
function TreasurersActs({ invoice }: { readonly invoice: InvoiceTold }) {
  const { gross, credited, paid, lost } = invoice;
  if (moneyFrom(lost).minor > 0n) return undefined;
  return (
    <>
      <ProposeCredit key={credited.amount} invoice={invoice} />
      {openOf({ gross, credited, paid }).minor > 0n ? <ProposeLoss invoice={invoice.id} /> : undefined}
    </>
  );
}

/** What is still to be paid, to whom, by when, and with which reference. */
function Payment({
  invoice: { id, number, gross, paid, credited, lost, payBy, reference },
  paper,
}: {
  readonly invoice: InvoiceTold;
  readonly paper: InvoicePaper;
}) {
  const { coop } = paper;
  const local = coop.country === "BE" ? belgianReference(number) : undefined;
  const t = useT();
  const say = useMoney();
  const owed = minus(moneyFrom(gross), moneyFrom(credited));
  const open = minus(owed, moneyFrom(paid));
  if (open.minor <= 0n)
    return (
      <section className="next" aria-label={t("money.invoice.standing")}>
        <p className="lead" role="status">
          {open.minor < 0n ? t("money.invoice.inFavour", { sum: say(moneyText(minus(moneyFrom(paid), owed))) }) : undefined}
          {open.minor === 0n ? t(owed.minor === 0n ? "money.invoice.allCredited" : "money.invoice.allPaid") : undefined}
        </p>
      </section>
    );
  return (
    <section className="next" aria-label={t("money.pay.title")}>
      <p className="lead">{t("money.pay.says", { coop: coop.name })}</p>
      {moneyFrom(lost).minor > 0n ? <p>{t("money.invoice.lost", { sum: say(lost) })}</p> : undefined}
      <dl className="facts">
        <Fact says={t("money.pay.open")}>
          <Money of={moneyText(open)} />
        </Fact>
        <Fact says={t("money.pay.account")}>
          {coop.iban ? <span className="reference">{spaced(coop.iban)}</span> : t("money.pay.account.apart", { coop: coop.name })}
        </Fact>
        <Fact says={t("money.pay.reference")}>
          <span className="reference">{reference}</span>
        </Fact>
        {local ? (
          <Fact says={t("money.pay.belgian")}>
            <span className="reference">{local}</span>
          </Fact>
        ) : undefined}
        <Fact says={t("money.invoice.payBy")}>
          <Day on={payBy} />
        </Fact>
      </dl>
      {paymentCodeOf(paper, open) ? (
        <figure className="scan">
          <img src={pathWith(readPaymentCode.path, { invoice: id })} alt={t("money.pay.code")} width={180} height={180} />
          <figcaption>{t("money.pay.scan")}</figcaption>
        </figure>
      ) : undefined}
    </section>
  );
}

function Paper({ paper }: { readonly paper: InvoicePaper }) {
  const t = useT();
  const say = useMoney();
  const { coop, client, line, net, vat, vatPercent, vatMention, gross, atHome, issuedOn, deliveredOn } = paper;
  return (
    <section className="paper" aria-label={t("money.invoice.title")}>
      <div className="from">
        <Address of={coop} />
        <Address of={client} />
      </div>
      <p>
        <strong>{line.about}</strong>
        <br />
        {t("money.invoice.doneBy", { name: line.doneBy })}
        {line.settled ? (
          <>
            <br />
            {t("money.invoice.settled", { share: line.settled.share, price: say(line.settled.of) })}
          </>
        ) : undefined}
      </p>
      <dl className="facts">
        <Fact says={t("money.invoice.issuedOn")}>
          <Day on={issuedOn} />
        </Fact>
        <Fact says={t("money.invoice.deliveredOn")}>
          <Day on={deliveredOn} />
        </Fact>
      </dl>
      <dl className="facts sums">
        <Fact says={t("money.invoice.net")}>
          <Money of={net} />
        </Fact>
        <Fact says={t("money.invoice.vat", { percent: vatPercent })}>
          <Money of={vat} />
        </Fact>
        <Fact says={t("money.invoice.gross")}>
          <Money of={gross} />
        </Fact>
        {atHome ? (
          <Fact says={t("money.invoice.atHome")}>
            <AtHome of={atHome} currency={net.currency} />
          </Fact>
        ) : undefined}
      </dl>
      {vatMention ? <p>{vatMention}</p> : undefined}
    </section>
  );
}

/** Of foreign money: the VAT that the state is owed, and by which rate. */
function AtHome({ of: { net, vat, rate }, currency }: { readonly of: NonNullable<InvoicePaper["atHome"]>; readonly currency: string }) {
  const t = useT();
  const say = useMoney();
  const { language } = useSpeech();
  const figures = {
    net: say(net),
    vat: say(vat),
    home: `${decimalSpoken(rate.home, language)} ${net.currency}`,
    foreign: `${decimalSpoken(rate.foreign, language)} ${currency}`,
  };
  return (
    <>
      {t("money.invoice.rate", figures)} · <Day on={rate.on} />
    </>
  );
}

function Address({ of: { name, street, postcode, town, country, vatNumber } }: { readonly of: InvoicePaper["client"] }) {
  const { language } = useSpeech();
  return (
    <p>
      <strong>{name}</strong>
      <br />
      {street}
      <br />
      {postcode} {town}
      <br />
      {new Intl.DisplayNames(language, { type: "region" }).of(country)}
      {vatNumber ? (
        <>
          <br />
          {vatNumber}
        </>
      ) : undefined}
    </p>
  );
}
