// What people read of proposals, in SQL.
import { sql } from "kysely";
import type { z } from "zod";
import type { listOwnProposals, listProposals, ProposalCard, readProposal, readRevision } from "@partcommune/shared/governance/api";
import { bylawRegister } from "@partcommune/shared/governance/rules/bylaws";
import { peopleNeeded } from "@partcommune/shared/governance/rules/majority";
import { firstOf } from "@partcommune/shared/governance/rules/opening-day";
import { proposalTable, type Payload, type ProposalKind, type ProposalState } from "@partcommune/shared/governance/rules/proposal";
import type { BylawClass } from "@partcommune/shared/governance/rules/words";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { verbsFor, type Hand } from "@partcommune/shared/platform/table";
import type { Instant } from "@partcommune/shared/platform/time";
import { cursorOf, isBehind } from "../../platform/list.ts";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { htmlWithHeadings } from "../../platform/text.ts";
import { newestBylaws } from "./bylaws.ts";
import { judgesOf, type Judge } from "./judging.ts";
import { associates } from "./proposals.ts";

type Card = z.output<typeof ProposalCard>;

const cards = ({ db }: Pick<View, "db">) =>
  db
    .selectFrom("governance.proposal as proposal")
    .innerJoin("membership.member_card as author", "author.id", "proposal.author")
    .leftJoin("governance.vote as vote", "vote.id", "proposal.vote")
    .select([
      "proposal.id",
      "proposal.kind",
      "proposal.class",
      "proposal.title",
      "proposal.state",
      "proposal.author",
      "author.name",
      "amends",
      "published_at",
      "idea_until",
      "deliberate_until",
      "judge_until",
      "admitted_at",
      "vote",
      "contest_until",
    ])
    .select(({ fn, selectFrom }) =>
      selectFrom("governance.sponsorship as sponsorship")
        .select(fn.countAll<bigint>().as("count"))
        .whereRef("sponsorship.proposal", "=", "proposal.id")
        .as("sponsors"),
    );

type Row = Awaited<ReturnType<ReturnType<typeof cards>["execute"]>>[number];

/** When the state it is in ends by the clock, where it does. */
const untilOf = (row: Row) =>
  (
    { idea: row.idea_until, deliberation: row.deliberate_until, final: row.judge_until, passed: row.contest_until } as Partial<
      Record<string, typeof row.idea_until>
    >
  )[row.state];

const cardOf = (row: Row, sponsorsNeeded: number): Card => {
  const until = untilOf(row);
  return {
    id: row.id,
    kind: row.kind as ProposalKind,
    class: row.class as BylawClass,
    title: row.title,
    state: row.state as ProposalState,
    author: row.name ?? "",
    sponsors: Number(row.sponsors ?? 0n),
    sponsorsNeeded,
    ...(row.amends === null ? {} : { amends: row.amends }),
    ...(row.published_at === null ? {} : { publishedAt: row.published_at }),
    ...(until ? { until } : {}),
    ...(row.vote === null ? {} : { vote: row.vote }),
  };
};

const needed = async (view: View): Promise<number> =>
  peopleNeeded((await view.bylaw("proposal.sponsors", view.now)).value, await associates(view));

/** Everything that was ever published, the newest first. */
export async function proposals(
  view: View,
  { state, limit, after }: InputOf<typeof listProposals>,
): Promise<AnswerOf<typeof listProposals>> {
  const rows = await cards(view)
    .where("published_at", "is not", null)
    .$if(state !== undefined, (query) => query.where("proposal.state", "=", state ?? ""))
    .where((eb) => isBehind(eb, after, "<", "published_at", "proposal.id"))
    .orderBy("published_at", "desc")
    .orderBy("proposal.id", "desc")
    .limit(limit + 1)
    .execute();
  const sponsorsNeeded = rows.length > 0 ? await needed(view) : 0;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => cardOf(row, sponsorsNeeded)),
    ...(rows.length > limit && last?.published_at ? { next: cursorOf(last.published_at, last.id) } : {}),
  };
}

