// Who looked through the rules of the coop's country: named by the board, read by everybody, asked before work is agreed on and papers leave.
import type { reviewCountry as ReviewCountry } from "@partcommune/shared/platform/api";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import { objectionToPapers, objectionToReview, type PackReview } from "@partcommune/shared/platform/packs";
import type { Day } from "@partcommune/shared/platform/time";
import type { Database, Tx } from "./database.ts";
import { refuseIf, refuseUnless } from "./refused.ts";
import type { Action } from "./scope.ts";

type Columns = { readonly reviewer: string | null; readonly reviewedOn: Day | null };

/** The review that a row keeps, if there was one. */
export const reviewIn = ({ reviewer, reviewedOn }: Columns): { readonly review?: PackReview } =>
  reviewer === null || reviewedOn === null ? {} : { review: { reviewer, reviewedOn } };

/** Names who looked through the rules of the coop's country. */
export const reviewCountry: Action<InputOf<typeof ReviewCountry>, AnswerOf<typeof ReviewCountry>> = async (scope, review) => {
  const coop = await scope.tx.selectFrom("platform.coop").select(["id", "zone"]).forUpdate().executeTakeFirst();
  refuseUnless(coop !== undefined, "not-founded");
  refuseIf(objectionToReview(review, dayOf(scope.now, coop.zone)));
  const { reviewer, reviewedOn } = review;
  await scope.tx.updateTable("platform.coop").set({ reviewer, reviewed_on: reviewedOn }).where("id", "=", coop.id).execute();
  scope.emit({ type: "country.reviewed", subject: coop.id, body: review, about: ["coop"] });
  return {};
};

/** Refuses to agree on work, or to issue a paper, by the rules of a country that nobody has looked through. */
export async function refuseDraft(db: Database | Tx): Promise<void> {
  const row = await db.selectFrom("platform.coop").select(["country", "demo", "reviewer", "reviewed_on as reviewedOn"]).executeTakeFirst();
  refuseUnless(row !== undefined, "not-founded");
  const { country, demo, ...review } = row;
  refuseIf(objectionToPapers({ country, demo, ...reviewIn(review) }));
}
