// Whom a job and its bids concern before there is an engagement: those whose bids stand, and those who posted it.
import type { Fact } from "@partcommune/shared/events";
import { bidTable } from "@partcommune/shared/marketplace/rules/bid";
import { statesBefore } from "@partcommune/shared/platform/table";
import type { Id } from "@partcommune/shared/platform/id";
import type { NoticeKind } from "@partcommune/shared/platform/rules/notices";
import { peopleOfClient } from "../../membership/index.ts";
import type { Telling } from "../../platform/notices/telling.ts";
import type { View } from "../../platform/scope.ts";
import { crossedBid } from "./across.ts";

const bidders = ({ db }: View) =>
  db
    .selectFrom("marketplace.bid as bid")
    .innerJoin("marketplace.bid_part as part", "part.bid", "bid.id")
    .innerJoin("membership.member_card as card", "card.id", "part.member")
    .innerJoin("marketplace.job as job", "job.id", "bid.job")
    .select(["card.person", "job.title", "bid.job"]);

/** Tells everybody whose bid waits for an answer of something about its job. */
export async function toBidders(view: View, kind: NoticeKind, job: Id): Promise<Telling | undefined> {
  const rows = await bidders(view).where("bid.job", "=", job).where("bid.state", "in", statesBefore(bidTable, "withdraw")).execute();
  const [first] = rows;
  return first && { kind, place: "job", subject: job, values: { title: first.title }, people: rows.flatMap(({ person }) => person ?? []) };
}

/** Tells those who are on a bid of something about it. */
export async function toBidder(view: View, kind: NoticeKind, bid: Id): Promise<Telling | undefined> {
  const rows = await bidders(view).where("bid.id", "=", bid).execute();
  const [first] = rows;
  return (
    first && { kind, place: "job", subject: first.job, values: { title: first.title }, people: rows.flatMap(({ person }) => person ?? []) }
  );
}

/** Those who are on a bid that was accepted elsewhere hear why their own coop does not follow what the other says was agreed, and what becomes of the bid. */
export async function agreementTurnedAway(
  view: View,
  { subject, body: { because } }: Fact<"agreement.turnedAway">,
): Promise<Telling | undefined> {
  const [told, crossed] = [await toBidder(view, "agreementTurnedAway", subject), await crossedBid(view, subject)];
  const coop = crossed?.host === undefined ? "" : ((await view.coops([crossed.host])).get(crossed.host) ?? "");
  return told && { ...told, values: { ...told.values, coop, because } };
}

/** Tells everybody who buys for the client of something about their job. */
export async function toClient(view: View, kind: NoticeKind, subject: Id): Promise<Telling | undefined> {
  const job = await view.db.selectFrom("marketplace.job").select(["title", "client"]).where("id", "=", subject).executeTakeFirst();
  return job && { kind, place: "job", subject, values: { title: job.title }, people: await peopleOfClient(view, job.client) };
}

/** The same of a bid; of a sealed one nobody hears. */
export async function toClientUnlessSealed(view: View, kind: NoticeKind, subject: Id): Promise<Telling | undefined> {
  const job = await view.db.selectFrom("marketplace.job").select("bidding").where("id", "=", subject).executeTakeFirst();
  return job?.bidding === "open" ? toClient(view, kind, subject) : undefined;
}
