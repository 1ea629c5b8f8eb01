// What the client of a job alone sees: the bids side by side, and whom it invites.
import { readJob } from "@partcommune/shared/marketplace/api";
import { useParams } from "@tanstack/react-router";
import { useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { useLive } from "../../platform/live.tsx";
import { Link } from "../../ui/link.tsx";
import { Comparing } from "../parts/comparing.tsx";
import { Inviting } from "../parts/inviting.tsx";

export function Choose() {
  const t = useT();
  const { job: id = "" } = useParams({ strict: false });
  const { language } = useSpeech();
  const job = useWanted(readJob, { job: id, labels: language }, `job:${id}`);
  useLive(`job:${id}`);
  return (
    <article className="job">
      <header>
        <p className="steps">{t(`marketplace.state.${job.state}`)}</p>
        <h1>{job.title}</h1>
        <p>
          <Link to={`/jobs/${id}`}>{t("marketplace.post.see")}</Link>
        </p>
      </header>
      <Comparing job={job} />
      {job.blind ? undefined : <Inviting job={job} />}
    </article>
  );
}
