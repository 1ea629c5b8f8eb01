// The pots of the fund, hatched alike, each with its name, drawn against the largest.
import type { readFund } from "@partcommune/shared/mutual/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { potFigure } from "@partcommune/shared/mutual/rules/figures";
import { moneyFrom, moneyText } from "@partcommune/shared/platform/money";
import { useT } from "../../platform/i18n.tsx";
import { Hatch } from "../../ui/hatch.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { Opens } from "./opens.tsx";

type PotTold = ToldOf<typeof readFund>["pots"][number];

export function Pots({ pots }: { readonly pots: readonly PotTold[] }) {
  const t = useT();
  const largest = pots.map(({ balance }) => moneyFrom(balance).minor).reduce((most, each) => (each > most ? each : most), 1n);
  return (
    <section aria-labelledby="pots">
      <h2 id="pots">{t("mutual.pots.title")}</h2>
      <table className="cards">
        <caption>{t("mutual.pots.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("mutual.pots.pot")}</th>
            <th scope="col" className="amount">
              {t("mutual.pots.balance")}
            </th>
            <th scope="col" className="amount">
              {t("mutual.pots.held")}
            </th>
            <th scope="col" className="amount">
              {t("mutual.pots.floor")}
            </th>
            <th scope="col" className="amount">
              {t("mutual.pots.available")}
            </th>
          </tr>
        </thead>
        <tbody>
          {pots.map((pot) => (
            <Row key={pot.pot} told={pot} largest={largest} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ told: { pot, balance, held, floor, available }, largest }: { readonly told: PotTold; readonly largest: bigint }) {
  const t = useT();
  const say = useMoney();
  const { minor } = moneyFrom(balance);
  const free = moneyFrom(available);
  return (
    <tr>
      <th scope="row" className="pot">
        <span className="name">{t(`governance.pot.${pot}`)}</span> <small>{t(`governance.pot.${pot}.pays`)}</small>
        {minor > 0n ? <Hatch style={{ width: `${Number((minor * 10_000n) / largest) / 100}%` }} /> : undefined}
      </th>
      <td className="amount" data-label={t("mutual.pots.balance")}>
        <strong>
          <Opens figure={potFigure(pot)} of={balance} />
        </strong>
      </td>
      <td className="amount" data-label={t("mutual.pots.held")}>
        <Money of={held} />
      </td>
      <td className="amount" data-label={t("mutual.pots.floor")}>
        <Money of={floor} />
      </td>
      <td className="amount" data-label={t("mutual.pots.available")}>
        {free.minor < 0n ? t("mutual.pots.missing", { amount: say(moneyText({ ...free, minor: -free.minor })) }) : <Money of={available} />}
      </td>
    </tr>
  );
}
