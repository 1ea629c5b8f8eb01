// A client's invoices: what each is for, what is open of it, and by when it is paid.
import { readMe } from "@partcommune/shared/membership/api";
import { listInvoices } from "@partcommune/shared/money/api";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { InvoiceTable } from "../parts/invoice-table.tsx";
import { pageOf } from "../parts/page-of.ts";

export function Invoices() {
  const t = useT();
  const { person } = useWanted(readMe, {});
  const names = new Map(person?.buysFor.map(({ client, name }) => [client, name]));
  return (
    <section>
      <h1>{t("money.invoices.title")}</h1>
      {names.size === 0 ? (
        <p role="status">
          {t("money.invoices.none")} <Link to="/hire">{t("money.invoices.hire")}</Link>
        </p>
      ) : (
        <p className="lead">{t("money.invoices.lead")}</p>
      )}
      {Array.from(names, ([client, name]) => (
        <OfClient key={client} client={client} name={name} />
      ))}
    </section>
  );
}

function OfClient({ client, name }: { readonly client: string; readonly name: string }) {
  const t = useT();
  const { items, next } = useWanted(listInvoices, { client, ...pageOf });
  return (
    <>
      <h2>{name}</h2>
      {items.length === 0 ? <p role="status">{t("money.invoices.empty")}</p> : <InvoiceTable items={items} says={name} />}
      {next ? <p className="hint">{t("money.more", { count: items.length })}</p> : undefined}
    </>
  );
}
