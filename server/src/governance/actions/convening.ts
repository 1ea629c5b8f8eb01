// From a text that may be voted to a vote with a day: the notice says everything that decides how it is counted.
import canonicalize from "canonicalize";
import { hash } from "node:crypto";
import { majorityFor } from "@partcommune/shared/governance/rules/majority";
import type { Notice, VoteOption } from "@partcommune/shared/governance/rules/notice";
import { subjectsOf, type Payload } from "@partcommune/shared/governance/rules/proposal";
import { objectionToAsking, type Beside } from "@partcommune/shared/governance/rules/sitting";
import { collegesAsked } from "@partcommune/shared/governance/rules/objection";
import { associateBy } from "@partcommune/shared/governance/rules/roll";
import { secrecyOf } from "@partcommune/shared/governance/rules/secrecy";
import type { College } from "@partcommune/shared/governance/rules/words";
import { objectionToPaper } from "@partcommune/shared/governance/rules/paper";
import { objectionToPayload } from "@partcommune/shared/governance/rules/writing";
import { dayOf, daysLater, monthOf } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import { found, refuseIf } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { announceRoll } from "../store/announced.ts";
import { electable } from "../store/candidates.ts";
import { newestBylaws } from "../store/bylaws.ts";
import { namedIn } from "../store/named.ts";
import { calendarOf, rivalsToConvene } from "../store/due.ts";
import { heldProposal, moveProposal, type Held } from "../store/proposals.ts";
import { collegeSize, firstAssembly } from "../store/roll.ts";
import { askedIn, saveVote, subjectsAtStake, whileConvening } from "../store/votes.ts";
import { keptEffectsOf } from "../store/weighing.ts";
import { aboutProposal } from "./proposals.ts";
import { seatsToFill } from "./seats.ts";

/** When a vote opens; in an assembly also which one, until when its chair may keep it open, and whether it is on paper. */
export type Sitting = {
  readonly opensAt: Instant;
  readonly assembly?: { readonly gathering: Id; readonly closesAt: Instant; readonly paper: boolean };
};

/** Gives a proposal its day; what can no longer be asked is blocked instead. */
export const conveneVote: Action<{ proposal: Id; opensAt: Instant }, Record<string, never>> = async (scope, { proposal: id, opensAt }) => {
  const proposal = found(await heldProposal(scope, id));
  if (proposal.state === "admitted") await conveneOn(scope, proposal, { opensAt });
  return {};
};

/** Convenes a proposal with its other versions. The vote; none where nothing of it can be asked any more. */
export async function conveneOn(scope: Scope, proposal: Held, sitting: Sitting): Promise<Id | undefined> {
  await whileConvening(scope);
  refuseIf(objectionToAsking({ ...proposal, subjects: subjectsOf(proposal.payload) }, await besideOf(scope, sitting.opensAt)));
  const versions = [proposal, ...(await rivalsToConvene(scope, proposal.id))];
  const askable: Held[] = [];
  for (const version of versions) {
    if (await isAskable(scope, version)) askable.push(version);
    else if (await moveProposal(scope, version.id, "admitted", "block", { ended_at: scope.now }))
      scope.emit({ type: "proposal.blocked", subject: version.id, body: {}, about: aboutProposal(version.id) });
  }
  const [first] = askable;
  return first && convened(scope, first, askable, sitting);
}

/** What is voted beside a vote that opens then. */
async function besideOf(scope: Scope, opensAt: Instant): Promise<Beside> {
  const view = viewOf(scope);
  const { zone, monthlyLimit: most } = await calendarOf(view);
  const asked = (await askedIn(view, zone))(monthOf(dayOf(opensAt, zone)));
  return { atStake: await subjectsAtStake(view), asked, most };
}

async function isAskable(scope: Scope, { payload, id }: Held): Promise<boolean> {
  const view = viewOf(scope);
  return objectionToPayload(payload, await newestBylaws(view), await namedIn(view, payload, id)) === undefined;
}

async function convened(scope: Scope, first: Held, versions: readonly Held[], sitting: Sitting): Promise<Id> {
  const seed = scope.random(32);
  const notice = await noticeOf(scope, first, versions, sitting, hash("sha256", seed, "hex"));
  if (notice.mode === "paper") refuseIf(objectionToPaper(notice));
  const text = found(canonicalize(notice));
  await saveVote(scope, { notice, text, hash: hash("sha256", text, "hex"), seed });
  for (const { id } of versions) await moveProposal(scope, id, "admitted", "convene", { vote: notice.vote });
  const since = associateBy(await firstAssembly(viewOf(scope)), (await scope.bylaw("roll.seniorityDays", scope.now)).value, notice.opensAt);
  await announceRoll(scope, { vote: notice.vote, colleges: collegesAsked(notice), associateBy: since });
  const proposals = versions.map(({ id }) => id);
  const about = ["proposals", "votes", ...proposals.map((id) => `proposal:${id}`)];
  scope.emit({
    type: "vote.convened",
    subject: notice.vote,
    body: { proposals, opensAt: notice.opensAt, closesAt: notice.closesAt },
    about,
  });
  return notice.vote;
}

