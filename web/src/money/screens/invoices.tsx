// A client's invoices: what each is for, what is paid of it, and by when the rest is.
import { readMe } from "@partcommune/shared/membership/api";
import { listInvoices, printInvoice } from "@partcommune/shared/money/api";
import { moneyFrom, sum } from "@partcommune/shared/platform/money";
import { pathWith, type ToldOf } from "@partcommune/shared/platform/endpoint";
import { Described } from "../../membership/parts/described.tsx";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";

type Card = ToldOf<typeof listInvoices>["items"][number];

export function Invoices() {
  const t = useT();
  const { person } = useWanted(readMe, {});
  const clients = person?.buysFor ?? [];
  return (
    <section>
      <h1>{t("money.invoices.title")}</h1>
      {clients.length === 0 ? <p role="status">{t("money.invoices.noClient")}</p> : undefined}
      {clients.map(({ client, name }) => (
        <section key={client} aria-label={name}>
          <OfClient client={client} name={name} />
          <Described client={client} />
        </section>
      ))}
    </section>
  );
}

function OfClient({ client, name }: { readonly client: string; readonly name: string }) {
  const t = useT();
  const { items } = useWanted(listInvoices, { client });
  if (items.length === 0) return <p role="status">{t("money.invoices.none", { name })}</p>;
  return (
    <table className="cards">
      <caption>{t("money.invoices.of", { name })}</caption>
      <thead>
        <tr>
          <th scope="col">{t("money.invoice.number")}</th>
          <th scope="col">{t("money.invoice.issuedOn")}</th>
          <th scope="col" className="amount">
            {t("money.invoice.gross")}
          </th>
          <th scope="col">{t("money.invoice.standing")}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((card) => (
          <Row key={card.id} card={card} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ card: { id, number, about, issuedOn, payBy, gross, paid, credited } }: { readonly card: Card }) {
  const t = useT();
  return (
    <tr>
      <th scope="row">
        <span className="whole">
          <Link to={`/client/invoices/${id}`}>{number}</Link>
        </span>
        <small>{about}</small>
        <a href={pathWith(printInvoice.path, { invoice: id })} aria-label={t("money.invoice.pdfOf", { number })}>
          PDF
        </a>
      </th>
      <td data-label={t("money.invoice.issuedOn")}>
        <Day on={issuedOn} />
      </td>
      <td className="amount" data-label={t("money.invoice.gross")}>
        <Money of={gross} />
      </td>
      <td data-label={t("money.invoice.standing")}>
        {sum(moneyFrom(paid), moneyFrom(credited)).minor >= moneyFrom(gross).minor ? (
          t(credited.amount === gross.amount ? "money.invoice.isCredited" : "money.invoice.paid")
        ) : (
          <>
            {t("money.invoice.payBy")} <Day on={payBy} />
          </>
        )}
      </td>
    </tr>
  );
}
