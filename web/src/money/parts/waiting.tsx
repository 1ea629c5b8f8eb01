// What waits at the treasury's desk, in four figures: each leads to the list it counts.
import type { listBankLines, listOpenInvoices, listPayables, listPayouts } from "@partcommune/shared/money/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { moneyFrom, moneyText, sum, zero, type Money, type MoneyText } from "@partcommune/shared/platform/money";
import { useT } from "../../platform/i18n.tsx";
import { useMoney } from "../../ui/money.tsx";

type WaitingProps = {
  readonly currency: string;
  readonly lines: ToldOf<typeof listBankLines>["items"];
  readonly payouts: ToldOf<typeof listPayouts>["items"];
  readonly invoices: ToldOf<typeof listOpenInvoices>["items"];
  readonly payables: ToldOf<typeof listPayables>["items"];
};

export function Waiting({ currency, lines, payouts, invoices, payables }: WaitingProps) {
  const t = useT();
  const say = useMoney();
  const owed = totalOf(
    currency,
    invoices.map(({ worth }) => moneyFrom(worth)),
  );
  const ready = totalOf(
    currency,
    payables.flatMap(({ amount, waitsFor }) => (waitsFor === undefined ? [moneyFrom(amount)] : [])),
  );
  const toConfirm = lines.filter(({ state }) => state === "entered").length;
  const toSign = payouts.filter(({ state }) => state === "ordered").length;
  return (
    <dl className="figures">
      <Figure says={t("money.waiting.lines")} to="lines" holds={`${toConfirm}`} waits={toConfirm > 0} />
      <Figure says={t("money.waiting.payouts")} to="payouts" holds={`${toSign}`} waits={toSign > 0} />
      <Figure says={t("money.waiting.invoices")} to="invoices" holds={say(owed)} />
      <Figure says={t("money.waiting.payables")} to="payables" holds={say(ready)} />
    </dl>
  );
}

type FigureProps = { readonly says: string; readonly to: string; readonly holds: string; readonly waits?: boolean };

/** `waits` marks what a second person is asked for. */
function Figure({ says, to, holds, waits = false }: FigureProps) {
  return (
    <div>
      <dt>{says}</dt>
      <dd>
        <a href={`#${to}`} className={waits ? "waits" : undefined}>
          {holds}
        </a>
      </dd>
    </div>
  );
}

/** The total in the coop's own money; what is in another is in its list. */
const totalOf = (currency: string, amounts: readonly Money[]): MoneyText =>
  moneyText(sum(zero(currency), ...amounts.filter((each) => each.currency === currency)));
