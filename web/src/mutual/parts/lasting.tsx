// How long the fund lasts: months of what the coop costs, weeks of what members are paid, and what stands in front because clients pay later.
import type { readFund } from "@partcommune/shared/mutual/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Money, useMoney } from "../../ui/money.tsx";

type Told = Pick<ToldOf<typeof readFund>, "lasting" | "front" | "losses">;

export function Lasting({ fund: { lasting, front, losses } }: { readonly fund: Told }) {
  const t = useT();
  const say = useMoney();
  const { language } = useSpeech();
  const tenths = (count: number): string => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(count / 10);
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 2 });
  const { runningCost, runningTenths, payouts, reserveTenths, reserveTargetWeeks } = lasting;
  return (
    <section aria-labelledby="lasting">
      <h2 id="lasting">{t("mutual.lasting.title")}</h2>
      <dl className="facts">
        <Fact says={t("mutual.lasting.running")}>
          {runningTenths === undefined
            ? t("mutual.lasting.noCost")
            : t("mutual.lasting.months", { months: tenths(runningTenths), cost: say(runningCost) })}
        </Fact>
        <Fact says={t("mutual.lasting.reserve")}>
          {reserveTenths === undefined
            ? t("mutual.lasting.noPayouts", { target: reserveTargetWeeks })
            : t("mutual.lasting.weeks", { weeks: tenths(reserveTenths), payouts: say(payouts), target: reserveTargetWeeks })}
        </Fact>
        <Fact says={t("mutual.lasting.front")}>
          <Money of={front.need} />
        </Fact>
        <Fact says={t("mutual.lasting.losses")}>{percent.format(losses.lostPpm / 1_000_000)}</Fact>
        <Fact says={t("mutual.lasting.breakEven")}>{percent.format(losses.breakEvenPpm / 1_000_000)}</Fact>
      </dl>
      <p className="hint">
        {t("mutual.lasting.how", { turnover: say(front.turnover), clientDays: front.clientDays, memberDays: front.memberDays })}
      </p>
    </section>
  );
}
