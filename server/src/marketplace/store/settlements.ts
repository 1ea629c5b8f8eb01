// Proposals to settle a dispute, in SQL: who made each, until when it stands, and who agreed.
import { sql } from "kysely";
import type { readEngagement } from "@partcommune/shared/marketplace/api";
import type { Side, Word } from "@partcommune/shared/marketplace/rules/engagement";
import type { Milestone } from "@partcommune/shared/marketplace/rules/milestone";
import { objectionToAgreement, priceAt, standingOf, type Proposal, type Proposer } from "@partcommune/shared/marketplace/rules/settlement";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Money } from "@partcommune/shared/platform/money";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope, View } from "../../platform/scope.ts";
import { isSeenBy } from "./engagements.ts";
import { missingAs, namesOf } from "./teams.ts";

export type NewProposal = {
  readonly milestone: Id;
  readonly by: Proposer;
  /** Who has agreed by proposing; an adviser has not. */
  readonly word: Word | undefined;
  readonly person: Id;
  readonly share: number;
  readonly reason: string;
  readonly standsUntil: Instant;
};

/** Saves a proposal in the place of the proposer's earlier one. A side agrees to what it proposes. */
export async function saveProposal(scope: Scope, { milestone, by, word, person, share, reason, standsUntil }: NewProposal): Promise<Id> {
  await endProposals(scope, milestone, by);
  const id = scope.id();
  await scope.tx
    .insertInto("marketplace.settlement_proposal")
    .values({ id, milestone, proposed_by: by, person, share, reason, at: scope.now, stands_until: standsUntil })
    .execute();
  if (word !== undefined) await saveAgreement(scope, id, word, person);
  return id;
}

/** Ends the open proposals about a milestone: one proposer's, or all of them. */
export async function endProposals({ tx, now }: Scope, milestone: Id, by?: Proposer): Promise<void> {
  await tx
    .updateTable("marketplace.settlement_proposal")
    .set({ ended_at: now })
    .where("milestone", "=", milestone)
    .where("ended_at", "is", null)
    .$if(by !== undefined, (query) => query.where("proposed_by", "=", by ?? ""))
    .execute();
}

