// The three sums of a member's protection, each with the amounts it is made of.
import type { readProtection } from "@partcommune/shared/mutual/api/protection";
import { protections, type Protection } from "@partcommune/shared/mutual/rules/protection";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Money } from "../../ui/money.tsx";

type Told = Pick<ToldOf<typeof readProtection>, "sums" | "rows">;

export function ProtectionSums({ sums, rows }: Told) {
  const t = useT();
  return (
    <>
      <dl className="figures of-three">
        {protections.map((each) => (
          <div key={each}>
            <dt>{t(`protection.sum.${each}`)}</dt>
            <dd>
              <Money of={sums[each]} />
            </dd>
          </div>
        ))}
      </dl>
      {protections.map((each) => (
        <MadeOf key={each} of={each} rows={rows.filter((row) => row.of === each)} />
      ))}
    </>
  );
}

/** What a sum means, and its rows. */
function MadeOf({ of, rows }: { readonly of: Protection; readonly rows: Told["rows"] }) {
  const t = useT();
  if (rows.length === 0) return undefined;
  return (
    <div>
      <p>
        <strong>{t(`protection.sum.${of}`)}.</strong> {t(`protection.says.${of}`)}
      </p>
      <details className="folded">
        <summary>{t("protection.rows", { count: rows.length })}</summary>
        <ul className="rows">
          {rows.map(({ engagement, title, invoice, amount }) => (
            <li key={`${engagement} ${invoice ?? ""} ${amount.amount}`}>
              <Link to={`/my/engagements/${engagement}`}>
                {invoice ? t("protection.row.invoice", { title, invoice }) : t("protection.row.toCome", { title })}
              </Link>
              <Money of={amount} />
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
