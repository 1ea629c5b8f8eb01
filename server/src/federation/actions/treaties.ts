// Treaties as the two coops move them: what a vote of ours carries out, and what is heard of the other coop.
import {
  crosses,
  goesFirst,
  objectionToAnswer,
  treatyTable,
  type TreatyState,
  type TreatyVerb,
} from "@partcommune/shared/federation/rules/treaty";
import type { Terms } from "@partcommune/shared/governance/rules/terms";
import type { Id } from "@partcommune/shared/platform/id";
import { objectionToVerb } from "@partcommune/shared/platform/table";
import type { Passed } from "../../governance/index.ts";
import { refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";
import * as store from "../store/treaties.ts";

/** Whoever looks at the list of coops sees it move. */
export const aboutSisters: readonly string[] = ["sisters"];

/** The treaty with a coop, where the verb fits it. */
export async function treatyFor(scope: Scope, host: Id, verb: TreatyVerb): Promise<store.Treaty> {
  const treaty = await store.heldTreaty(scope, host);
  refuseUnless(treaty !== undefined, "treaty-none");
  refuseIf(objectionToVerb(treatyTable, treaty.state, verb));
  return treaty;
}

/** The address under which an offer of ours will leave. */
export const newOffer = (scope: Scope): string => `${scope.origin}/acts/${scope.id()}`;

export const partyOf = ({ host, origin }: store.Treaty): { readonly host: Id; readonly origin: string } => ({ host, origin });

/** Carries out what members voted about a coop; what it was about may have changed meanwhile, and then nothing is done, and the board is told. */
export async function enactTreaty(scope: Scope, passed: Passed<"treaty">): Promise<void> {
  const { host, act } = passed.payload;
  const treaty = await store.heldTreaty(scope, host);
  const done = act === "end" ? await endByVote(scope, treaty) : await makeByVote(scope, treaty, passed);
  if (done) return;
  const origin = await store.originOf(scope, host);
  scope.emit({ type: "treaty.missed", subject: host, body: { host, origin, proposal: passed.proposal }, about: aboutSisters });
}

async function endByVote(scope: Scope, treaty: store.Treaty | undefined): Promise<boolean> {
  if (!treaty || !fits(treaty.state, "end") || !(await store.moveTreaty(scope, treaty, "end"))) return false;
  scope.emit({ type: "treaty.ended", subject: treaty.id, body: { ...partyOf(treaty), byUs: true, because: "vote" }, about: aboutSisters });
  return true;
}

const fits = (state: TreatyState, verb: TreatyVerb): boolean => objectionToVerb(treatyTable, state, verb) === undefined;

async function makeByVote(scope: Scope, treaty: store.Treaty | undefined, passed: Passed<"treaty">): Promise<boolean> {
  const { terms, mandate, hash } = passed.payload;
  if (treaty?.state === "received") return hash === treaty.hash && acceptByVote(scope, treaty, passed.proposal);
  if (!terms || !mandate || (treaty && treaty.state !== "offered")) return false;
  return offerByVote(scope, treaty, { host: passed.payload.host, proposal: passed.proposal, terms, mandate });
}

/** Our members said yes to what lies on the table: the agreement stands at an address of ours until the other coop signs it too. */
async function acceptByVote(scope: Scope, treaty: store.Treaty, proposal: Id): Promise<boolean> {
  const iri = `${scope.origin}/treaties/${treaty.id}`;
  if (!(await store.moveTreaty(scope, treaty, "accept", { iri, proposal }))) return false;
  scope.emit({ type: "treaty.accepted", subject: treaty.id, body: { ...partyOf(treaty), offer: treaty.offer, iri }, about: aboutSisters });
  return true;
}

type Voted = { readonly host: Id; readonly proposal: Id; readonly terms: Terms; readonly mandate: NonNullable<store.Treaty["mandate"]> };

/** What our members voted leaves as an offer; where one lies there already, in its place. */
async function offerByVote(scope: Scope, treaty: store.Treaty | undefined, { host, ...voted }: Voted): Promise<boolean> {
  const offer = newOffer(scope);
  const draft = { draft: treaty ? await store.nextDraft(scope, treaty.id) : 1, ours: true, terms: voted.terms, offer };
  if (treaty) {
    if (!(await store.replaceTerms(scope, treaty, draft, voted))) return false;
    scope.emit({ type: "treaty.redrafted", subject: treaty.id, body: { ...partyOf(treaty), offer }, about: aboutSisters });
    return true;
  }
  const origin = await store.originOf(scope, host);
  const id = await store.beginTreaty(scope, host, draft, voted);
  if (id === undefined) return false;
  scope.emit({ type: "treaty.offered", subject: id, body: { host, origin, offer }, about: aboutSisters });
  return true;
}

export type OfferHeard = {
  readonly host: Id;
  /** The activity that carried it. */
  readonly offer: string;
  readonly draft: number;
  readonly terms: Terms;
  /** Where the vote of their members stands. */
  readonly voted?: string;
};

/** An offer came. It lies on the table for officers and members, and is never accepted by itself; what is older than what lies there changes nothing. */
export async function receiveOffer(scope: Scope, { host, ...heard }: OfferHeard): Promise<void> {
  const draft = { draft: heard.draft, ours: false, terms: heard.terms, offer: heard.offer };
  const treaty = await store.heldTreaty(scope, host);
  if (!treaty) return receiveFirst(scope, host, draft);
  if (crosses(treaty, heard.voted) && !goesFirst(scope.origin, treaty.origin)) return giveWay(scope, treaty, draft);
  const body = partyOf(treaty);
  if (treaty.ours) {
    refuseIf(objectionToVerb(treatyTable, treaty.state, "wish"));
    if (!(await store.keepDraft(scope, treaty.id, draft))) return;
  } else {
    refuseIf(objectionToVerb(treatyTable, treaty.state, "redraft"));
    if (draft.draft <= treaty.draft || !(await store.replaceTerms(scope, treaty, draft))) return;
  }
  scope.emit({ type: "treaty.redrafted", subject: treaty.id, body, about: aboutSisters });
}

/** Two offers passed each other. The other coop keeps its own on the table; ours is taken back, and our members are asked about theirs. */
async function giveWay(scope: Scope, treaty: store.Treaty, draft: store.Draft): Promise<void> {
  if (!(await store.giveWay(scope, treaty, draft))) return;
  const body = partyOf(treaty);
  scope.emit({ type: "treaty.gaveWay", subject: treaty.id, body: { ...body, offer: treaty.offer }, about: aboutSisters });
  scope.emit({ type: "treaty.received", subject: treaty.id, body, about: aboutSisters });
}

async function receiveFirst(scope: Scope, host: Id, draft: store.Draft): Promise<void> {
  const origin = await store.originOf(scope, host);
  const id = await store.beginTreaty(scope, host, draft);
  if (id !== undefined) scope.emit({ type: "treaty.received", subject: id, body: { host, origin }, about: aboutSisters });
}

type Answer = { readonly host: Id; readonly iri: string; readonly hash: string };

/** They said yes to what we offered. Ours is the last signature, given alone where their terms are those that our members voted. */
export async function hearAcceptance(scope: Scope, { host, offer, iri, hash }: Answer & { readonly offer: string }): Promise<void> {
  const treaty = await treatyFor(scope, host, "countersign");
  refuseUnless(treaty.ours, "not-in-this-state", { state: treaty.state });
  refuseIf(objectionToAnswer({ offer, hash }, treaty));
  await begin(scope, treaty, iri, true);
}

/** They countersigned what our members accepted. */
export async function hearCountersign(scope: Scope, { host, iri, hash }: Answer): Promise<void> {
  const treaty = await treatyFor(scope, host, "countersign");
  refuseUnless(treaty.iri === iri, "treaty-differs");
  refuseIf(objectionToAnswer({ hash }, treaty));
  await begin(scope, treaty, iri, false);
}

async function begin(scope: Scope, treaty: store.Treaty, iri: string, byUs: boolean): Promise<void> {
  if (await store.moveTreaty(scope, treaty, "countersign", { iri }))
    scope.emit({ type: "treaty.begun", subject: treaty.id, body: { ...partyOf(treaty), iri, byUs }, about: aboutSisters });
}

/** They said no to what we offered. */
export const hearRefusal = async (scope: Scope, heard: { readonly host: Id; readonly offer: string }): Promise<void> =>
  hearNo(scope, heard, "refuse", true, "treaty.refused");

/** They took back what they offered. */
export const hearWithdrawal = async (scope: Scope, heard: { readonly host: Id; readonly offer: string }): Promise<void> =>
  hearNo(scope, heard, "withdraw", false, "treaty.withdrawn");

/** A no to an offer that lies on the table; to an older one it changes nothing. */
async function hearNo(
  scope: Scope,
  { host, offer }: { readonly host: Id; readonly offer: string },
  verb: "refuse" | "withdraw",
  ours: boolean,
  type: "treaty.refused" | "treaty.withdrawn",
): Promise<void> {
  const treaty = await treatyFor(scope, host, verb);
  if (treaty.ours !== ours || treaty.offer !== offer || !(await store.moveTreaty(scope, treaty, verb))) return;
  scope.emit({ type, subject: treaty.id, body: { ...partyOf(treaty), offer, byUs: false }, about: aboutSisters });
}

/** They end what is in force. */
export async function hearEnd(scope: Scope, { host }: { readonly host: Id }): Promise<void> {
  const treaty = await treatyFor(scope, host, "end");
  if (await store.moveTreaty(scope, treaty, "end"))
    scope.emit({
      type: "treaty.ended",
      subject: treaty.id,
      body: { ...partyOf(treaty), byUs: false, because: "them" },
      about: aboutSisters,
    });
}
