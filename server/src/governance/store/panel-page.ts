// What people read of panels, in SQL. Names are for the parties and for those who sit.
import { sql } from "kysely";
import type { z } from "zod";
import type { listOwnPanels, PanelCard, readPanel } from "@partcommune/shared/governance/api";
import type { grounds } from "@partcommune/shared/governance/rules/grounds";
import { panelTable, seatTable, type Cause, type Decision, type PanelState, type Party } from "@partcommune/shared/governance/rules/panel";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { verbsFor } from "@partcommune/shared/platform/table";
import { isBefore, type Instant } from "@partcommune/shared/platform/time";
import { found } from "../../platform/refused.ts";
import type { View } from "../../platform/scope.ts";
import { contestsOf } from "./enactments.ts";
import { judgesOf } from "./judging.ts";
import { askedWith, seatsOn, type Seat } from "./panels.ts";
import { partyOn } from "./parties.ts";

type Told = AnswerOf<typeof readPanel>;

/** Every panel as its card needs it, with the newest draw; whoever asks says which. */
const cards = ({ db }: Pick<View, "db">) =>
  db
    .selectFrom("governance.panel as panel")
    .leftJoin("governance.vote as vote", "vote.id", "panel.vote")
    .leftJoin("governance.tally as tally", "tally.vote", "panel.vote")
    .leftJoin("governance.proposal as text", "text.id", "panel.proposal")
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom("governance.draw as draw")
          .select(["draw.id", "draw.state", "commit_until", "reveal_until"])
          .whereRef("draw.panel", "=", "panel.id")
          .orderBy("attempt", "desc")
          .limit(1)
          .as("draw"),
      (join) => join.onTrue(),
    )
    .select([
      "panel.id",
      "panel.cause",
      "panel.state",
      "panel.round",
      "panel.vote",
      "panel.proposal",
      "panel.seats",
      "panel.widened",
      "panel.decision",
      "panel.recount",
      "tally.tally",
      "challenge_until",
      "decide_until",
      "draw.id as lot",
      "draw.state as lot_state",
      "commit_until",
      "reveal_until",
      titleOf.as("title"),
    ]);

const titleOf = sql<string>`coalesce(text.title, (select title.value from jsonb_each_text(vote.notice::jsonb -> 'titles') as title limit 1))`;

type Row = Awaited<ReturnType<ReturnType<typeof cards>["execute"]>>[number];

/** When the state it is in ends by the clock; a panel that still asks once the parties had their time waits for people. */
function untilOf(row: Row, now: Instant): Instant | null {
  if (row.state === "drawing") return row.lot_state === "committing" ? row.commit_until : row.reveal_until;
  if (row.state === "asking") return row.challenge_until !== null && isBefore(now, row.challenge_until) ? row.challenge_until : null;
  return row.state === "sitting" ? row.decide_until : null;
}

function cardOf(row: Row, now: Instant): z.output<typeof PanelCard> {
  const until = untilOf(row, now);
  return {
    id: row.id,
    cause: row.cause as Cause,
    state: row.state as PanelState,
    round: row.round,
    ...(row.lot === null ? {} : { lot: row.lot }),
    ...(until === null ? {} : { until }),
    ...(row.decision === null ? {} : { decision: row.decision as Decision }),
    ...(row.recount === null ? {} : { same: row.recount === row.tally }),
  };
}

/** The panels called for a vote or a proposal, the newest last. */
export async function panelsFor(view: View, of: { readonly vote?: Id; readonly proposal?: Id }): Promise<z.output<typeof PanelCard>[]> {
  const rows = await cards(view)
    .where((eb) => eb.or([eb("panel.vote", "=", of.vote ?? null), eb("panel.proposal", "=", of.proposal ?? null)]))
    .orderBy("round")
    .execute();
  return rows.map((row) => cardOf(row, view.now));
}

