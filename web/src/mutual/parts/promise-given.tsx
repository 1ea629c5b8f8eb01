// One promise in a sentence, with its reasons, and each rule it obeyed with the vote behind it.
import type { readProtection } from "@partcommune/shared/mutual/api/protection";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { Link } from "../../ui/link.tsx";
import { useMoney } from "../../ui/money.tsx";
import { Reasons } from "./promise.tsx";

type Told = ToldOf<typeof readProtection>["items"][number]["promises"][number];

export function PromiseGiven({ promise: { guaranteed, workingDays, amount, answers, later, bylaws } }: { readonly promise: Told }) {
  const t = useT();
  const money = useMoney();
  return (
    <>
      {later ? <p className="hint">{t("protection.later")}</p> : undefined}
      <p>
        {guaranteed ? t("protection.given", { amount: money(amount), days: workingDays }) : t("protection.not", { amount: money(amount) })}
      </p>
      <Reasons answers={answers} folded />
      <details className="folded">
        <summary>{t("protection.rules")}</summary>
        <ul>
          {bylaws.map(({ key, version, vote }) => (
            <li key={key}>
              <Link to={`/bylaws/${key}`}>{t("protection.rule", { rule: t(`governance.bylaw.${key}`), version })}</Link>,{" "}
              {vote ? <Link to={`/votes/${vote}`}>{t("protection.rule.vote")}</Link> : t("protection.rule.founding")}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
