// The first page: what a coop is, what becomes of a price, and the two ways in.
import { listBylaws } from "@partcommune/shared/governance/api";
import { pots, type PerPot, type Pot } from "@partcommune/shared/governance/rules/pots";
import { feeOf, splitFee } from "@partcommune/shared/money/rules/split";
import { minus, moneyText, type Money } from "@partcommune/shared/platform/money";
import { readCoop } from "@partcommune/shared/platform/api";
import { Bar } from "../../ui/bar.tsx";
import { Hatch } from "../../ui/hatch.tsx";
import { Link } from "../../ui/link.tsx";
import { useMoney } from "../../ui/money.tsx";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";

/** The example of every page of this house: 2 000.00 of the coop's currency, excl. VAT. */
const exampleAmount = 200_000n;

export function Home() {
  const t = useT();
  const coop = useWanted(readCoop, {});
  return (
    <>
      <section className="opening">
        <h1>{coop.founded ? t("marketplace.home.title", { name: coop.name }) : t("marketplace.home.unfounded")}</h1>
        <p className="lead">{t("marketplace.home.lead")}</p>
        {coop.founded ? (
          <p className="acts">
            <Link to="/hire" className="button">
              {t("marketplace.home.hire")}
            </Link>
            <Link to="/join" className="button">
              {t("marketplace.home.join")}
            </Link>
          </p>
        ) : (
          <Link to="/setup" className="button">
            {t("marketplace.home.found")}
          </Link>
        )}
      </section>
      {coop.founded && coop.currency ? <Example currency={coop.currency} /> : undefined}
      <section className="three">
        <Promise id="guarantee" />
        <Promise id="fund" />
        <Promise id="vote" />
      </section>
    </>
  );
}

function Promise({ id }: { readonly id: "guarantee" | "fund" | "vote" }) {
  const t = useT();
  const says = {
    guarantee: [t("marketplace.home.guarantee"), t("marketplace.home.guarantee.says")],
    fund: [t("marketplace.home.fund"), t("marketplace.home.fund.says")],
    vote: [t("marketplace.home.vote"), t("marketplace.home.vote.says")],
  }[id];
  return (
    <article>
      <h2>{says[0]}</h2>
      <p>{says[1]}</p>
    </article>
  );
}

/** One price and what becomes of it under the rules in force. */
function Example({ currency }: { readonly currency: string }) {
  const t = useT();
  const say = useMoney();
  const { items } = useWanted(listBylaws, {});
  const rate = items.find(({ key }) => key === "fee.rate")?.value as number | undefined;
  const split = items.find(({ key }) => key === "fund.split")?.value as PerPot<number> | undefined;
  if (rate === undefined || split === undefined) return undefined;
  const price: Money = { minor: exampleAmount, currency };
  const fee = feeOf(price, BigInt(rate));
  const parts = splitFee(fee, ppmOf(split));
  const budget = minus(price, fee);
  const said = { price: say(moneyText(price)), fee: say(moneyText(fee)), budget: say(moneyText(budget)) };
  const inFund = pots.filter((pot) => split[pot] > 0);
  return (
    <section className="example" aria-labelledby="example">
      <h2 id="example">{t("marketplace.home.example", said)}</h2>
      <Bar
        says={t("marketplace.home.example.says", said)}
        slices={[
          { key: "budget", label: said.budget, parts: Number(budget.minor), common: false },
          ...inFund.map((pot) => ({
            key: pot,
            label: t(`governance.pot.${pot}`),
            parts: Number(parts[pot].minor),
            common: true,
          })),
        ]}
      />
      <dl className="legend">
        <div>
          <dt>
            <span className="swatch mine" aria-hidden="true" /> {t("marketplace.home.budget")}
          </dt>
          <dd>{said.budget}</dd>
        </div>
        <div>
          <dt>
            <span className="swatch" aria-hidden="true">
              <Hatch />
            </span>{" "}
            {t("marketplace.home.common")}
          </dt>
          <dd>{said.fee}</dd>
        </div>
      </dl>
      <p>
        {t("marketplace.home.pots")} {inFund.map((pot) => `${t(`governance.pot.${pot}`)} ${say(moneyText(parts[pot]))}`).join(" · ")}.{" "}
        <Link to="/bylaws">{t("marketplace.home.rules")}</Link>
      </p>
    </section>
  );
}

/** The parts of the fee as rates, from their JSON. */
const ppmOf = (split: PerPot<number>): PerPot<bigint> =>
  Object.fromEntries(pots.map((pot) => [pot, BigInt(split[pot])])) as Record<Pot, bigint>;