/** A member's own, drafts included. */
export async function ownProposals(view: View): Promise<AnswerOf<typeof listOwnProposals>> {
  const member = view.actor.kind === "person" ? view.actor.member : undefined;
  const rows = await cards(view)
    .where("proposal.author", "=", member ?? null)
    .orderBy("drafted_at", "desc")
    .limit(200)
    .execute();
  const sponsorsNeeded = rows.length > 0 ? await needed(view) : 0;
  return { items: rows.map((row) => cardOf(row, sponsorsNeeded)) };
}

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
      .select(["proposal.text", "proposal.language", "payload", "version", "reading"])
      .where("proposal.id", "=", id)
      .where((eb) => eb.or([eb("proposal.state", "!=", "draft"), eb("proposal.author", "=", member ?? null)]))
      .executeTakeFirst(),
  );
  const sponsorsNeeded = await needed(view);
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
    await standingOf(view, id, member),
  ];
  const author = row.author === member;
  const judge = actor.kind === "person" && judges.some(({ person }) => person === actor.person);
  const payload = row.payload as Payload;
  const place = row.state === "admitted" ? await placeOf(view, id) : undefined;
  return {
    ...cardOf(row, sponsorsNeeded),
    text: row.text,
    html: htmlWithHeadings(row.text, 2),
    language: row.language,
    payload: payload as AnswerOf<typeof readProposal>["payload"],
    differences: await differencesOf(view, payload),
    version: row.version,
    reading: row.reading,
    revisions: revisions.map(({ version, at }) => ({ version, at })),
    rivals: rivals.map((rival) => cardOf(rival, sponsorsNeeded)),
    arguments: said,
    judges: judges.map(shownJudge),
    candidates,
    ...(place === undefined ? {} : { place }),
    mine: {
      ...mine,
      author,
      judge,
      verbs: [...verbsFor(proposalTable, row.state as ProposalState, handsOf(author, mine.associate, judge))],
    },
  };
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

async function candidatesOf({ db }: View, proposal: Id): Promise<AnswerOf<typeof readProposal>["candidates"]> {
  const rows = await db
    .selectFrom("governance.candidacy as candidacy")
    .innerJoin("membership.member_card as card", "card.id", "candidacy.member")
    .select(["member", "name", "text"])
    .where("proposal", "=", proposal)
    .orderBy("member")
    .execute();
  return rows.map(({ name, ...said }) => ({ ...said, name: name ?? "" }));
}

type Standing = { readonly sponsored: boolean; readonly standing: boolean; readonly associate: boolean };

async function standingOf({ db }: View, proposal: Id, member: Id | undefined): Promise<Standing> {
  if (member === undefined) return { sponsored: false, standing: false, associate: false };
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
      eb
        .exists(
          eb
            .selectFrom("governance.candidacy as candidacy")
            .select("at")
            .where("proposal", "=", proposal)
            .whereRef("candidacy.member", "=", "card.id"),
        )
        .as("standing"),
    ])
    .where("card.id", "=", member)
    .executeTakeFirst();
  return { sponsored: row?.sponsored === true, standing: row?.standing === true, associate: row?.associate === true };
}

/** A proposal that waits for a day, with the bylaws it would change and the instant a second reading waits for. */
export type WaitingProposal = Card & { readonly admittedAt: Instant; readonly keys: readonly string[]; readonly notBefore: Instant | null };

/** Proposals that wait for a day, in the order in which they get one. */
export async function waitingProposals(view: View): Promise<readonly WaitingProposal[]> {
  const rows = await cards(view)
    .select(["payload", "not_before"])
    .where("proposal.state", "=", "admitted")
    .where("amends", "is", null)
    .execute();
  const sponsorsNeeded = rows.length > 0 ? await needed(view) : 0;
  return rows
    .map((row) => ({
      ...cardOf(row, sponsorsNeeded),
      admittedAt: found(row.admitted_at ?? undefined),
      keys: keysOf(row.payload as Payload),
      notBefore: row.not_before,
    }))
    .toSorted(firstOf);
}

const keysOf = (payload: Payload): readonly string[] => (payload.kind === "bylaws" ? payload.changes.map(({ key }) => key) : []);

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
