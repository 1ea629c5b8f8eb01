// What becomes of one price under the rules in force: the part that goes to a person, and the common part opened up into its pots.
import { listBylaws } from "@partcommune/shared/governance/api";
import type { PerPot } from "@partcommune/shared/governance/rules/pots";
import { feeOf, splitFee } from "@partcommune/shared/money/rules/split";
import { minus, moneyText, type Money } from "@partcommune/shared/platform/money";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Bar } from "../../ui/bar.tsx";
import { Link } from "../../ui/link.tsx";
import { useMoney } from "../../ui/money.tsx";
import { percent, Pots, ppmOf } from "./pots.tsx";

/** The example of every page of this house: 2 000.00 of the coop's currency, excl. VAT. */
const exampleAmount = 200_000n;

type Split = { readonly price: Money; readonly fee: Money; readonly budget: Money; readonly parts: PerPot<Money>; readonly days: number };

export function Example({ currency }: { readonly currency: string }) {
  const t = useT();
  const say = useMoney();
  const split = useExampleSplit(currency);
  if (!split) return undefined;
  const { price, fee, budget, parts, days } = split;
  const said = { price: say(moneyText(price)), fee: say(moneyText(fee)), budget: say(moneyText(budget)) };
  return (
    <section className="example" aria-labelledby="example">
      <h2 id="example">{t("marketplace.home.example", said)}</h2>
      <div>
        <Bar
          says={t("marketplace.home.example.says", said)}
          slices={[
            { key: "budget", parts: Number(budget.minor), as: "mine" },
            { key: "fee", parts: Number(fee.minor), as: "common" },
          ]}
        />
        <Opening from={percent(budget, price)} />
        <div className="becomes">
          <div className="opened">
            <p className="sum">
              <strong>{said.fee}</strong> {t("marketplace.home.common")}
            </p>
            <Pots parts={parts} />
            <Link to="/bylaws">{t("marketplace.home.rules")}</Link>
          </div>
          <div className="kept">
            <p className="sum">
              <strong>{said.budget}</strong> {t("marketplace.home.budget")}
            </p>
            <p>{t("marketplace.home.paid", { days })}</p>
            <Link to="/compare">{t("marketplace.home.compare")}</Link>
          </div>
        </div>
      </div>
    </section>
  );
}

/** Two ink lines from the common slice of the bar to the frame in which it is opened; on a phone that frame is as wide as the bar. */
function Opening({ from }: { readonly from: number }) {
  return (
    <svg className="opens" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      <path className="narrow" d={`M${from} 0L0 100`} vectorEffect="non-scaling-stroke" />
      <path className="wide" d={`M${from} 0L50 100`} vectorEffect="non-scaling-stroke" />
      <path d="M100 0V100" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

function useExampleSplit(currency: string): Split | undefined {
  const { items } = useWanted(listBylaws, {});
  const valueOf = (wanted: string) => items.find(({ key }) => key === wanted)?.value;
  const rate = valueOf("fee.rate") as number | undefined;
  const split = valueOf("fund.split") as PerPot<number> | undefined;
  if (rate === undefined || split === undefined) return undefined;
  const price: Money = { minor: exampleAmount, currency };
  const fee = feeOf(price, BigInt(rate));
  return { price, fee, budget: minus(price, fee), parts: splitFee(fee, ppmOf(split)), days: Number(valueOf("guarantee.workingDays")) };
}
