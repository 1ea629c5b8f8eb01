// The pots of a fee: what each of them gets.
import { listBylaws } from "@partcommune/shared/governance/api";
import { pots, type PerPot, type Pot } from "@partcommune/shared/governance/rules/pots";
import { feeOf, splitFee } from "@partcommune/shared/money/rules/split";
import { moneyText, type Money } from "@partcommune/shared/platform/money";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Hatch } from "../../ui/hatch.tsx";
import { useMoney } from "../../ui/money.tsx";

/** What each pot gets of the fee on a price, under the rules in force. */
export function PotsOf({ price }: { readonly price: Money }) {
  const { items } = useWanted(listBylaws, {});
  const valueOf = (wanted: string) => items.find(({ key }) => key === wanted)?.value;
  const rate = valueOf("fee.rate") as number | undefined;
  const split = valueOf("fund.split") as PerPot<number> | undefined;
  return rate === undefined || split === undefined ? undefined : <Pots parts={splitFee(feeOf(price, BigInt(rate)), ppmOf(split))} />;
}

/** Each pot with its part of the fee, drawn against the largest. A pot without a part is left out. */
export function Pots({ parts }: { readonly parts: PerPot<Money> }) {
  const t = useT();
  const say = useMoney();
  const largest = pots.map((pot) => parts[pot]).reduce((most, part) => (part.minor > most.minor ? part : most));
  return (
    <dl className="potsOfFee">
      {pots
        .filter((pot) => parts[pot].minor > 0n)
        .map((pot) => (
          <div key={pot}>
            <dt>{t(`governance.pot.${pot}`)}</dt>
            <dd aria-hidden="true">
              <Hatch style={{ width: `${percent(parts[pot], largest)}%` }} />
            </dd>
            <dd>{say(moneyText(parts[pot]))}</dd>
          </div>
        ))}
    </dl>
  );
}

/** A part of a whole, in hundredths. */
export const percent = (part: Money, whole: Money): number => Number((part.minor * 10_000n) / whole.minor) / 100;

/** The parts of the fee as rates, from their JSON. */
export const ppmOf = (split: PerPot<number>): PerPot<bigint> =>
  Object.fromEntries(pots.map((pot) => [pot, BigInt(split[pot])])) as Record<Pot, bigint>;
