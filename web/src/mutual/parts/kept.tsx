// How the guarantee keeps its word: what was paid by its day, what came late and why, and what is exposed, lost and recovered.
import type { readFund } from "@partcommune/shared/mutual/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Opens } from "./opens.tsx";

export function Kept({
  counters: { due, onTime, late, exposure, lost, recovered },
}: {
  readonly counters: ToldOf<typeof readFund>["guarantee"];
}) {
  const t = useT();
  const causes = late.causes.map(({ cause, count }) => `${t(`mutual.counters.cause.${cause}`)} (${count})`).join(", ");
  return (
    <section aria-labelledby="kept">
      <h2 id="kept">{t("mutual.counters.title")}</h2>
      <p className="lead">{due === 0 ? t("mutual.counters.none") : t("mutual.counters.kept", { due, onTime })}</p>
      {late.count > 0 ? (
        <p>
          {t("mutual.counters.late", { count: late.count, days: late.worstDays ?? 0 })} {causes}
        </p>
      ) : undefined}
      <dl className="facts sums">
        <Fact says={t("mutual.counters.exposure")}>
          <Opens figure="exposed" of={exposure} />
        </Fact>
        <Fact says={t("mutual.counters.lost")}>
          <Opens figure="lost" of={lost} />
        </Fact>
        <Fact says={t("mutual.counters.recovered")}>
          <Opens figure="recovered" of={recovered} />
        </Fact>
      </dl>
    </section>
  );
}
