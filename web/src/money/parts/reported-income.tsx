// A member's copy of what the coop told its tax office of them, year by year and by quarters.
import { readReportedIncome } from "@partcommune/shared/money/api/income-report";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { useMoney } from "../../ui/money.tsx";
import { At } from "../../ui/when.tsx";

type Year = ToldOf<typeof readReportedIncome>["items"][number];

export function ReportedIncome({ member }: { readonly member: string }) {
  const t = useT();
  const { items } = useWanted(readReportedIncome, { member }, `member:${member}`);
  if (items.length === 0) return undefined;
  return (
    <section aria-labelledby="reported">
      <h2 id="reported">{t("incomes.copy.title")}</h2>
      <p>{t("incomes.copy.says")}</p>
      {items.map((each) => (
        <OneYear key={each.year} of={each} />
      ))}
    </section>
  );
}

function OneYear({ of: { year, reportedAt, quarters } }: { readonly of: Year }) {
  const t = useT();
  const say = useMoney();
  return (
    <>
      <h3>{year}</h3>
      <p>
        {t("incomes.copy.reported")} <At at={reportedAt} />.
      </p>
      <dl className="facts">
        {quarters.map(({ paid, fees, works }, at) => (
          <Fact key={at} says={t("incomes.copy.quarter", { no: at + 1 })}>
            {t("incomes.copy.figures", { paid: say(paid), fees: say(fees), works })}
          </Fact>
        ))}
      </dl>
    </>
  );
}
