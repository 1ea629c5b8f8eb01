// How the common fund stood over the last months: its pots, whether it covered what was owed, what was exposed, and what the pots paid.
import { pots } from "@partcommune/shared/governance/rules/pots";
import { readFundHistory } from "@partcommune/shared/mutual/api";
import { entryKinds } from "@partcommune/shared/money/rules/entry";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { Money, useMoney } from "../../ui/money.tsx";
import { useDay, useMonth } from "../../ui/when.tsx";
import { useRatio } from "../parts/coverage.tsx";
import { OverTime } from "../parts/over-time.tsx";
import { PotMonths } from "../parts/pot-months.tsx";

type Told = ToldOf<typeof readFundHistory>;

export function History() {
  const t = useT();
  const [day, month, money, ratio] = [useDay(), useMonth(), useMoney(), useRatio()];
  const { months, limitPpm, exposure, payouts } = useWanted(readFundHistory, {});
  const covered = months.flatMap(({ month: of, coveragePpm: ppm }) =>
    ppm === undefined ? [] : [{ key: of, when: month(of.slice(0, 7)), value: ppm / 1_000_000, says: ratio(ppm) }],
  );
  const exposed = exposure.map(({ on, exposure: of }) => ({ key: on, when: day(on), value: Number(of.amount), says: money(of) }));
  return (
    <>
      <section>
        <h1>{t("history.title")}</h1>
        <p className="lead">{t("history.lead")}</p>
        <p>
          <Link to="/fund">{t("entries.fund")}</Link>
        </p>
      </section>
      <PotMonths months={months} />
      <OverTime
        id="coverage"
        title={t("history.coverage")}
        says={t("history.coverage.says", { limit: ratio(limitPpm) })}
        column={t("history.coverage.column")}
        points={covered}
        limit={limitPpm / 1_000_000}
      />
      <OverTime
        id="exposure"
        title={t("history.exposure")}
        says={t("history.exposure.says")}
        column={t("history.exposure.column")}
        points={exposed}
      />
      <Payouts payouts={payouts} />
    </>
  );
}

/** What the pots paid, so that nobody is known by it. */
function Payouts({ payouts }: Pick<Told, "payouts">) {
  const t = useT();
  const month = useMonth();
  const said = (kind: string): string => {
    const known = entryKinds.find((each) => each === kind);
    return known ? t(`entries.kind.${known}`) : kind;
  };
  const named = (name: string): string => {
    const pot = pots.find((each) => each === name);
    return pot ? t(`governance.pot.${pot}`) : name;
  };
  return (
    <section aria-labelledby="payouts">
      <h2 id="payouts">{t("history.payouts")}</h2>
      <p>{t("history.payouts.says")}</p>
      {payouts.length === 0 ? <p role="status">{t("history.payouts.none")}</p> : undefined}
      <ul className="rows">
        {payouts.map(({ pot, month: of, kind, rules, about }, at) => (
          <li key={`${of} ${at}`}>
            <div>
              <h3>{t("history.payout", { what: said(kind), pot: named(pot) })}</h3>
              <p>
                {month(of.slice(0, 7))}
                {rules.map(({ key, version }) => (
                  <span key={key}>
                    {" · "}
                    <Link to={`/bylaws/${key}`}>{t("entries.entry.rule", { rule: t(`governance.bylaw.${key}`), version })}</Link>
                  </span>
                ))}
              </p>
            </div>
            <strong>
              {t("history.about")} <Money of={about} />
            </strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
