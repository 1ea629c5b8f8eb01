// What people asked a person about, in SQL.
import type { decideReview, listOwnReviews, listReviews } from "@partcommune/shared/membership/api/reviews";
import type { Decision, Review } from "@partcommune/shared/membership/rules/review";
import type { askPerson } from "@partcommune/shared/platform/api/review";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import { problems } from "@partcommune/shared/problems";
import { refuseUnless } from "../../platform/refused.ts";
import type { Scope, View } from "../../platform/scope.ts";

type Asking = InputOf<typeof askPerson>;
type Facts = Asking["facts"];

/** Keeps a question. The same one waits once: of two at a time the second is told so. */
export async function saveReview({ tx, now, id }: Scope, person: Id, { facts, ...asked }: Asking, answerBy: Instant): Promise<Id> {
  const saved = id();
  const row = await tx
    .insertInto("membership.review")
    .values({ id: saved, asked_by: person, ...asked, facts: JSON.stringify(facts), at: now, answer_by: answerBy })
    .onConflict((conflict) => conflict.columns(["asked_by", "instance"]).where("decided_at", "is", null).doNothing())
    .executeTakeFirst();
  refuseUnless(row.numInsertedOrUpdatedRows === 1n, "review-waits", { answerBy });
  return saved;
}

export type Held = Review & { readonly id: Id; readonly text: string };

/** A question held until the act ends, with whoever decided on it before. */
export async function reviewHeld({ tx }: Scope, review: Id): Promise<Held | undefined> {
  const row = await tx
    .selectFrom("membership.review")
    .select(["asked_by", "instance", "text", "decided_at"])
    .where("id", "=", review)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return undefined;
  const before = await tx
    .selectFrom("membership.review")
    .select("decided_by")
    .where("asked_by", "=", row.asked_by)
    .where("instance", "=", row.instance)
    .where("decided_by", "is not", null)
    .where("id", "<>", review)
    .execute();
  return {
    id: review,
    askedBy: row.asked_by,
    text: row.text,
    isDecided: row.decided_at !== null,
    decidedBefore: before.flatMap(({ decided_by: by }) => by ?? []),
  };
}

type Answering = Omit<InputOf<typeof decideReview>, "review">;

/** Keeps the answer. True for exactly one caller. */
export async function saveDecision({ tx, now }: Scope, review: Id, by: Id, { decision, reason, doneBy }: Answering): Promise<boolean> {
  const row = await tx
    .updateTable("membership.review")
    .set({ decided_by: by, decision, reason, done_by: doneBy ?? null, decided_at: now })
    .where("id", "=", review)
    .where("decided_at", "is", null)
    .executeTakeFirst();
  return row.numUpdatedRows === 1n;
}

type Row = {
  readonly id: Id;
  readonly refusal: string;
  readonly facts: unknown;
  readonly text: string;
  readonly at: Instant;
  readonly answer_by: Instant;
};

/** A question as it is read: with what the law says of it today. */
function asRead({ id, refusal, facts, text, at, answer_by: answerBy }: Row) {
  const { says = "", rule, changedBy } = problems[refusal] ?? {};
  return { id, refusal, says, ...(rule ? { rule } : {}), ...(changedBy ? { changedBy } : {}), facts: facts as Facts, text, at, answerBy };
}

const columns = ["review.id", "review.refusal", "review.facts", "review.text", "review.at", "review.answer_by"] as const;

/** What waits for an answer, longest first. */
export async function openReviews({ db, actor, now }: View, { limit }: InputOf<typeof listReviews>): Promise<AnswerOf<typeof listReviews>> {
  const rows = await db
    .selectFrom("membership.review as review")
    .innerJoin("membership.person as person", "person.id", "review.asked_by")
    .select([...columns, "review.asked_by", "person.name"])
    .where("review.decided_at", "is", null)
    .orderBy("review.at")
    .orderBy("review.id")
    .limit(limit)
    .execute();
  return {
    items: rows.map((row) => ({
      ...asRead(row),
      name: row.name,
      late: row.answer_by <= now,
      mine: actor.kind === "person" && row.asked_by === actor.person,
    })),
  };
}

/** What whoever asks wanted a person to look at, newest first. */
export async function ownReviews({ db, actor }: View): Promise<AnswerOf<typeof listOwnReviews>> {
  if (actor.kind !== "person") return { items: [] };
  const rows = await db
    .selectFrom("membership.review as review")
    .leftJoin("membership.person as person", "person.id", "review.decided_by")
    .select([...columns, "person.name", "review.decision", "review.reason", "review.done_by", "review.decided_at"])
    .where("review.asked_by", "=", actor.person)
    .orderBy("review.at", "desc")
    .orderBy("review.id", "desc")
    .limit(50)
    .execute();
  return { items: rows.map((row) => ({ ...asRead(row), ...decidedFrom(row) })) };
}

type DecidedRow = {
  readonly name: string | null;
  readonly decision: string | null;
  readonly reason: string | null;
  readonly done_by: string | null;
  readonly decided_at: Instant | null;
};

function decidedFrom({ name, decision, reason, done_by: doneBy, decided_at: at }: DecidedRow) {
  if (name === null || decision === null || reason === null || at === null) return {};
  return { decided: { by: name, decision: decision as Decision, reason, ...(doneBy === null ? {} : { doneBy }), at } };
}
