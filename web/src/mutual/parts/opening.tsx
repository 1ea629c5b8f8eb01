// The opening fund as founders plan it, and what it could carry: the forecast follows what one types.
import { foundingFund } from "@partcommune/shared/governance/rules/founding-fund";
import { pots, type Pot } from "@partcommune/shared/governance/rules/pots";
import { calendarDaysOf, carrying, fundNeeded, type Expected } from "@partcommune/shared/mutual/rules/carrying";
import { minorFrom, moneyText, type Money } from "@partcommune/shared/platform/money";
import { standardVat } from "@partcommune/shared/platform/packs";
import type { Day } from "@partcommune/shared/platform/time";
import { useT } from "../../platform/i18n.tsx";
import { decimalFrom } from "../../ui/decimal.ts";
import { Field } from "../../ui/field.tsx";
import { Forecast } from "./forecast.tsx";

/** As it is typed. */
export type TypedOpening = {
  readonly endowments: Readonly<Record<Pot, string>>;
  readonly loan: string;
  readonly averageJob: string;
  readonly jobsAMonth: string;
  readonly clientDays: string;
  readonly runningCost: string;
};

export const emptyOpening: TypedOpening = {
  endowments: { guarantee: "", insurance: "", coaching: "", advances: "", reserve: "", running: "" },
  loan: "",
  averageJob: "2000",
  jobsAMonth: "4",
  clientDays: "30",
  runningCost: "",
};

/** The rules that the earlier steps of the wizard chose. */
export type Chosen = Pick<Expected, "feeRate" | "fundSplit"> & { readonly country: string; readonly currency: string };

const moneyOf = (typed: string, currency: string): Money | undefined => {
  const minor = minorFrom(decimalFrom(typed.trim() || "0", currency), currency);
  return minor !== undefined && minor >= 0n ? { minor, currency } : undefined;
};

const countOf = (typed: string, most: number): number | undefined =>
  /^\d{1,4}$/.test(typed.trim()) && Number(typed) <= most ? Number(typed) : undefined;

/** What was typed, as numbers; undefined while something is none. */
function numbersOf(typed: TypedOpening, currency: string) {
  const endowments = pots.map((pot) => moneyOf(typed.endowments[pot], currency));
  const [loan, averageJob, runningCost] = [typed.loan, typed.averageJob, typed.runningCost].map((each) => moneyOf(each, currency));
  const [jobsAMonth, clientDays] = [countOf(typed.jobsAMonth, 1_000), countOf(typed.clientDays, 365)];
  if (!loan || !averageJob || !runningCost || jobsAMonth === undefined || clientDays === undefined) return undefined;
  const given = endowments.flatMap((each) => each ?? []);
  if (given.length < pots.length) return undefined;
  const cash = { minor: given.reduce((so, { minor }) => so + minor, loan.minor), currency };
  return { given, loan, averageJob, runningCost, jobsAMonth, clientDays, cash };
}

/** The plan as the door takes it: decimal text; undefined while something is no number. */
export function openingAsked(typed: TypedOpening, currency: string) {
  const numbers = numbersOf(typed, currency);
  if (!numbers) return undefined;
  const { given, loan, averageJob, runningCost, jobsAMonth, clientDays } = numbers;
  const text = (money: Money | undefined): string => (money ? moneyText(money).amount : "0");
  const endowments = Object.fromEntries(pots.map((pot, at) => [pot, text(given[at])])) as Record<Pot, string>;
  return { endowments, loan: text(loan), averageJob: text(averageJob), runningCost: text(runningCost), jobsAMonth, clientDays };
}

// The newest rate that is known: a plan has no day.
const anyDay = "9999-12-31" as Day;

function expectedOf(typed: TypedOpening, { country, currency, ...rules }: Chosen): Expected | undefined {
  const numbers = numbersOf(typed, currency);
  const money = (text: string): Money => ({ minor: minorFrom(decimalFrom(text, currency), currency) ?? 0n, currency });
  const { floors, holdShare, clientExposure, clientShare, startAmount, workingDays } = foundingFund;
  return (
    numbers && {
      ...numbers,
      ...rules,
      memberDays: calendarDaysOf(workingDays),
      vatRate: standardVat(country, anyDay) ?? 0n,
      pot: numbers.given[0] ?? { minor: 0n, currency },
      floor: money(floors.guarantee),
      holdShare: BigInt(holdShare),
      clientExposure: money(clientExposure),
      startAmount: money(startAmount),
      clientShare: BigInt(clientShare),
    }
  );
}

type OpeningProps = { readonly typed: TypedOpening; readonly change: (typed: TypedOpening) => void; readonly chosen: Chosen };

export function Opening({ typed, change, chosen }: OpeningProps) {
  const t = useT();
  const { currency } = chosen;
  const of = (name: Exclude<keyof TypedOpening, "endowments">) => ({
    name,
    value: typed[name],
    change: (value: string) => change({ ...typed, [name]: value }),
  });
  const expected = expectedOf(typed, chosen);
  return (
    <>
      <h1>{t("mutual.opening.title")}</h1>
      <p>{t("mutual.opening.says")}</p>
      <h2>{t("mutual.opening.paidIn")}</h2>
      <div className="beside">
        {pots.map((pot) => (
          <Field
            key={pot}
            label={t("mutual.opening.pot", { pot: t(`governance.pot.${pot}`), currency })}
            name={`endow-${pot}`}
            mode="decimal"
            value={typed.endowments[pot]}
            change={(value) => change({ ...typed, endowments: { ...typed.endowments, [pot]: value } })}
          />
        ))}
        <Field label={t("mutual.opening.loan", { currency })} mode="decimal" hint={t("mutual.opening.loan.hint")} {...of("loan")} />
      </div>
      <h2>{t("mutual.opening.work")}</h2>
      <div className="beside">
        <Field label={t("mutual.opening.averageJob", { currency })} mode="decimal" {...of("averageJob")} />
        <Field label={t("mutual.opening.jobsAMonth")} mode="numeric" {...of("jobsAMonth")} />
        <Field label={t("mutual.opening.clientDays")} mode="numeric" {...of("clientDays")} />
        <Field label={t("mutual.opening.runningCost", { currency })} mode="decimal" {...of("runningCost")} />
      </div>
      {expected ? (
        <Forecast expected={expected} carried={carrying(expected)} begins={fundNeeded(expected)} />
      ) : (
        <p className="fault">{t("mutual.opening.unreadable")}</p>
      )}
    </>
  );
}
