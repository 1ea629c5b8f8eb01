// What everybody is told while the guarantee cannot pay on time: why, since when, and how much waits.
import type { readFund } from "@partcommune/shared/mutual/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useT } from "../../platform/i18n.tsx";
import { useMoney } from "../../ui/money.tsx";
import { At, useDay } from "../../ui/when.tsx";

export function Queue({ queue: { count, sum, oldest, alerts } }: { readonly queue: ToldOf<typeof readFund>["queue"] }) {
  const t = useT();
  const say = useMoney();
  const day = useDay();
  if (alerts.length === 0) return undefined;
  return (
    <section className="wrong" role="status" aria-labelledby="queue">
      <h2 id="queue">{t("mutual.queue.title")}</h2>
      {alerts.map(({ cause, since }) => (
        <p key={cause}>
          {t(`mutual.queue.cause.${cause}`)} {t("mutual.queue.since")} <At at={since} />.
        </p>
      ))}
      {count > 0 && oldest ? <p>{t("mutual.queue.says", { count, sum: say(sum), day: day(oldest) })}</p> : undefined}
    </section>
  );
}
