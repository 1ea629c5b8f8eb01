// Questions on jobs in SQL.
import { sql } from "kysely";
import type { askQuestion, listQuestions } from "@partcommune/shared/marketplace/api";
import { buysFrom } from "@partcommune/shared/marketplace/rules/acceptance";
import { postsFor, type JobState } from "@partcommune/shared/marketplace/rules/job";
import { questionTable, type AskedAbout, type Audience, type QuestionState } from "@partcommune/shared/marketplace/rules/question";
import { stateAfter, statesBefore } from "@partcommune/shared/platform/table";
import type { Stage } from "@partcommune/shared/membership/rules";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope, View } from "../../platform/scope.ts";
import { clientOfJobSeen, jobSeenBy } from "./seen-jobs.ts";

type Page = AnswerOf<typeof listQuestions>;

/** The questions on a job that whoever asks may read, oldest first; the client's people read all. */
export async function questionsSeen(view: View, { job: id }: InputOf<typeof listQuestions>): Promise<Page> {
  const { db, actor } = view;
  const client = await clientOfJobSeen(view, id);
  const member = actor.kind === "person" ? (actor.member ?? null) : null;
  const rows = await db
    .selectFrom("marketplace.question as question")
    .innerJoin("membership.member_card as card", "card.id", "question.member")
    .selectAll("question")
    .innerJoin("marketplace.job as job", "job.id", "question.job")
    .select(["card.name", "job.blind"])
    .where("question.job", "=", id)
    .$if(!buysFrom(actor, client), (query) =>
      query.where((eb) =>
        eb.or([
          eb("question.member", "=", member),
          eb.and([eb("audience", "=", "public"), eb("question.state", "=", stateAfter(questionTable, "answer"))]),
        ]),
      ),
    )
    .orderBy("asked_at")
    .orderBy("question.id")
    .limit(500)
    .execute();
  return {
    items: rows.map((row) => ({
      id: row.id,
      audience: row.audience as Audience,
      text: row.text,
      askedAt: row.asked_at,
      ...(buysFrom(actor, client) && !row.blind ? { asker: row.name ?? "" } : {}),
      mine: row.member === member,
      ...(row.answer === null || row.answered_at === null ? {} : { answer: row.answer, answeredAt: row.answered_at }),
      answerable: postsFor(actor, client) && row.state === "asked",
    })),
  };
}

/** A job as a question meets it, for whoever may see it. */
export async function jobToAskAbout({ tx, actor }: Scope, id: Id): Promise<(AskedAbout & { readonly blind: boolean }) | undefined> {
  const row = await tx
    .selectFrom("marketplace.job as job")
    .select(["client", "state", "bids_until", "blind", "elsewhere"])
    .where("id", "=", id)
    .where(jobSeenBy(actor))
    .executeTakeFirst();
  if (!row) return undefined;
  const { client, state, bids_until: bidsUntil, blind, elsewhere } = row;
  return { client, state: state as JobState, bidsUntil, blind, elsewhere: elsewhere !== null };
}

/** The stage a member is in, and how many questions they asked on this job. Two asked at once must count each other. */
export async function askerOf({ tx }: Scope, member: Id, job: Id): Promise<{ readonly stage: Stage; readonly asked: number } | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`questions ${member} ${job}`}, 0))`.execute(tx);
  const row = await tx
    .selectFrom("membership.member_card")
    .select(({ selectFrom }) => [
      "stage",
      selectFrom("marketplace.question")
        .select(({ fn }) => fn.countAll<bigint>().as("count"))
        .where("member", "=", member)
        .where("job", "=", job)
        .as("asked"),
    ])
    .where("id", "=", member)
    .executeTakeFirst();
  return row && { stage: row.stage as Stage, asked: Number(row.asked ?? 0n) };
}

export async function saveQuestion({ tx, now, id: newId }: Scope, member: Id, question: InputOf<typeof askQuestion>): Promise<Id> {
  const id = newId();
  await tx
    .insertInto("marketplace.question")
    .values({ ...question, id, member, state: stateAfter(questionTable, "ask"), asked_at: now })
    .execute();
  return id;
}

export type QuestionToAnswer = { readonly job: Id; readonly client: Id; readonly state: QuestionState };

/** A question with the client it is put to, for that client's people; for others there is none. */
export async function questionToAnswer({ tx, actor }: Scope, id: Id): Promise<QuestionToAnswer | undefined> {
  const row = await tx
    .selectFrom("marketplace.question as question")
    .innerJoin("marketplace.job as job", "job.id", "question.job")
    .select(["question.job", "job.client", "question.state"])
    .where("question.id", "=", id)
    .executeTakeFirst();
  return row && buysFrom(actor, row.client) ? { ...row, state: row.state as QuestionState } : undefined;
}

/** Keeps an answer. True for exactly one of several at once. */
export async function saveAnswer({ tx, now }: Scope, id: Id, answer: string): Promise<boolean> {
  const answered = await tx
    .updateTable("marketplace.question")
    .set({ answer, answered_at: now, state: stateAfter(questionTable, "answer") })
    .where("id", "=", id)
    .where("state", "in", statesBefore(questionTable, "answer"))
    .executeTakeFirst();
  return answered.numUpdatedRows === 1n;
}
