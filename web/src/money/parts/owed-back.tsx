// What clients paid too much: given back by the bank, and its line entered here.
import { listOwedBack } from "@partcommune/shared/money/api";
import { useAsked } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";
import { LineForm } from "./line-form.tsx";

export function OwedBack({ acts }: { readonly acts: boolean }) {
  const t = useT();
  const { items = [] } = useAsked(listOwedBack, {}, true, "desk:money") ?? {};
  if (items.length === 0) return undefined;
  return (
    <section aria-labelledby="owed-back">
      <h2 id="owed-back">{t("costs.back.title")}</h2>
      <p className="hint">{t("costs.back.says")}</p>
      <ul className="rows">
        {items.map(({ id, number, client, over }) => (
          <li key={id}>
            <div>
              <h3>
                <Link to={`/client/invoices/${id}`}>{number}</Link>
              </h3>
              <p>{client}</p>
            </div>
            <strong>
              <Money of={over} />
            </strong>
            {acts ? <LineForm opens={t("costs.back.enter")} means={{ kind: "clientRepaid", invoice: id }} expected={over} /> : undefined}
          </li>
        ))}
      </ul>
    </section>
  );
}
