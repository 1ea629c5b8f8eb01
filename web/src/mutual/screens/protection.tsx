// What protects a member's own pay: what is secured, what waits, what stands in the queue, and of each piece of work the promise and the clock.
import { readMe } from "@partcommune/shared/membership/api";
import { readProtection } from "@partcommune/shared/mutual/api/protection";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { Link } from "../../ui/link.tsx";
import { PaymentClock } from "../parts/payment-clock.tsx";
import { PromiseGiven } from "../parts/promise-given.tsx";
import { ProtectionSums } from "../parts/protection-sums.tsx";

type Item = ToldOf<typeof readProtection>["items"][number];

export function Protection() {
  const t = useT();
  const { person } = useWanted(readMe, {});
  const topic = `member:${person?.member}`;
  useLive(topic);
  const { items, ...told } = useWanted(readProtection, {}, topic);
  const [open, over] = [items.filter((item) => item.open), items.filter((item) => !item.open)];
  return (
    <>
      <section>
        <h1>{t("protection.title")}</h1>
        <p className="lead">{t("protection.lead")}</p>
        <ProtectionSums {...told} />
        <p>
          <Link to="/my/money">{t("protection.entries")}</Link>
        </p>
      </section>
      <section aria-labelledby="works">
        <h2 id="works">{t("protection.works")}</h2>
        {open.length === 0 ? <p role="status">{items.length === 0 ? t("protection.none") : t("protection.ended.all")}</p> : undefined}
        {open.map((item) => (
          <Work key={item.engagement} item={item} />
        ))}
        {over.length > 0 ? (
          <details className="folded">
            <summary>{t("protection.ended", { count: over.length })}</summary>
            {over.map((item) => (
              <Work key={item.engagement} item={item} />
            ))}
          </details>
        ) : undefined}
      </section>
      <Gaps />
    </>
  );
}

/** One piece of work: what was promised, and how far each payment is. */
function Work({ item: { engagement, title, promises, payments } }: { readonly item: Item }) {
  const t = useT();
  return (
    <article className="branch">
      <h3>
        <Link to={`/my/engagements/${engagement}`}>{title}</Link>
      </h3>
      {promises.map((promise) => (
        <PromiseGiven key={promise.promisedAt} promise={promise} />
      ))}
      {payments.length === 0 ? <p>{t("protection.noPayment")}</p> : undefined}
      {payments.map((payment) => (
        <PaymentClock key={payment.id} payment={payment} />
      ))}
    </article>
  );
}

function Gaps() {
  const t = useT();
  return (
    <section aria-labelledby="gaps">
      <h2 id="gaps">{t("protection.gaps")}</h2>
      <ul>
        <li>{t("protection.gap.approval")}</li>
        <li>{t("protection.gap.dispute")}</li>
        <li>{t("protection.gap.between")}</li>
        <li>{t("protection.gap.refused")}</li>
      </ul>
    </section>
  );
}
