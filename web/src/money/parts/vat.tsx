// VAT by quarters, as a return asks for it, and what is to be settled of the months that are closed.
import { readVat, readVatFile } from "@partcommune/shared/money/api";
import { pathWith, type ToldOf } from "@partcommune/shared/platform/endpoint";
import { minus, moneyFrom, moneyText, type MoneyText } from "@partcommune/shared/platform/money";
import { useState } from "react";
import { useAsked } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { decimalSpoken } from "../../ui/decimal.ts";
import { Fact } from "../../ui/fact.tsx";
import { Money } from "../../ui/money.tsx";
import { Day } from "../../ui/when.tsx";
import { LineForm } from "./line-form.tsx";

type Told = ToldOf<typeof readVat>;

export function Vat({ acts }: { readonly acts: boolean }) {
  const t = useT();
  const [wanted, want] = useState<Told["from"]>();
  const told = useAsked(readVat, wanted === undefined ? {} : { from: wanted }, true, "desk:money");
  if (!told?.from) return undefined;
  const { from, before, next, months, abroad, open } = told;
  const moved = months.filter(({ sold, ...sides }) => sold.length > 0 || [sides.due, sides.input, sides.relief].some(isSome));
  return (
    <section aria-labelledby="vat">
      <h2 id="vat">{t("money.vat.title")}</h2>
      <p>
        <Day on={from} /> – <Day on={months.at(-1)?.until ?? from} />
      </p>
      <p className="acts">
        <button type="button" className="faint" onClick={() => want(before)}>
          {t("money.vat.before")}
        </button>
        {next ? (
          <button type="button" className="faint" onClick={() => want(next)}>
            {t("money.vat.next")}
          </button>
        ) : undefined}
      </p>
      {moved.map((month) => (
        <Month key={month.until} month={month} />
      ))}
      {moved.length === 0 ? <p>{t("money.vat.none")}</p> : undefined}
      {abroad.length > 0 ? <Abroad abroad={abroad} /> : undefined}
      <p>
        <a href={pathWith(readVatFile.path, {}) + `?from=${from}`}>{t("money.vat.csv")}</a>
      </p>
      {open ? <Open open={open} acts={acts} /> : undefined}
    </section>
  );
}

/** What was sold by the papers, then what the book holds of it. */
function Month({ month: { until, sold, bought, due, input, relief } }: { readonly month: Told["months"][number] }) {
  const t = useT();
  const { language } = useSpeech();
  return (
    <>
      <h3>
        {t("money.vat.month")} <Day on={until} />
      </h3>
      <dl className="facts sums">
        {sold.map(({ category, percent, net, vat }) => (
          <Fact key={category + percent} says={t(`money.vat.sold.${category}`, { percent: decimalSpoken(percent, language) })}>
            <Money of={net} /> · <Money of={vat} />
          </Fact>
        ))}
        {bought ? (
          <Fact says={t("money.vat.bought")}>
            <Money of={bought.net} /> · <Money of={bought.vat} />
          </Fact>
        ) : undefined}
        <Fact says={t("money.vat.due")}>
          <Money of={due} />
        </Fact>
        <Fact says={t("money.vat.input")}>
          <Money of={input} />
        </Fact>
        {isSome(relief) ? (
          <Fact says={t("money.vat.relief")}>
            <Money of={relief} />
          </Fact>
        ) : undefined}
      </dl>
    </>
  );
}

const isSome = ({ amount }: MoneyText): boolean => /[1-9]/.test(amount);

function Abroad({ abroad }: { readonly abroad: Told["abroad"] }) {
  const t = useT();
  return (
    <details className="unfold">
      <summary>{t("money.vat.abroad", { count: abroad.length })}</summary>
      <dl className="facts sums">
        {abroad.map(({ vatNumber, name, net }) => (
          <Fact key={vatNumber} says={`${vatNumber} · ${name}`}>
            <Money of={net} />
          </Fact>
        ))}
      </dl>
    </details>
  );
}

/** What of all closed months is owed to the state, or comes back; the bank's line says what was paid, and another confirms it. */
function Open({ open: { until, due, input }, acts }: { readonly open: NonNullable<Told["open"]>; readonly acts: boolean }) {
  const t = useT();
  const owed = minus(moneyFrom(due), moneyFrom(input));
  const paid = owed.minor >= 0n;
  const sum = moneyText(paid ? owed : { ...owed, minor: -owed.minor });
  return (
    <>
      <dl className="facts">
        <Fact says={t(paid ? "money.vat.owed" : "money.vat.back")}>
          <Money of={sum} /> · {t("money.vat.until")} <Day on={until} />
        </Fact>
      </dl>
      {acts && isSome(sum) ? (
        <LineForm
          key={sum.amount}
          opens={t(paid ? "money.vat.paid" : "money.vat.refunded")}
          means={{ kind: paid ? "vatPaid" : "vatRefunded", until }}
          expected={sum}
        />
      ) : undefined}
    </>
  );
}
