// The one place that writes `application/problem+json` (RFC 9457).
import type { FastifyReply, FastifyRequest } from "fastify";
import { askPerson } from "@partcommune/shared/platform/api/review";
import { problems } from "@partcommune/shared/problems";
import { jsonText } from "@partcommune/shared/platform/json";
import { isReviewable, refuse, sentence, type Fault, type ProblemBody, type Refusal } from "@partcommune/shared/platform/refusal";
import { isAway } from "./database.ts";
import { Refused } from "./refused.ts";

/** What a refusal looks like to a caller. An undeclared name is a fault of ours. */
export function problemOf(refusal: Refusal, faults: readonly Fault[], instance: string): ProblemBody {
  const declared = problems[refusal.type];
  if (!declared) throw new Error(`undeclared refusal ${refusal.type}`);
  const { status, says, rule, changedBy } = declared;
  const detail = sentence(says, refusal.facts);
  return {
    type: `/problems/${refusal.type}`,
    title: refusal.type,
    status,
    detail,
    instance,
    ...(faults.length > 0 ? { errors: faults } : {}),
    ...(rule ? { rule } : {}),
    ...(changedBy ? { changedBy } : {}),
    ...(isReviewable(declared) ? { review: askPerson.path } : {}),
    facts: refusal.facts,
  };
}

/** Answers with a problem document; bigint facts travel as text. */
export async function answerProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal,
  faults: readonly Fault[] = [],
): Promise<FastifyReply> {
  const body = problemOf(refusal, faults, request.id);
  if (body.status === 503) reply.header("retry-after", "1");
  if (body.status === 429) reply.header("retry-after", String(refusal.facts["seconds"] ?? 60));
  const text = jsonText(body);
  return reply.code(body.status).type("application/problem+json; charset=utf-8").header("cache-control", "no-store").send(text);
}

/** What an error thrown anywhere behind the doors is told as. Whatever nobody expected gives nothing away. */
export function refusalIn(error: unknown): { readonly refusal: Refusal; readonly faults: readonly Fault[]; readonly expected: boolean } {
  if (error instanceof Refused) return { refusal: error.refusal, faults: error.faults, expected: true };
  const { statusCode, code } = error as { statusCode?: number; code?: string };
  if (statusCode === 413 || code === "FST_ERR_CTP_BODY_TOO_LARGE") return { refusal: refuse("too-big"), faults: [], expected: true };
  if (statusCode === 415) return { refusal: refuse("wrong-type"), faults: [], expected: true };
  if (statusCode === 429) return { refusal: refuse("too-many", { seconds: 60 }), faults: [], expected: true };
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return { refusal: refuse("unreadable"), faults: [], expected: true };
  if (isAway(error)) return { refusal: refuse("try-again"), faults: [], expected: true };
  return { refusal: refuse("our-fault"), faults: [], expected: false };
}
