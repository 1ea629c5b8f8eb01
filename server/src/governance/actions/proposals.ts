// The verbs of a proposal until it is fixed: begun, worded, published, carried, argued, withdrawn.
import type * as api from "@partcommune/shared/governance/api";
import { objectionToBeginning, soonestBeginning } from "@partcommune/shared/governance/rules/beginning";
import { aboutBoard, proposalTable, type Payload } from "@partcommune/shared/governance/rules/proposal";
import {
  deliberatedAfter,
  objectionToAmending,
  objectionToLateChange,
  objectionToMerging,
  objectionToPayload,
  objectionToPublishing,
  objectionToRevising,
  objectionToRewording,
  objectionToWithdrawing,
} from "@partcommune/shared/governance/rules/writing";
import { daysLater } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import type { Instant } from "@partcommune/shared/platform/time";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { newestBylaws } from "../store/bylaws.ts";
import { calendarOf } from "../store/due.ts";
import { namedIn } from "../store/named.ts";
import { isCarried } from "../store/proposal-cards.ts";
import * as store from "../store/proposals.ts";
import { whileSeating } from "../store/seats.ts";
import { addSponsor, dropSponsor, sponsorsOf } from "../store/sponsors.ts";
import { actingAssociate, actingMember } from "./speaker.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

export const aboutProposal = (id: Id): readonly string[] => ["proposals", `proposal:${id}`];

/** Ends the act when this cannot be asked: no such seat, a value out of bounds together with others, a rule that moved. */
export async function refuseUnaskable(scope: Scope, payload: Payload, proposal?: Id): Promise<void> {
  const view = viewOf(scope);
  if (payload.kind === "election") await whileSeating(scope);
  refuseIf(objectionToPayload(payload, await newestBylaws(view), await namedIn(view, payload, proposal)));
}

/** The same where somebody words it: the day it begins on lies after the course that it then has. */
async function refuseUnfit(
  scope: Scope,
  words: Pick<store.Words, "payload" | "inAssembly"> & { readonly id?: Id },
  deliberatedUntil?: Instant | null,
): Promise<void> {
  await refuseUnaskable(scope, words.payload, words.id);
  if (words.payload.kind !== "bylaws" || words.payload.from === undefined) return;
  const { bylaw, now } = scope;
  const grave = await store.classNow(scope, words.payload);
  const course = {
    ...(await calendarOf(viewOf(scope))),
    deliberatedUntil: deliberatedUntil ?? (await inDays(scope, (await bylaw("proposal.deliberationDays", now)).value)),
    openDays: (await bylaw("vote.openDays", now)).value[grave],
    contestDays: (await bylaw("vote.contestDays", now)).value,
    againAfter: grave === "constitutional" ? (await bylaw("proposal.secondReadingDays", now)).value : undefined,
    inAssembly: words.inAssembly,
  };
  refuseIf(objectionToBeginning(words.payload, soonestBeginning(course)));
}

/** Begins a proposal for its author alone; `amends` makes it another version of one that is open. */
export const draftProposal: Act<typeof api.draftProposal> = async (scope, words) => {
  refuseUnless(words.payload.kind !== "treaty", "treaty-at-its-page");
  return beginProposal(scope, words);
};

/** The same for whoever wrote the payload, as the page of another coop does. */
export const beginProposal: Act<typeof api.draftProposal> = async (scope, { amends, ...words }) => {
  const { member } = await actingAssociate(scope);
  const payload = words.payload as Payload;
  await refuseUnfit(scope, { ...words, payload });
  if (amends !== undefined) refuseIf(objectionToAmending(found(await store.heldProposal(scope, amends)), payload.kind));
  const id = await store.saveProposal(scope, { author: member, verb: "draft", amends }, { ...words, payload });
  scope.emit({ type: "proposal.drafted", subject: id, body: {}, about: [`proposal:${id}`] });
  return { id };
};

/** Words it anew. Whoever put their name to it is told, and may take it back until it is fixed: two days at least where it asks for something else. */
export const reviseProposal: Act<typeof api.reviseProposal> = async (scope, { proposal: id, version: shown, ...words }) => {
  const { member } = await actingMember(scope);
  const proposal = found(await store.heldProposal(scope, id));
  refuseIf(objectionToRevising(proposal, member));
  return { version: await reworded(scope, proposal, shown, words) };
};

/** Takes the words of another version up: the first asks what that one asked, and that one is merged into it. */
export const mergeProposal: Act<typeof api.mergeProposal> = async (scope, { proposal: id, version, other: otherId, otherVersion }) => {
  const { member } = await actingMember(scope);
  const proposal = found(await store.heldProposal(scope, id));
  const other = found(await store.heldProposal(scope, otherId));
  found(other.amends === id || undefined);
  refuseIf(objectionToMerging(proposal, other, member));
  refuseUnless(other.version === otherVersion, "proposal-changed");
  await store.moveProposal(scope, otherId, other.state, "merge", { ended_at: scope.now });
  scope.emit({ type: "proposal.merged", subject: otherId, body: { into: id }, about: aboutProposal(otherId) });
  const { title, text, language, payload } = other;
  return { version: await reworded(scope, proposal, version, { title, text, language, payload, inAssembly: proposal.inAssembly }) };
};

