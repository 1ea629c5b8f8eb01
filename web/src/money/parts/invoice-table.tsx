// Invoices as a table: number and work, what is to be paid, and by when.
import type { listInvoices } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { minus, moneyFrom, moneyText, type MoneyText } from "@partcommune/shared/platform/money";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";

export type InvoiceCard = ToldOf<typeof listInvoices>["items"][number];

/** What the bank has not booked of an invoice yet. */
export const openOf = ({ gross, paid }: Pick<InvoiceCard, "gross" | "paid">): MoneyText =>
  moneyText(minus(moneyFrom(gross), moneyFrom(paid)));

export const isPaid = (invoice: Pick<InvoiceCard, "gross" | "paid">): boolean => moneyFrom(openOf(invoice)).minor <= 0n;

/** `withClient` for those who see the invoices of several clients. */
export function InvoiceTable({
  items,
  says,
  withClient = false,
}: {
  readonly items: readonly InvoiceCard[];
  readonly says: string;
  readonly withClient?: boolean;
}) {
  const t = useT();
  return (
    <table className="cards">
      <caption className="heard">{says}</caption>
      <thead>
        <tr>
          <th scope="col">{t("money.invoice")}</th>
          <th scope="col">{t("money.invoice.gross")}</th>
          <th scope="col">{t("money.invoice.open")}</th>
          <th scope="col">{t("money.invoice.payBy")}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((invoice) => (
          <Row key={invoice.id} invoice={invoice} withClient={withClient} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ invoice, withClient }: { readonly invoice: InvoiceCard; readonly withClient: boolean }) {
  const t = useT();
  const { id, number, about, client, gross, payBy } = invoice;
  return (
    <tr>
      <th scope="row">
        <Link to={`/invoices/${id}`}>{number}</Link>
        <span className="about">
          {about}
          {withClient ? ` · ${client}` : undefined}
        </span>
      </th>
      <td data-label={t("money.invoice.gross")}>
        <Money of={gross} />
      </td>
      <td data-label={t("money.invoice.open")}>{isPaid(invoice) ? t("money.invoice.paid") : <Money of={openOf(invoice)} />}</td>
      <td data-label={t("money.invoice.payBy")}>
        <Day on={payBy} />
      </td>
    </tr>
  );
}
