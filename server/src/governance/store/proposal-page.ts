// What people read of proposals, in SQL.
import { sql } from "kysely";
import type { readProposal, readRevision } from "@partcommune/shared/governance/api";
import { objectionToCandidacies } from "@partcommune/shared/governance/rules/election";
import { bylawRegister } from "@partcommune/shared/governance/rules/bylaws";
import { discussedStates, proposalTable, type Payload, type ProposalState } from "@partcommune/shared/governance/rules/proposal";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { verbsFor, type Hand } from "@partcommune/shared/platform/table";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { htmlWithHeadings } from "../../platform/text.ts";
import { newestBylaws } from "./bylaws.ts";
import { candidatesOf } from "./candidates.ts";
import { judgesOf, type Judge } from "./judging.ts";
import { panelsFor } from "./panel-page.ts";
import { belongs } from "./seats.ts";
import { cardOf, cards, carryingNow, waitingProposals } from "./proposal-cards.ts";

/** Its hands: what the tables let whoever asks do. */
const handsOf = (author: boolean, associate: boolean, judge: boolean): readonly Hand[] => [
  ...(author ? (["author"] as const) : []),
  ...(associate ? (["associate"] as const) : []),
  ...(judge ? (["admitter"] as const) : []),
];

export async function proposalPage(view: View, { proposal: id }: InputOf<typeof readProposal>): Promise<AnswerOf<typeof readProposal>> {
  const { db, actor } = view;
  const member = actor.kind === "person" ? actor.member : undefined;
  const row = found(
    await cards(view)
      .select(["proposal.text", "proposal.language", "payload", "reading", "vote.gathering", "vote.opens_at"])
      .where("proposal.id", "=", id)
      .where((eb) => eb.or([eb("proposal.state", "!=", "draft"), eb("proposal.author", "=", member ?? null)]))
      .executeTakeFirst(),
  );
  const carrying = await carryingNow(view);
  const [said, revisions, rivals, judges, candidates, mine] = [
    await argumentsOf(view, id),
    await db.selectFrom("governance.proposal_revision").select(["version", "at"]).where("proposal", "=", id).orderBy("version").execute(),
    await cards(view)
      .where("amends", "=", row.amends ?? id)
      .where("proposal.state", "!=", "draft")
      .where("proposal.id", "!=", id)
      .orderBy("proposal.id")
      .execute(),
    await judgesOf(view, id),
    await candidatesOf(view, id),
    await carriedBy(view, id, member),
  ];
  const author = row.author === member;
  const reader = actor.kind === "person" ? actor.person : undefined;
  const judge = judges.some(({ person }) => person === reader);
  const payload = row.payload as Payload;
  const place = row.state === "admitted" ? await placeOf(view, id) : undefined;
  return {
    ...cardOf(row, carrying),
    text: row.text,
    html: htmlWithHeadings(row.text, 2),
    language: row.language,
    payload: payload as AnswerOf<typeof readProposal>["payload"],
    differences: await differencesOf(view, payload),
    reading: row.reading,
    revisions: revisions.map(({ version, at }) => ({ version, at })),
    rivals: rivals.map((rival) => cardOf(rival, carrying)),
    arguments: said,
    judges: judges.map(shownJudge),
    candidates: candidates.map(({ person: _person, ...told }) => told),
    panels: await panelsFor(view, { proposal: id }),
    ...(await applicantOf(view, payload, row.author)),
    ...(place === undefined ? {} : { place }),
    ...(row.gathering === null || row.opens_at === null ? {} : { assembly: { gathering: row.gathering, from: row.opens_at } }),
    mine: {
      ...mine,
      author,
      judge,
      standing: candidates.some(({ person }) => person === reader),
      mayStand: await mayStand(view, payload, row.state as ProposalState),
      verbs: [...verbsFor(proposalTable, row.state as ProposalState, handsOf(author, mine.associate, judge))],
    },
  };
}

/** What is published, or a draft to its author alone: where it stands. */
export async function proposalSeen({ db, actor }: View, id: Id): Promise<ProposalState> {
  const member = actor.kind === "person" ? actor.member : undefined;
  const row = await db
    .selectFrom("governance.proposal")
    .select("state")
    .where("id", "=", id)
    .where((eb) => eb.or([eb("state", "!=", "draft"), eb("author", "=", member ?? null)]))
    .executeTakeFirst();
  return found(row).state as ProposalState;
}

/** Whether the reader takes part in its discussion: whoever is a member speaks, from the first day of the trial. */
export async function mayDiscuss(view: View, id: Id): Promise<boolean> {
  const { actor } = view;
  return actor.kind === "person" && actor.member !== undefined && discussedStates.includes(await proposalSeen(view, id));
}

