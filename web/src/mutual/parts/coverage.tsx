// Whether the coop could pay all it owes: the ratio, and the four sums it is made of.
import type { readFund } from "@partcommune/shared/mutual/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Opens } from "./opens.tsx";

type Sums = ToldOf<typeof readFund>["coverage"];

/** Parts per million as a ratio of two decimals, rounded down: never a coverage that is not there. */
export function useRatio(): (ppm: bigint | number) => string {
  const { language } = useSpeech();
  const format = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2, roundingMode: "floor" });
  return (ppm) => format.format(Number(ppm) / 1_000_000);
}

export function Coverage({ coverage }: { readonly coverage: Sums }) {
  const t = useT();
  const ratio = useRatio();
  const { bank, vatDue, owedToMembers, inTransit, owedToSisters, ppm, withReceivablesPpm, limitPpm, level } = coverage;
  return (
    <section aria-labelledby="coverage">
      <h2 id="coverage">{t("mutual.coverage.title")}</h2>
      <p className="lead">
        {ppm === undefined ? t("mutual.coverage.nothingOwed") : t("mutual.coverage.says", { covered: ratio(ppm) })}
        {ppm !== undefined && ppm < 1_000_000 ? ` ${t("mutual.coverage.rest")}` : ""}
      </p>
      {level === "fine" ? undefined : (
        <p className={level === "red" ? "wrong" : "hint"}>{t(`mutual.coverage.${level}`, { limit: ratio(limitPpm) })}</p>
      )}
      <dl className="facts sums">
        <Fact says={t("mutual.coverage.bank")}>
          <Opens figure="bank" of={bank} />
        </Fact>
        <Fact says={t("mutual.coverage.vatDue")}>
          − <Opens figure="vatDue" of={vatDue} />
        </Fact>
        {/[1-9]/.test(owedToSisters.amount) ? (
          <Fact says={t("mutual.coverage.sisters")}>
            − <Opens figure="owedToSisters" of={owedToSisters} />
          </Fact>
        ) : undefined}
        <Fact says={t("mutual.coverage.owed")}>
          <Opens figure="owedToMembers" of={owedToMembers} />
        </Fact>
        <Fact says={t("mutual.coverage.inTransit")}>
          + <Opens figure="inTransit" of={inTransit} />
        </Fact>
      </dl>
      {withReceivablesPpm === undefined ? undefined : <p>{t("mutual.coverage.withReceivables", { covered: ratio(withReceivablesPpm) })}</p>}
      <p className="hint">{t("mutual.coverage.how")}</p>
    </section>
  );
}
