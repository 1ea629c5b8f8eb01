// The same price for the same work, through this coop and through somebody who keeps a part of it: in hand against in hand, and what each part buys.
import { listBylaws } from "@partcommune/shared/governance/api";
import { budgetOf } from "@partcommune/shared/money/rules/split";
import { readCoop } from "@partcommune/shared/platform/api";
import { amountText, minus, moneyFrom, moneyText, sum, type Money as Amount, type MoneyText } from "@partcommune/shared/platform/money";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { PotsOf } from "../parts/pots.tsx";
import { Bar } from "../../ui/bar.tsx";
import { Link } from "../../ui/link.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { comparedIn, limits, priceOf, rateOf, type Compared } from "../parts/compared.ts";
import { NotKnown } from "../../money/parts/in-hand.tsx";
import { usePay, type Pay, type PayTold } from "../../money/parts/pay-asked.ts";

/** What becomes of the price on one side: what is kept of it, and what is left before contributions. */
type Side = { readonly kept: Amount; readonly budget: Amount };

export function Compare() {
  const t = useT();
  const { currency } = useWanted(readCoop, {});
  const { items } = useWanted(listBylaws, {});
  const [compared, compare] = useState<Compared>(comparedIn(useSearch({ strict: false })));
  const rate = items.find(({ key }) => key === "fee.rate")?.value as number | undefined;
  return (
    <>
      <section>
        <h1>{t("pay.title")}</h1>
        <p className="lead">{t("pay.lead")}</p>
        <Sliders compared={compared} change={compare} currency={currency ?? "EUR"} />
      </section>
      {currency === undefined || rate === undefined ? undefined : (
        <Sides compared={compared} price={priceOf(compared, currency)} rate={BigInt(rate)} />
      )}
    </>
  );
}

type SlidersProps = { readonly compared: Compared; readonly change: (compared: Compared) => void; readonly currency: string };

function Sliders({ compared, change, currency }: SlidersProps) {
  const t = useT();
  const say = useMoney();
  const says = {
    price: t("pay.price", { price: say(moneyText(priceOf(compared, currency))) }),
    rate: t("pay.rate", { percent: compared.rate }),
  };
  return (
    <form method="get" className="beside">
      {(["price", "rate"] as const).map((name) => (
        <div key={name} className="field">
          <label htmlFor={name}>{says[name]}</label>
          <input
            id={name}
            name={name}
            type="range"
            {...limits[name]}
            value={compared[name]}
            onChange={({ target }) => change({ ...compared, [name]: Number(target.value) })}
          />
        </div>
      ))}
      <noscript>
        <button type="submit">{t("pay.again")}</button>
      </noscript>
      <p className="hint">{t("pay.upTo")}</p>
    </form>
  );
}

function Sides({ compared, price, rate }: { readonly compared: Compared; readonly price: Amount; readonly rate: bigint }) {
  const side = (of: bigint): Side => {
    const budget = budgetOf([price], of);
    return { budget, kept: minus(price, budget) };
  };
  const [here, there] = [side(rate), side(rateOf(compared))];
  const [ours, theirs] = [useInHand(here.budget), useInHand(there.budget)];
  const both = ours?.estimate && theirs?.estimate ? { here: ours.estimate, there: theirs.estimate } : undefined;
  return (
    <>
      <section>
        {both ? <Headline price={price} pay={both} /> : <Unknown here={here} there={there} told={ours?.estimate ? theirs : ours} />}
        <Figures price={price} sides={{ here, there }} pay={both} percent={compared.rate} />
        {both ? <Said model={both.here.model} country={ours?.country ?? ""} /> : undefined}
      </section>
      <section className="pair">
        {both ? <Bought pay={both} /> : undefined}
        <Common price={price} kept={here.kept} />
      </section>
    </>
  );
}

/** Both sides are reckoned for the same status, whatever that of whoever reads. */
const useInHand = (budget: Amount) => usePay({ amount: amountText(budget), status: "employee" });

type Both = { readonly here: Pay; readonly there: Pay };

/** In hand against in hand, in one sentence. */
function Headline({ price, pay: { here, there } }: { readonly price: Amount; readonly pay: Both }) {
  const t = useT();
  const say = useMoney();
  const more = minus(moneyFrom(here.net), moneyFrom(there.net));
  const difference = moneyText({ ...more, minor: more.minor < 0n ? -more.minor : more.minor });
  const said = { price: say(moneyText(price)), ours: say(here.net), theirs: say(there.net), difference: say(difference) };
  return (
    <p className="lead" role="status">
      {more.minor === 0n ? t("pay.same", said) : t(more.minor > 0n ? "pay.more" : "pay.less", said)}
    </p>
  );
}

/** Without an estimate only budgets stand against each other, and the page says that this is what they are. */
function Unknown({ here, there, told }: { readonly here: Side; readonly there: Side; readonly told: PayTold | undefined }) {
  const t = useT();
  const say = useMoney();
  return (
    <>
      <NotKnown told={told} />
      <p>{t("pay.budgets", { ours: say(moneyText(here.budget)), theirs: say(moneyText(there.budget)) })}</p>
    </>
  );
}

