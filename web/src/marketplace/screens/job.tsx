// One job whole: what is to be done, when, where, for how much, and until when one may bid.
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { readJob } from "@partcommune/shared/marketplace/api";
import { useParams } from "@tanstack/react-router";
import { useWanted } from "../../platform/call.tsx";
import { useLive } from "../../platform/live.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Fact } from "../../ui/fact.tsx";
import { Markdown } from "../../ui/markdown.tsx";
import { Money } from "../../ui/money.tsx";
import { At, Day, Until } from "../../ui/when.tsx";
import { readMe } from "@partcommune/shared/membership/api";
import { later } from "../../ui/later.tsx";
import { AskedPrice } from "../parts/asked-price.tsx";
import { mayBid } from "../parts/may-bid.ts";
import { PlaceOf } from "../parts/place.tsx";
import { TaxedAs } from "../parts/taxed-as.tsx";
import { Questions } from "../parts/questions.tsx";

/** Offers are placed and compared by people who signed in. */
const Bids = later(async () => (await import("../parts/bids.tsx")).Bids);
const JobChanges = later(async () => (await import("../parts/job-changes.tsx")).JobChanges);
const Posted = later(async () => (await import("../parts/posted.tsx")).Posted);

export function Job() {
  const t = useT();
  const { job: id } = useParams({ strict: false });
  const { language } = useSpeech();
  const job = useWanted(readJob, { job: id ?? "", labels: language }, `job:${id}`);
  useLive(`job:${job.id}`);
  const { person } = useWanted(readMe, {});
  return (
    <article className="job">
      <header>
        <p className="steps">{t(`marketplace.state.${job.state}`)}</p>
        <h1>{job.title}</h1>
        <p>{t("marketplace.job.by", { client: job.client })}</p>
        {job.elsewhere ? <Elsewhere of={job.elsewhere} /> : undefined}
      </header>
      <div className="split">
        <Markdown html={job.html} lang={job.language} />
        <dl className="facts">
          <Fact says={t("marketplace.job.price")}>
            <AskedPrice of={job} />
          </Fact>
          <TaxedAs service={job.service} />
          {job.milestones.map(({ number, title, amount }) => (
            <Fact key={number} says={t("marketplace.milestone.named", { number, title })}>
              <Money of={amount} />
            </Fact>
          ))}
          <Fact says={t("marketplace.job.trade")}>{job.trade}</Fact>
          {job.skills.length > 0 ? (
            <Fact says={t("marketplace.search.skills")}>{job.skills.map(({ label }) => label).join(" · ")}</Fact>
          ) : undefined}
          <Fact says={t("marketplace.job.place")}>
            <PlaceOf place={job.place} />
          </Fact>
          <Fact says={t("marketplace.job.dates")}>
            <Day on={job.startOn} /> – <Day on={job.endOn} />
          </Fact>
          <Fact says={t("marketplace.job.bidsUntil")}>
            <Until at={job.bidsUntil} />
          </Fact>
          {job.bidding === "sealed" || job.blind ? (
            <Fact says={t("marketplace.job.choice")}>
              {job.bidding === "sealed" ? <p>{t("marketplace.job.sealed")}</p> : undefined}
              {job.blind ? <p>{t("marketplace.job.blind")}</p> : undefined}
            </Fact>
          ) : undefined}
          {job.visibility === "public" ? undefined : (
            <Fact says={t("marketplace.job.seenBy")}>{t(`marketplace.visibility.${job.visibility}`)}</Fact>
          )}
          {job.changedAt ? (
            <Fact says={t("marketplace.job.changedAt")}>
              <At at={job.changedAt} />
            </Fact>
          ) : undefined}
        </dl>
      </div>
      {person && job.changedAt ? <JobChanges job={job.id} /> : undefined}
      {person && (!job.elsewhere || isSister(job.elsewhere)) ? <Bids job={job} currency={job.currency} /> : undefined}
      {job.elsewhere ? undefined : <Questions job={job} mayAsk={job.state === "open" && !job.mine && mayBid(person?.stage)} />}
      {job.mine ? <Posted job={job} /> : undefined}
    </article>
  );
}

type Posted = NonNullable<ToldOf<typeof readJob>["elsewhere"]>;

/** Whether our members bid on jobs of that coop here. */
const isSister = ({ hostSharePpm }: Posted): boolean => hostSharePpm !== undefined;

/** A job of another coop: under a treaty it is bid for here, otherwise there. */
function Elsewhere({ of }: { readonly of: Posted }) {
  const t = useT();
  const { coop, url } = of;
  const sister = isSister(of);
  return (
    <aside className="next">
      <p>{t(sister ? "marketplace.sister.says" : "marketplace.elsewhere.says", { coop })}</p>
      <p>
        <a href={url} className={sister ? "" : "button"} rel="noopener noreferrer">
          {t("marketplace.elsewhere.read", { coop })}
        </a>
      </p>
    </aside>
  );
}
