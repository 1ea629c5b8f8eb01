// Whether the coop could pay all it owes: the ratio, and the four sums it is made of.
import type { readFund } from "@partcommune/shared/mutual/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Money } from "../../ui/money.tsx";

type Sums = ToldOf<typeof readFund>["coverage"];

/** The ratio in percent, rounded down: never a coverage that is not there. Less than nothing covers nothing. */
export function useCovered({ ppm }: Pick<Sums, "ppm">): string | undefined {
  const { language } = useSpeech();
  if (ppm === undefined) return undefined;
  return new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1, roundingMode: "floor" }).format(
    Math.max(0, ppm) / 1_000_000,
  );
}

export function Coverage({ coverage }: { readonly coverage: Sums }) {
  const t = useT();
  const covered = useCovered(coverage);
  const { bank, vatDue, owedToMembers, inTransit, owedToSisters, ppm } = coverage;
  return (
    <section aria-labelledby="coverage">
      <h2 id="coverage">{t("mutual.coverage.title")}</h2>
      <p className="lead">
        {covered === undefined ? t("mutual.coverage.nothingOwed") : t("mutual.coverage.says", { covered })}
        {ppm !== undefined && ppm < 1_000_000 ? ` ${t("mutual.coverage.rest")}` : ""}
      </p>
      <dl className="facts sums">
        <Fact says={t("mutual.coverage.bank")}>
          <Money of={bank} />
        </Fact>
        <Fact says={t("mutual.coverage.vatDue")}>
          − <Money of={vatDue} />
        </Fact>
        {/[1-9]/.test(owedToSisters.amount) ? (
          <Fact says={t("mutual.coverage.sisters")}>
            − <Money of={owedToSisters} />
          </Fact>
        ) : undefined}
        <Fact says={t("mutual.coverage.owed")}>
          <Money of={owedToMembers} />
        </Fact>
        <Fact says={t("mutual.coverage.inTransit")}>
          + <Money of={inTransit} />
        </Fact>
      </dl>
      <p className="hint">{t("mutual.coverage.how")}</p>
    </section>
  );
}
