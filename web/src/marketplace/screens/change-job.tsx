// Changing a job that is open: the fields as they stand, and what a change asks of those who have bid.
import { changeJob, readJob } from "@partcommune/shared/marketplace/api";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import { useAct, useWanted } from "../../platform/call.tsx";
import { useSpeech, useT } from "../../platform/i18n.tsx";
import { Form } from "../../ui/form.tsx";
import { Link } from "../../ui/link.tsx";
import { JobFields, useJobForm, wordsOf } from "../parts/job-form.tsx";

export function ChangeJob() {
  const t = useT();
  const { language } = useSpeech();
  const { job: id } = useParams({ strict: false });
  const job = useWanted(readJob, { job: id ?? "", labels: language });
  return (
    <section className="sheet">
      <h1>{t("marketplace.change.title")}</h1>
      <p>
        <Link to={`/jobs/${job.id}`}>{job.title}</Link>
      </p>
      {job.acts.includes("change") ? <ChangeForm job={job} /> : <p>{t("marketplace.change.not")}</p>}
    </section>
  );
}

function ChangeForm({ job }: { readonly job: ToldOf<typeof readJob> }) {
  const t = useT();
  const { language } = useSpeech();
  const navigate = useNavigate();
  // What was shown when the fields were filled, whatever others do meanwhile.
  const [version] = useState(job.version);
  const form = useJobForm(wordsOf(job), job.place?.country);
  const { act, busy, refusal } = useAct(changeJob);
  const send = async (): Promise<void> => {
    const told = await act({ job: job.id, version, ...form.terms });
    if (told) await navigate({ to: `/${language}/jobs/${job.id}` });
  };
  return (
    <Form act={send} says={t("marketplace.change.act")} busy={busy} ready={form.ready} refusal={refusal}>
      <p>{t("marketplace.change.says")}</p>
      <JobFields form={form} refusal={refusal} />
    </Form>
  );
}