async function noticeOf(
  scope: Scope,
  first: Held,
  versions: readonly Held[],
  { opensAt, assembly }: Sitting,
  seedHash: string,
): Promise<Notice> {
  const { now } = scope;
  const zone = (await bookOf(scope.tx)).zone;
  const { kind, class: class_, reading } = first;
  const colleges = (await scope.bylaw("vote.colleges", now)).value.filter(({ key }) => elects(first.payload, key));
  const quorum = (await scope.bylaw(first.second ? "vote.quorumSecond" : "vote.quorum", now)).value[class_];
  // An assembly ends when people go home: what too few came to is asked anew instead.
  const prolongs = (await scope.bylaw("vote.secondConvocation", now)).value === "extend" && !first.second && !assembly;
  const majority = majorityFor((await scope.bylaw("vote.majority", now)).value[class_], class_);
  return {
    vote: scope.id(),
    kind,
    class: class_,
    reading,
    convocation: first.second ? 2 : 1,
    ...(await methodOf(scope, first, versions)),
    ...(await modeFor(scope, first, colleges, assembly?.paper ?? false)),
    ...(await effectsOf(scope, versions)),
    versions: Object.fromEntries(versions.map(({ id, payload }) => [id, payload])),
    titles: Object.fromEntries(versions.map(({ id, title }) => [id, title])),
    weights: Object.fromEntries(colleges.map(({ key, weight }) => [key, weight])),
    majority: { over: Number(majority.over), under: Number(majority.under), strict: majority.strict },
    everyCollege: class_ === "constitutional",
    quorum: { ppm: Number(quorum), secondPpm: Number((await scope.bylaw("vote.quorumSecond", now)).value[class_]) },
    ...(assembly ? { gathering: assembly.gathering } : {}),
    opensAt,
    closesAt: assembly?.closesAt ?? daysLater(opensAt, (await scope.bylaw("vote.openDays", now)).value[class_], zone),
    extensionDays: prolongs ? (await scope.bylaw("vote.extensionDays", now)).value : 0,
    contestDays: (await scope.bylaw("vote.contestDays", now)).value,
    seedHash,
  };
}

/** What each change of bylaws would have meant, by its hash. */
async function effectsOf(scope: Scope, versions: readonly Held[]): Promise<Pick<Notice, "effects">> {
  const hashes: [Id, string][] = [];
  for (const { id, kind } of versions) {
    const kept = kind === "bylaws" ? await keptEffectsOf(viewOf(scope), id) : undefined;
    if (kept) hashes.push([id, kept.hash]);
  }
  return hashes.length > 0 ? { effects: Object.fromEntries(hashes) } : {};
}

/** A college elects its own seats; about everything else all are asked. */
const elects = (payload: Payload, college: College): boolean => payload.kind !== "election" || payload.college === college;

/** One version is a question with yes and no; several are ranked together with "keep as it is"; seats are filled by ranking. */
async function methodOf(
  scope: Scope,
  { id, payload }: Held,
  versions: readonly Held[],
): Promise<Pick<Notice, "method" | "options" | "seats">> {
  if (payload.kind === "election") {
    const options: VoteOption[] = (await electable(viewOf(scope), id)).map((each) => ({
      key: each.id,
      title: each.name,
      candidacy: each.id,
    }));
    return { method: "stv", options, seats: await seatsToFill(scope, payload.college) };
  }
  if (versions.length === 1)
    return payload.kind === "resolution" && payload.answers ? several(payload.answers, payload.by) : { method: "yesNo", options: [] };
  const rivals = versions.map((version): VoteOption => ({ key: version.id, title: version.title, proposal: version.id }));
  return { method: "schulze", options: [...rivals, { key: "keep", title: "keep" }] };
}

const several = (answers: readonly string[], by: "approval" | "score" = "approval"): Pick<Notice, "method" | "options"> => ({
  method: by,
  options: answers.map((title, at) => ({ key: String(at + 1), title })),
});

/** On paper, and why; or by roll-call, and why not in secret where a bylaw asks for secrecy. */
async function modeFor(
  scope: Scope,
  { kind, class: class_ }: Held,
  colleges: readonly { readonly key: College }[],
  paper: boolean,
): Promise<Pick<Notice, "mode" | "openBecause" | "paperBecause">> {
  const sealed = (await scope.bylaw("vote.sealedKinds", scope.now)).value;
  const least = (await scope.bylaw("vote.sealedMinimum", scope.now)).value;
  const view = viewOf(scope);
  const by = associateBy(await firstAssembly(view), (await scope.bylaw("roll.seniorityDays", scope.now)).value, scope.now);
  const sizes: number[] = [];
  for (const { key } of colleges) sizes.push(await collegeSize(view, key, by));
  const openBecause = secrecyOf(kind, class_, sealed, sizes, least);
  if (paper) return { mode: "paper", paperBecause: openBecause ? "secret" : "called" };
  return { mode: "rollCall", ...(openBecause ? { openBecause } : {}) };
}
