// What was sent to a client because an invoice was not paid, each with its day.
import type { readInvoice } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { Day } from "../../ui/when.tsx";

export function DunningSent({ dunning }: Pick<ToldOf<typeof readInvoice>, "dunning">) {
  const t = useT();
  if (dunning.length === 0) return undefined;
  return (
    <section aria-labelledby="dunning">
      <h2 id="dunning">{t("money.dunning.title")}</h2>
      <ul className="rows">
        {dunning.map(({ kind, sentOn }) => (
          <li key={`${kind}-${sentOn}`}>
            {t(`money.dunning.${kind}`)}
            <Day on={sentOn} />
          </li>
        ))}
      </ul>
    </section>
  );
}