/** The next version of its words. */
async function reworded(scope: Scope, proposal: store.Held, shown: bigint, words: store.Words): Promise<bigint> {
  const { id } = proposal;
  refuseIf(objectionToRewording(proposal.payload, words.payload));
  await refuseUnfit(scope, { ...words, id }, proposal.deliberateUntil);
  refuseIf(objectionToLateChange(proposal, words, scope.now));
  const ends = deliberatedAfter(proposal, words, scope.now);
  refuseUnless(await store.saveRevision(scope, id, shown, words, ends), "proposal-changed");
  const version = shown + 1n;
  const body = {
    version: Number(version),
    published: proposal.state !== "draft",
    late: ends.deliberateUntil !== proposal.deliberateUntil,
  };
  scope.emit({ type: "proposal.revised", subject: id, body, about: aboutProposal(id) });
  return version;
}

/** Publishes it with its author's own name; a coop of few people may have all it needs at once. */
export const publishProposal: Act<typeof api.publishProposal> = async (scope, { proposal: id }) => {
  const writer = await actingMember(scope);
  const proposal = found(await store.heldProposal(scope, id));
  const most = (await scope.bylaw("proposal.openPerMember", scope.now)).value;
  refuseIf(objectionToPublishing(proposal, writer, await store.openOf(scope, writer.member), most));
  await refuseUnfit(scope, proposal);
  const { value: days } = await scope.bylaw("proposal.ideaDays", scope.now);
  const idea_until = await inDays(scope, days);
  refuseUnless(await store.moveProposal(scope, id, "draft", "publish", { published_at: scope.now, idea_until }), "not-in-this-state", {
    state: proposal.state,
  });
  scope.emit({ type: "proposal.published", subject: id, body: { title: proposal.title }, about: aboutProposal(id) });
  await sponsored(scope, { ...proposal, state: "idea" }, writer.member);
  return {};
};

/** The same time of day so many days later, by the coop's clocks. */
export const inDays = async (scope: Scope, days: number): Promise<Instant> => daysLater(scope.now, days, (await bookOf(scope.tx)).zone);

/** Puts a name to it; the last one needed opens the deliberation. How many names there are now. */
async function sponsored(scope: Scope, proposal: store.Held, member: Id): Promise<number> {
  const { id, state } = proposal;
  const view = viewOf(scope);
  if (await addSponsor(scope, id, member)) scope.emit({ type: "proposal.sponsored", subject: id, body: {}, about: aboutProposal(id) });
  if (state === "idea" && (await isCarried(view, id))) await deliberated(scope, proposal);
  return sponsorsOf(view, id);
}

/** Enough names: everybody has some days to argue. */
export async function deliberated(scope: Scope, { id, payload }: Pick<store.Held, "id" | "payload">): Promise<void> {
  const { value: days } = await scope.bylaw("proposal.deliberationDays", scope.now);
  const until = await inDays(scope, days);
  if (!(await store.moveProposal(scope, id, "idea", "deliberate", { deliberate_until: until }))) return;
  await onlyElection(scope, { id, payload });
  scope.emit({ type: "proposal.supported", subject: id, body: { until }, about: aboutProposal(id) });
}

/** A college holds one election at a time: when one is under way, the ideas for another end. */
export async function onlyElection(scope: Scope, { id, payload }: Pick<store.Held, "id" | "payload">): Promise<void> {
  if (payload.kind !== "election") return;
  for (const other of await store.openAbout(scope, aboutBoard(payload.college)))
    if (other.id !== id && other.state === "idea") await lapsed(scope, other);
}

/** It ends without a vote. */
export async function lapsed(scope: Scope, { id, state }: Pick<store.Held, "id" | "state">): Promise<void> {
  if (await store.moveProposal(scope, id, state, "lapse", { ended_at: scope.now }))
    scope.emit({ type: "proposal.lapsed", subject: id, body: {}, about: aboutProposal(id) });
}

export const sponsorProposal: Act<typeof api.sponsorProposal> = async (scope, { proposal: id }) => {
  const { member } = await actingAssociate(scope);
  const proposal = found(await store.heldProposal(scope, id));
  refuseIf(objectionToVerb(proposalTable, proposal.state, "sponsor"));
  return { sponsors: await sponsored(scope, proposal, member) };
};

export const unsponsorProposal: Act<typeof api.unsponsorProposal> = async (scope, { proposal: id }) => {
  const { member } = await actingMember(scope);
  const proposal = found(await store.heldProposal(scope, id));
  refuseIf(objectionToVerb(proposalTable, proposal.state, "unsponsor"));
  if (await dropSponsor(scope, id, member)) scope.emit({ type: "proposal.unsponsored", subject: id, body: {}, about: aboutProposal(id) });
  return {};
};

export const withdrawProposal: Act<typeof api.withdrawProposal> = async (scope, { proposal: id }) => {
  const { member } = await actingMember(scope);
  const proposal = found(await store.heldProposal(scope, id));
  refuseIf(objectionToWithdrawing(proposal, member));
  refuseUnless(await store.moveProposal(scope, id, proposal.state, "withdraw", { ended_at: scope.now }), "not-in-this-state", {
    state: proposal.state,
  });
  scope.emit({ type: "proposal.withdrawn", subject: id, body: {}, about: aboutProposal(id) });
  return {};
};

export const argueProposal: Act<typeof api.argueProposal> = async (scope, { proposal: id, side, text }) => {
  const { member } = await actingAssociate(scope);
  const proposal = found(await store.heldProposal(scope, id));
  refuseIf(objectionToVerb(proposalTable, proposal.state, "argue"));
  const argument = await store.saveArgument(scope, id, member, side, text);
  scope.emit({ type: "proposal.argued", subject: id, body: { argument }, about: aboutProposal(id) });
  return { id: argument };
};