/** Keeps that the client, or one who did the work, agreed. True for exactly one caller. */
export async function saveAgreement({ tx, now }: Scope, proposal: Id, word: Word, person: Id): Promise<boolean> {
  const whose = word === "client" ? { side: "client", member: null } : { side: "member", member: word };
  const saved = await tx
    .insertInto("marketplace.settlement_agreement")
    .values({ proposal, ...whose, person, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n;
}

/** Which milestone a proposal is about, for the two sides of its engagement; anybody else is told by the same one question that there is none. */
export async function milestoneOfProposal({ tx, actor }: Scope, id: Id): Promise<Id | undefined> {
  const row = await tx
    .selectFrom("marketplace.settlement_proposal as proposed")
    .innerJoin("marketplace.milestone as milestone", "milestone.id", "proposed.milestone")
    .innerJoin("marketplace.engagement as engagement", "engagement.id", "milestone.engagement")
    .select(["proposed.milestone", "engagement.client", "engagement.team"])
    .where("proposed.id", "=", id)
    .executeTakeFirst();
  return row && isSeenBy(actor, row) ? row.milestone : undefined;
}

const agreements = sql<
  Word[]
>`array(select coalesce(member::text, side) from marketplace.settlement_agreement where proposal = proposed.id order by at, member)`;

const proposals = (db: View["db"]) =>
  db
    .selectFrom("marketplace.settlement_proposal as proposed")
    .select(["proposed.id", "proposed.milestone", "proposed.proposed_by", "proposed.share", "proposed.reason"])
    .select(["proposed.at", "proposed.stands_until", "proposed.ended_at", agreements.as("agreed")]);

type Row = Awaited<ReturnType<ReturnType<typeof proposals>["executeTakeFirstOrThrow"]>>;

const asTheLawSees = ({ stands_until: standsUntil, ended_at, agreed }: Row): Proposal => ({
  standsUntil,
  ended: ended_at !== null,
  agreed,
});

export type Proposed = Proposal & { readonly share: number; readonly clientSigner: Id | null };

/** One proposal, to be agreed to. Whoever asks holds its milestone. */
export async function proposalToAgree({ tx }: Scope, id: Id): Promise<Proposed> {
  const row = await proposals(tx)
    .leftJoin("marketplace.settlement_agreement as client", (join) =>
      join.onRef("client.proposal", "=", "proposed.id").on("client.side", "=", "client"),
    )
    .select("client.person as clientSigner")
    .where("proposed.id", "=", id)
    .executeTakeFirstOrThrow();
  return { ...asTheLawSees(row), share: row.share, clientSigner: row.clientSigner };
}

type DisputeCard = NonNullable<AnswerOf<typeof readEngagement>["milestones"][number]["dispute"]>;

/** A disputed milestone, as the law sees it and as its row says what the dispute is. */
export type DisputedRow = {
  readonly id: Id;
  readonly law: Milestone;
  readonly price: Money;
  readonly disputed_by: string | null;
  readonly disputed_at: Instant | null;
  readonly dispute_reason: string | null;
  readonly mediator: Id | null;
};

/** The open disputes of these milestones with everything proposed in each. Whoever asks has the right to see them. */
export async function disputesOf(view: View, milestones: readonly DisputedRow[]): Promise<ReadonlyMap<Id, DisputeCard>> {
  const open = milestones.flatMap((row) => (row.disputed_at === null ? [] : [{ ...row, since: row.disputed_at }]));
  if (open.length === 0) return new Map();
  const ids = open.map(({ id }) => id);
  const rows = await proposals(view.db).where("milestone", "in", ids).orderBy("proposed.at").orderBy("proposed.id").execute();
  const mediators = await mediatorsOf(view, ids);
  const names = await namesOf(
    view,
    open.flatMap(({ law: { team } }) => (team.length > 1 ? team : [])),
  );
  return new Map(
    open.map(({ id, law, price, since, disputed_by: by, dispute_reason: reason }) => {
      const mediator = mediators.get(id);
      const said = rows
        .filter(({ milestone, at }) => milestone === id && at >= since)
        .map((row) => cardOf(view, row, { law, price, names }));
      return [id, { by: by as Side, at: since, reason: reason ?? "", ...(mediator === undefined ? {} : { mediator }), proposals: said }];
    }),
  );
}

type Of = Pick<DisputedRow, "law" | "price"> & { readonly names: ReadonlyMap<string, string> };

function cardOf({ actor, now }: View, row: Row, { law, price, names }: Of): DisputeCard["proposals"][number] {
  const proposal = asTheLawSees(row);
  const standing = standingOf(proposal, law, now);
  const { missing, last } = missingAs(actor, law, proposal.agreed, names);
  return {
    id: row.id,
    by: row.proposed_by as Proposer,
    share: row.share,
    price: priceAt(price, row.share),
    reason: row.reason,
    at: row.at,
    standsUntil: row.stands_until,
    agreed: sidesIn(law, proposal.agreed),
    missing: standing === "open" ? missing : [],
    last,
    standing,
    acts: objectionToAgreement(law, proposal, actor, now) ? [] : ["agree"],
  };
}

/** The sides that have agreed: a team once each of them has. */
const sidesIn = ({ team }: Milestone, agreed: readonly Word[]): Side[] => [
  ...(agreed.includes("client") ? (["client"] as const) : []),
  ...(team.every((member) => agreed.includes(member)) ? (["member"] as const) : []),
];

async function mediatorsOf({ db }: View, milestones: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
  const rows = await db
    .selectFrom("marketplace.milestone as milestone")
    .innerJoin("membership.person_card as person", "person.id", "milestone.mediator")
    .select(["milestone.id", "person.name"])
    .where("milestone.id", "in", milestones)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name ?? ""]));
}
