// What was sent to a client because an invoice was not paid, each with its day.
import { printDunning, type readInvoice } from "@partcommune/shared/money/api";
import { pathWith, type ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { Day } from "../../ui/when.tsx";

export function DunningSent({ id, dunning }: Pick<ToldOf<typeof readInvoice>, "id" | "dunning">) {
  const t = useT();
  if (dunning.length === 0) return undefined;
  return (
    <section aria-labelledby="dunning">
      <h2 id="dunning">{t("money.dunning.title")}</h2>
      <ul className="rows">
        {dunning.map(({ step, kind, sentOn }) => (
          <li key={step}>
            <a href={pathWith(printDunning.path, { invoice: id, step: String(step) })}>{t(`money.dunning.${kind}`)}</a>
            <Day on={sentOn} />
          </li>
        ))}
      </ul>
    </section>
  );
}
