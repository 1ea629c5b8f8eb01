// What a payload names besides bylaws: a seat that is held, an applicant who agreed to be named, a day that lies ahead, our own books.
import type { Payload } from "@partcommune/shared/governance/rules/proposal";
import type { Named } from "@partcommune/shared/governance/rules/writing";
import { outside } from "@partcommune/shared/membership/rules";
import type { Id } from "@partcommune/shared/platform/id";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { College } from "@partcommune/shared/governance/rules/words";
import { bookOf } from "../../platform/store.ts";
import type { View } from "../../platform/scope.ts";
import { collegeToElect } from "./board.ts";
import { electionsUnderWay } from "./seats.ts";

/** The things a payload names, as far as they exist; `proposal`: whose payload it is, once it has been kept. */
export async function namedIn(view: View, payload: Payload, proposal?: Id): Promise<Named> {
  const { db, now } = view;
  if (payload.kind === "election") return { college: await collegeNamed(view, payload.college, proposal) };
  if (payload.kind === "admission") return { applicant: await applicantShown(db, payload.member) };
  if (payload.kind === "budget") return { today: dayOf(now, (await bookOf(db)).zone) };
  if (payload.kind === "treaty") return { book: { currency: (await bookOf(db)).currency, now } };
  if (payload.kind !== "recall") return {};
  const seat = await db
    .selectFrom("governance.seat")
    .select("id")
    .where("id", "=", payload.seat)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return { seat: seat?.id };
}

/** Whether another election is under way. It keeps none from its end that is under way itself: one that was kept from the vote may be appealed meanwhile. */
async function collegeNamed(view: View, college: College, proposal?: Id): Promise<Named["college"]> {
  const underWay = (await electionsUnderWay(view)).filter((each) => each.college === college);
  const runs = underWay.length > 0 && underWay.every((each) => each.proposal !== proposal);
  return { ...(await collegeToElect(view, college)), runs };
}

async function applicantShown(db: View["db"], member: Id): Promise<Id | undefined> {
  const row = await db
    .selectFrom("membership.presented_card")
    .select("id")
    .where("id", "=", member)
    .where("stage", "in", [...outside])
    .executeTakeFirst();
  return row?.id ?? undefined;
}
