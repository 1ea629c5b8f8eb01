// Questions on a job and what its client answered: read by everybody, without script too.
import { listQuestions } from "@partcommune/shared/marketplace/api";
import type { ToldOf } from "@partcommune/shared/platform/endpoint";
import type { readJob } from "@partcommune/shared/marketplace/api";
import { useWanted } from "../../platform/call.tsx";
import { useT } from "../../platform/i18n.tsx";
import { later } from "../../ui/later.tsx";
import { At } from "../../ui/when.tsx";

type JobTold = ToldOf<typeof readJob>;
export type QuestionTold = ToldOf<typeof listQuestions>["items"][number];

const Answering = later(async () => (await import("./asking.tsx")).Answering);
const Asking = later(async () => (await import("./asking.tsx")).Asking);

export function Questions({ job, mayAsk }: { readonly job: JobTold; readonly mayAsk: boolean }) {
  const t = useT();
  const { items } = useWanted(listQuestions, { job: job.id }, `job:${job.id}`);
  if (items.length === 0 && job.state !== "open") return undefined;
  return (
    <section aria-labelledby="questions">
      <h2 id="questions">{t("marketplace.questions.title")}</h2>
      {items.length === 0 ? <p>{t("marketplace.questions.empty")}</p> : undefined}
      <ul className="plain">
        {items.map((question) => (
          <Question key={question.id} question={question} />
        ))}
      </ul>
      {mayAsk ? <Asking job={job.id} /> : undefined}
    </section>
  );
}

function Question({ question }: { readonly question: QuestionTold }) {
  const t = useT();
  const { audience, text, askedAt, asker, mine, answer, answeredAt, answerable } = question;
  const by = mine ? t("marketplace.questions.you") : asker;
  return (
    <li className="milestone">
      <p className="hint">
        {by ? `${by} · ` : undefined}
        {audience === "private" ? `${t("marketplace.questions.private")} · ` : undefined}
        <At at={askedAt} />
      </p>
      <p className="letter">{text}</p>
      {answer && answeredAt ? (
        <>
          <p className="hint">
            {t("marketplace.questions.answer")} · <At at={answeredAt} />
          </p>
          <blockquote className="letter">{answer}</blockquote>
        </>
      ) : undefined}
      {!answer && mine ? <p className="hint">{t("marketplace.questions.waits")}</p> : undefined}
      {answerable ? <Answering question={question} /> : undefined}
    </li>
  );
}