export async function panelPage(view: View, { panel: id }: InputOf<typeof readPanel>): Promise<Told> {
  const { actor } = view;
  const row = found(await cards(view).where("panel.id", "=", id).executeTakeFirst());
  const of = { cause: row.cause as Cause, vote: row.vote, proposal: row.proposal };
  const person = actor.kind === "person" ? actor.person : undefined;
  const seats = await seatsOn(view, id);
  const own = seats.find((seat) => seat.person !== null && seat.person === person);
  const party = person === undefined ? undefined : await partyOn(view, of, person);
  const sits = own !== undefined && (own.state === "accepted" || own.state === "asked");
  const names = party !== undefined || sits ? await view.people(seats.flatMap((seat) => seat.person ?? [])) : undefined;
  const asked = seats.filter(({ state }) => state === "asked").at(-1);
  const asks = await askedWith(view, row.proposal);
  return {
    ...cardOf(row, view.now),
    title: row.title,
    ...(row.vote === null ? {} : { vote: row.vote }),
    ...(row.proposal === null ? {} : { proposal: row.proposal }),
    widened: row.widened,
    wanted: row.seats,
    seats: seats.map((seat) => shown(seat, row.state === "decided", names?.get(seat.person ?? "")?.name, seat === own)),
    contests: row.vote === null ? [] : (await contestsOf(view, row.vote)).map(({ ground, text }) => ({ ground, text })),
    noes: row.proposal === null ? [] : await noesTo(view, row.proposal),
    ...(asks === undefined ? {} : { asks }),
    ...(asked && row.state === "asking" ? { answerUntil: asked.answerUntil } : {}),
    ...(row.recount === null ? {} : { recount: row.recount }),
    mine: { ...(party ? { party } : {}), verbs: [...verbsOf(row.state as PanelState, own, party, seats)] },
  };
}

function shown(seat: Seat, decided: boolean, name: string | undefined, mine: boolean): Told["seats"][number] {
  const { place, entry, state, decision, reason } = seat;
  const said = decision !== null && reason !== null && (decided || mine) ? { decision, reason } : {};
  return { place, entry, state, mine, ...(name === undefined ? {} : { name }), ...said };
}

/** What the tables let whoever asks do. */
function verbsOf(state: PanelState, own: Seat | undefined, party: Party | undefined, seats: readonly Seat[]): readonly string[] {
  const refused = seats.some(({ refusedBy }) => refusedBy === party);
  const asParty = party !== undefined && !refused ? verbsFor(panelTable, state, ["party"]) : [];
  const asSeated = own?.state === "accepted" ? verbsFor(panelTable, state, ["drawn"]) : [];
  const ofSeat = own && state === "asking" ? verbsFor(seatTable, own.state, ["drawn"]) : [];
  return [...asParty, ...asSeated, ...ofSeat];
}

async function noesTo(view: View, proposal: Id): Promise<Told["noes"]> {
  const judges = await judgesOf(view, proposal);
  return judges.flatMap(({ ground, text }) =>
    ground === undefined ? [] : [{ ground: ground as (typeof grounds)[number], text: text ?? "" }],
  );
}

/** What waits for an answer of whoever asks: a seat, a decision, a seed to give or to show. */
export async function ownPanels({ db, actor }: View): Promise<AnswerOf<typeof listOwnPanels>> {
  const person = actor.kind === "person" ? actor.person : null;
  const board = actor.kind === "person" && actor.roles.includes("board");
  const { rows } = await sql<AnswerOf<typeof listOwnPanels>["items"][number]>`
    with asked as (
      select panel.id, panel.vote, panel.proposal, case when panel.state = 'asking' then 'answer' else 'decision' end as waits,
        case when panel.state = 'asking' then seat.answer_until else panel.decide_until end as until
      from governance.panel_seat as seat join governance.panel on panel.id = seat.panel
      where seat.person = ${person}::uuid and (panel.state = 'asking' and seat.state = 'asked'
        or panel.state = 'sitting' and seat.state = 'accepted' and seat.decision is null)
      union all
      select draw.id, panel.vote, panel.proposal, case when draw.state = 'committing' then 'seed' else 'showing' end,
        case when draw.state = 'committing' then draw.commit_until else draw.reveal_until end
      from governance.draw join governance.panel on panel.id = draw.panel
        left join governance.draw_seed as given on given.draw = draw.id and given.person = ${person}::uuid
      where draw.state = 'committing' and ${board} and given.person is null and not exists (
          select from governance.draw_seed as kept join governance.draw as voided on voided.id = kept.draw
          where voided.panel = draw.panel and voided.state = 'void' and kept.person = ${person}::uuid and kept.seed is null)
        or draw.state = 'revealing' and given.person is not null and given.seed is null)
    select asked.id, ${titleOf} as title, waits, until from asked
      left join governance.vote on vote.id = asked.vote left join governance.proposal as text on text.id = asked.proposal
    order by until`.execute(db);
  return { items: rows };
}