type FiguresProps = {
  readonly price: Amount;
  readonly sides: { readonly here: Side; readonly there: Side };
  readonly pay: Both | undefined;
  readonly percent: number;
};

/** From the price into the hand, line by line, under a bar of each side where all of it is known. */
function Figures({ price, sides: { here, there }, pay, percent }: FiguresProps) {
  const t = useT();
  const { name } = useWanted(readCoop, {});
  const contribution = (says: string, side: "employer" | "employee" | "net") =>
    pay ? <Row says={says} here={pay.here[side]} there={pay.there[side]} /> : undefined;
  return (
    <>
      {pay ? (
        <div className="pair">
          <SideBar says={t("pay.here", { coop: name })} side={here} pay={pay.here} common />
          <SideBar says={t("pay.there", { percent })} side={there} pay={pay.there} />
        </div>
      ) : undefined}
      <table className="cards">
        <caption>{t("pay.table")}</caption>
        <Heads />
        <tbody>
          <Row says={t("pay.row.price")} here={moneyText(price)} there={moneyText(price)} />
          <Row says={t("pay.row.kept")} here={moneyText(here.kept)} there={moneyText(there.kept)} />
          <Row says={t("pay.row.budget")} here={moneyText(here.budget)} there={moneyText(there.budget)} />
          {contribution(t("pay.row.employer"), "employer")}
          {contribution(t("pay.row.employee"), "employee")}
          {contribution(t("pay.row.net"), "net")}
        </tbody>
      </table>
    </>
  );
}

type SideBarProps = { readonly says: string; readonly side: Side; readonly pay: Pay; readonly common?: boolean };

function SideBar({ says, side: { kept }, pay: { net, employee, employer }, common = false }: SideBarProps) {
  const t = useT();
  const say = useMoney();
  const contributions = sum(moneyFrom(employee), moneyFrom(employer));
  const said = { net: say(net), contributions: say(moneyText(contributions)), kept: say(moneyText(kept)) };
  return (
    <div>
      <h2>{says}</h2>
      <Bar
        says={t(common ? "pay.bar.here" : "pay.bar.there", said)}
        slices={[
          { key: "net", parts: Number(moneyFrom(net).minor), as: "mine" },
          { key: "contributions", parts: Number(contributions.minor), as: "contributions" },
          { key: "kept", parts: Number(kept.minor), as: common ? "common" : "lost" },
        ]}
      />
      <p>{t(common ? "pay.bar.here" : "pay.bar.there", said)}</p>
    </div>
  );
}

function Heads() {
  const t = useT();
  return (
    <thead>
      <tr>
        <th scope="col">{t("pay.what")}</th>
        <th scope="col" className="amount">
          {t("pay.coop")}
        </th>
        <th scope="col" className="amount">
          {t("pay.platform")}
        </th>
      </tr>
    </thead>
  );
}

type RowProps = { readonly says: string; readonly here: MoneyText; readonly there: MoneyText };

function Row({ says, here, there }: RowProps) {
  const t = useT();
  return (
    <tr>
      <th scope="row">{says}</th>
      <td className="amount" data-label={t("pay.coop")}>
        <Money of={here} />
      </td>
      <td className="amount" data-label={t("pay.platform")}>
        <Money of={there} />
      </td>
    </tr>
  );
}

/** Whose figures these are, and what they are not. */
function Said({ model, country }: { readonly model: string; readonly country: string }) {
  const t = useT();
  const { language } = useSpeech();
  const named = new Intl.DisplayNames([language], { type: "region" }).of(country) ?? country;
  return (
    <>
      <p className="hint">{t("pay.estimate", { model })}</p>
      <p className="hint">{t("pay.status", { country: named })}</p>
    </>
  );
}

/** The contributions of both sides by what they buy. */
function Bought({ pay: { here, there } }: { readonly pay: Both }) {
  const t = useT();
  return (
    <section aria-labelledby="bought">
      <h2 id="bought">{t("pay.buys.title")}</h2>
      <table className="cards">
        <caption>{t("pay.buys.caption")}</caption>
        <Heads />
        <tbody>
          {here.buys.map(({ what, amount }, at) => (
            <Row key={what} says={t(`pay.buys.${what}`)} here={amount} there={there.buys[at]?.amount ?? amount} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What the part buys that this coop keeps. */
function Common({ price, kept }: { readonly price: Amount; readonly kept: Amount }) {
  const t = useT();
  const say = useMoney();
  return (
    <section aria-labelledby="common">
      <h2 id="common">{t("pay.common.title")}</h2>
      <p>{t("pay.common.says", { fee: say(moneyText(kept)) })}</p>
      <PotsOf price={price} />
      <p>
        <Link to="/fund">{t("pay.common.fund")}</Link>
      </p>
    </section>
  );
}
