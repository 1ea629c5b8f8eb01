// Invoices that are not paid in full, and the bank's line by which one is.
import type { listOpenInvoices } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { moneyText } from "@partcommune/shared/platform/money";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";
import { LineForm } from "./line-form.tsx";
import { openOf } from "./open-of.ts";

type Card = ToldOf<typeof listOpenInvoices>["items"][number];

type OpenProps = { readonly invoices: readonly Card[]; readonly acts: boolean; readonly home: string };

export function OpenInvoices({ invoices, acts, home }: OpenProps) {
  const t = useT();
  return (
    <section aria-labelledby="invoices">
      <h2 id="invoices">{t("money.open.title")}</h2>
      {invoices.length === 0 ? <p role="status">{t("money.open.none")}</p> : undefined}
      <ul className="rows">
        {invoices.map((card) => (
          <Row key={card.id} card={card} acts={acts} home={home} />
        ))}
      </ul>
    </section>
  );
}

function Row({
  card: { id, number, client, about, payBy, gross, paid, credited, lost },
  acts,
  home,
}: Omit<OpenProps, "invoices"> & { readonly card: Card }) {
  const t = useT();
  const say = useMoney();
  const open = moneyText(openOf({ gross, credited, paid }));
  return (
    <li>
      <div>
        <h3>
          <span className="whole">
            <Link to={`/client/invoices/${id}`}>{number}</Link>
          </span>
        </h3>
        <p>
          {client} · {about}
        </p>
        <p>
          {t("money.invoice.payBy")} <Day on={payBy} />
          {/[1-9]/.test(lost.amount) ? ` · ${t("money.open.lost")}` : ""}
        </p>
      </div>
      <p>
        <strong>
          <Money of={open} />
        </strong>
        {open.amount === gross.amount ? undefined : (
          <>
            <br />
            {t("money.open.of", { gross: say(gross) })}
          </>
        )}
      </p>
      {acts ? (
        <LineForm
          opens={t("money.open.enter", { number })}
          means={{ kind: "clientPaid", invoice: id }}
          {...(open.currency === home ? { expected: open } : { expected: { amount: "", currency: home }, settles: open })}
        />
      ) : undefined}
    </li>
  );
}