/** Whether the reader belongs to the college that elects, while candidates come and go. */
async function mayStand(view: View, payload: Payload, state: ProposalState): Promise<boolean> {
  const { actor } = view;
  if (payload.kind !== "election" || actor.kind !== "person" || objectionToCandidacies({ kind: payload.kind, state })) return false;
  return belongs(view, actor.person, payload.college);
}

/** A judge as everybody reads them: by name. */
const shownJudge = ({ seat, name, admissible, ground, text }: Judge): AnswerOf<typeof readProposal>["judges"][number] => ({
  seat,
  name,
  ...(admissible === undefined ? {} : { admissible }),
  ...(ground === undefined ? {} : { ground }),
  ...(text === undefined ? {} : { text }),
});

/** What stands now and what would, bylaw by bylaw. */
async function differencesOf(view: View, payload: Payload): Promise<AnswerOf<typeof readProposal>["differences"]> {
  if (payload.kind !== "bylaws") return [];
  const bylaws = await newestBylaws(view);
  return payload.changes.map(({ key, base, value }) => ({
    key,
    unit: bylawRegister[key].unit,
    before: bylaws[key].value as never,
    after: value as never,
    base,
    current: bylaws[key].version,
  }));
}

/** In an order by lot that is another for each reader and stays the same for one. */
async function argumentsOf({ db, actor }: View, proposal: Id): Promise<AnswerOf<typeof readProposal>["arguments"]> {
  const reader = actor.kind === "person" ? actor.person : "";
  const rows = await db
    .selectFrom("governance.argument as argument")
    .innerJoin("membership.member_card as card", "card.id", "argument.member")
    .select(["argument.id", "side", "text", "at", "name"])
    .where("proposal", "=", proposal)
    .orderBy(sql`md5(argument.id::text || ${reader}::text)`)
    .limit(500)
    .execute();
  return rows.map(({ name, side, ...said }) => ({ ...said, side: side as "for" | "against", by: name ?? "" }));
}

/** Who would be let in; whose own text this is need not be read twice. */
async function applicantOf({ db }: View, payload: Payload, author: Id | null): Promise<Pick<AnswerOf<typeof readProposal>, "applicant">> {
  if (payload.kind !== "admission") return {};
  const row = await db
    .selectFrom("membership.presented_card")
    .select(["name", "words"])
    .where("id", "=", payload.member)
    .executeTakeFirst();
  if (!row) return {};
  return { applicant: { name: row.name ?? "", ...(row.words !== null && author !== payload.member ? { words: row.words } : {}) } };
}

type Carried = { readonly sponsored: boolean; readonly associate: boolean };

async function carriedBy({ db }: View, proposal: Id, member: Id | undefined): Promise<Carried> {
  if (member === undefined) return { sponsored: false, associate: false };
  const row = await db
    .selectFrom("membership.member_card as card")
    .select((eb) => [
      eb("stage", "=", "associate").as("associate"),
      eb
        .exists(
          eb
            .selectFrom("governance.sponsorship as sponsorship")
            .select("at")
            .where("proposal", "=", proposal)
            .whereRef("sponsorship.member", "=", "card.id"),
        )
        .as("sponsored"),
    ])
    .where("card.id", "=", member)
    .executeTakeFirst();
  return { sponsored: row?.sponsored === true, associate: row?.associate === true };
}

async function placeOf(view: View, id: Id): Promise<number | undefined> {
  const at = (await waitingProposals(view)).findIndex((waiting) => waiting.id === id);
  return at < 0 ? undefined : at + 1;
}

export async function revisionPage(
  { db, actor }: View,
  { proposal, version }: InputOf<typeof readRevision>,
): Promise<AnswerOf<typeof readRevision>> {
  const row = found(
    await db
      .selectFrom("governance.proposal_revision as revision")
      .innerJoin("governance.proposal as proposal", "proposal.id", "revision.proposal")
      .select(["revision.title", "revision.text", "revision.payload", "revision.at"])
      .where("revision.proposal", "=", proposal)
      .where("revision.version", "=", BigInt(version))
      .where((eb) =>
        eb.or([eb("proposal.state", "!=", "draft"), eb("proposal.author", "=", (actor.kind === "person" && actor.member) || null)]),
      )
      .executeTakeFirst(),
  );
  return { ...row, html: htmlWithHeadings(row.text, 2), payload: row.payload as AnswerOf<typeof readRevision>["payload"] };
}
