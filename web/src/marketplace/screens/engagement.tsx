// One engagement, the same page for its two sides: what is next and by whom, the quote in words, and who signed it.
import { readEngagement } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { moneyFrom } from "@partcommune/shared/platform/money";
import { useParams } from "@tanstack/react-router";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { Link } from "../../ui/link.tsx";
import { Until } from "../../ui/when.tsx";
import { Quote } from "../parts/quote.tsx";
import { Way } from "../parts/way.tsx";
import { Decline, hasSigned, Sign, Signatures } from "../parts/signing.tsx";

type EngagementTold = ToldOf<typeof readEngagement>;

export function Engagement() {
  const t = useT();
  const { engagement: id } = useParams({ strict: false });
  const engagement = useWanted(readEngagement, { engagement: id ?? "" }, `engagement:${id}`);
  useLive(`engagement:${engagement.id}`);
  const { title, client, member, state } = engagement;
  return (
    <article className="job">
      <header>
        <p className="steps">{t(`marketplace.engagement.state.${state}`)}</p>
        <h1>{title}</h1>
        <p>{t("marketplace.engagement.between", { client, member })}</p>
      </header>
      <Next engagement={engagement} />
      <Quote engagement={engagement} />
      <Signatures engagement={engagement} />
      {state === "quoted" ? <Decline engagement={engagement} /> : undefined}
      <p>
        <Link to={`/jobs/${engagement.job}`}>{t("marketplace.engagement.job")}</Link>
      </p>
    </article>
  );
}

/** What comes next in one sentence, with its button where it is the reader's. */
function Next({ engagement }: { readonly engagement: EngagementTold }) {
  const t = useT();
  const { state, side, client, member, signUntil } = engagement;
  if (state !== "quoted") return undefined;
  const mine = !hasSigned(engagement);
  return (
    <section aria-label={t("marketplace.next")} className="next">
      <p className="lead">
        {mine ? t("marketplace.next.sign") : t("marketplace.next.waitsFor", { name: side === "client" ? member : client })}{" "}
        <Until at={signUntil} />.
      </p>
      {side === "member" ? <Way price={engagement.amount} minor={moneyFrom(engagement.amount).minor} /> : undefined}
      {mine ? <Sign engagement={engagement} /> : undefined}
    </section>
  );
}
