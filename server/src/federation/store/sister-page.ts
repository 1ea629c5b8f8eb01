// One coop's page, in SQL: its treaty with every draft, what came before, and what the reader can do.
import type { readSister } from "@partcommune/shared/federation/api/sisters";
import { isOfficer, type NeighbourState } from "@partcommune/shared/federation/rules/neighbour";
import {
  actsOfOfficers,
  liveStates,
  modeOf,
  objectionToAskingMembers,
  type TreatyState,
} from "@partcommune/shared/federation/rules/treaty";
import { MandateJson, TermsJson } from "@partcommune/shared/governance/api/terms";
import { aboutSister } from "@partcommune/shared/governance/rules/proposal";
import { treatyActs } from "@partcommune/shared/governance/rules/terms";
import { termsToBeginFrom } from "@partcommune/shared/governance/rules/treaty-terms";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Selectable } from "kysely";
import { proposalsAbout } from "../../governance/index.ts";
import type { View } from "../../platform/scope.ts";
import { coopCard } from "../../platform/store.ts";
import type { FederationTreaty, FederationTreatyDraft } from "../../platform/tables.ts";
import { sealLog } from "../../money/index.ts";
import { nameOf } from "./sister-list.ts";
import { witnessedWith } from "./witnessed.ts";

type Told = AnswerOf<typeof readSister>;

/** A coop whose board we read or that a treaty was ever offered by or to; for officers also those that were only asked. The statements are the same for any. */
export async function sisterPage(view: View, { host }: { readonly host: Id }): Promise<Told | undefined> {
  const row = await hostRow(view, host);
  const [treaties, drafts] = [await treatiesWith(view, host), await draftsWith(view, host)];
  const [proposals, begin] = [await proposalsAbout(view, aboutSister(host)), await beginning(view)];
  const [newest, ...before] = treaties;
  if (!row || (row.state !== "followed" && row.blocked_at === null && !newest && !isOfficer(view.actor))) return undefined;
  const { origin, name, currencies, state, at, blocked_at: blocked, blocked_because: because } = row;
  const treaty = newest && treatyTold(newest, drafts);
  const reason = because ?? treaty?.reason;
  return {
    host,
    origin,
    name: nameOf({ name, origin }),
    mode: modeOf(treaty?.state, blocked !== null),
    ...(reason === undefined ? {} : { reason }),
    since: blocked ?? treaty?.since ?? at,
    currencies,
    ...(state === null ? {} : { following: state as NeighbourState }),
    ...(treaty ? { treaty } : {}),
    witnessed: await witnessedWith(view.db, host, sealLog),
    past: before.map(({ id, at: since, reason: why, state: ended }) => ({
      id,
      state: ended as TreatyState,
      since,
      ...(why === null ? {} : { reason: why }),
    })),
    proposals: [...proposals],
    officer: isOfficer(view.actor),
    acts: treaty && isOfficer(view.actor) ? actsOfOfficers(treaty.state).filter((act) => act !== "resume" || blocked === null) : [],
    asks: view.actor.kind === "person" && view.actor.member !== undefined ? asksOf(treaty) : [],
    begin,
  };
}

const hostRow = async ({ db }: View, host: Id) =>
  db
    .selectFrom("federation.host")
    .select(["origin", "name", "currencies", "state", "at", "blocked_at", "blocked_because"])
    .where("id", "=", host)
    .executeTakeFirst();

const treatiesWith = async ({ db }: View, host: Id) =>
  db.selectFrom("federation.treaty").selectAll().where("host", "=", host).orderBy("id", "desc").limit(20).execute();

const draftsWith = async ({ db }: View, host: Id) =>
  db
    .selectFrom("federation.treaty_draft as draft")
    .innerJoin("federation.treaty as treaty", "treaty.id", "draft.treaty")
    .selectAll("draft")
    .where("treaty.host", "=", host)
    .orderBy("draft.at", "desc")
    .orderBy("draft.draft", "desc")
    .orderBy("draft.ours")
    .limit(100)
    .execute();

function treatyTold(row: Selectable<FederationTreaty>, drafts: readonly Selectable<FederationTreatyDraft>[]): NonNullable<Told["treaty"]> {
  const { id, state, ours, draft, terms, hash, mandate, iri, reason, at } = row;
  return {
    id,
    state: state as TreatyState,
    ours,
    draft,
    terms: TermsJson.parse(terms),
    hash: hash.toString("hex"),
    ...(mandate === null ? {} : { mandate: MandateJson.parse(mandate) }),
    ...(iri === null ? {} : { iri }),
    ...(reason === null ? {} : { reason }),
    since: at,
    drafts: drafts
      .filter(({ treaty }) => treaty === id)
      .map(draftTold)
      .toReversed(),
  };
}

const draftTold = ({ draft, ours, terms, hash, at }: Selectable<FederationTreatyDraft>) => ({
  draft,
  ours,
  terms: TermsJson.parse(terms),
  hash: hash.toString("hex"),
  at,
});

/** What can be put to the members as things stand. */
function asksOf(treaty: Told["treaty"]): Told["asks"] {
  const live = treaty && liveStates.some((state) => state === treaty.state) ? treaty : undefined;
  const theirs = live?.state === "received";
  return treatyActs.filter((act) => !objectionToAskingMembers({ act, hash: live?.hash, hasTerms: !theirs }, live));
}

/** What the bylaws of now would have us offer. */
async function beginning(view: View): Promise<Told["begin"]> {
  const { bylaw, now } = view;
  const { country = "", currency = "" } = await coopCard(view);
  const [share, exposure] = [await bylaw("treaty.hostShare", now), await bylaw("treaty.exposure", now)];
  const [months, day] = [await bylaw("treaty.termMonths", now), await bylaw("netting.day", now)];
  return termsToBeginFrom({
    hostSharePpm: Number(share.value),
    currency,
    country,
    nettingDay: day.value,
    exposure: exposure.value,
    termMonths: months.value,
    now,
  });
}
