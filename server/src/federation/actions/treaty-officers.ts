// What people of ours do about a treaty: whoever has a share asks the members, officers go as far as members let them.
import type * as api from "@partcommune/shared/federation/api/treaties";
import { objectionToAskingMembers, objectionToOfficer, type TreatyOfficerVerb } from "@partcommune/shared/federation/rules/treaty";
import { aboutSister } from "@partcommune/shared/governance/rules/proposal";
import { objectionToRedraft, objectionToTerms, type Bounds } from "@partcommune/shared/governance/rules/treaty-terms";
import type { draftProposal } from "@partcommune/shared/governance/api";
import type { Terms } from "@partcommune/shared/governance/rules/terms";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { beginProposal, openAbout } from "../../governance/index.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import type { Action, Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { isBlocked } from "../store/blocks.ts";
import * as store from "../store/treaties.ts";
import { aboutSisters, newOffer, partyOf } from "./treaties.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;

/** Begins a proposal about a coop, with its name and what lies on the table as we know them: nobody types those. */
export const proposeTreaty: Act<typeof api.proposeTreaty> = async (scope, { host, act, terms, mandate, hash, ...words }) => {
  const { origin, name } = found(await store.shownCoop(scope, host));
  const treaty = await store.heldTreaty(scope, host);
  refuseIf(objectionToAskingMembers({ act, hash, hasTerms: terms !== undefined && mandate !== undefined }, treaty));
  const said = act === "end" ? {} : treaty?.state === "received" ? theirs(treaty) : { terms, mandate };
  const payload = { kind: "treaty", act, host, origin, name, ...said } as InputOf<typeof draftProposal>["payload"];
  return beginProposal(scope, { ...words, payload });
};

const theirs = ({ terms, draft, hash }: store.Treaty) => ({ terms, draft, hash });

/** The treaty with a coop, where officers can do this to it now. */
async function forOfficers(scope: Scope, host: Id, verb: TreatyOfficerVerb): Promise<store.Treaty> {
  const treaty = await store.heldTreaty(scope, host);
  refuseUnless(treaty !== undefined, "treaty-none");
  refuseUnless(verb !== "resume" || !(await isBlocked(scope, host)), "host-blocked");
  const before = (await openAbout(scope, aboutSister(host))).some(({ state }) => state !== "idea");
  refuseIf(objectionToOfficer(treaty.state, verb, before));
  return treaty;
}

export const redraftTreaty: Act<typeof api.redraftTreaty> = async (scope, { host, terms }) => {
  const treaty = await forOfficers(scope, host, "redraft");
  refuseIf(objectionToRedraft(terms, found(treaty.voted), found(treaty.mandate)));
  refuseUnless(terms.expiresAt > scope.now, "treaty-over");
  const draft = await laidDown(scope, treaty, terms);
  await store.replaceTerms(scope, treaty, draft);
  return tabled(scope, treaty, draft);
};

export const wishTreaty: Act<typeof api.wishTreaty> = async (scope, { host, terms }) => {
  const treaty = await forOfficers(scope, host, "wish");
  refuseIf(objectionToTerms(terms, await boundsNow(scope)));
  const draft = await laidDown(scope, treaty, terms);
  await store.keepDraft(scope, treaty.id, draft);
  return tabled(scope, treaty, draft);
};

/** What of our own law bears on terms now. */
async function boundsNow({ bylaw, now, tx }: Scope): Promise<Bounds> {
  const [exposure, term] = [await bylaw("treaty.exposure", now), await bylaw("treaty.termMonths", now)];
  return { currency: (await bookOf(tx)).currency, exposure: exposure.value, termMonths: term.value, now };
}

const laidDown = async (scope: Scope, { id }: store.Treaty, terms: Terms): Promise<store.Draft> => ({
  draft: await store.nextDraft(scope, id),
  ours: true,
  terms,
  offer: newOffer(scope),
});

function tabled(scope: Scope, treaty: store.Treaty, { draft, offer }: store.Draft): { readonly draft: number } {
  scope.emit({ type: "treaty.redrafted", subject: treaty.id, body: { ...partyOf(treaty), offer }, about: aboutSisters });
  return { draft };
}

export const refuseTreaty: Act<typeof api.refuseTreaty> = async (scope, asked) => {
  const treaty = await moved(scope, asked, "refuse");
  const body = { ...partyOf(treaty), offer: treaty.offer, byUs: true };
  scope.emit({ type: "treaty.refused", subject: treaty.id, body, about: aboutSisters });
  return {};
};

export const withdrawTreaty: Act<typeof api.withdrawTreaty> = async (scope, asked) => {
  const treaty = await moved(scope, asked, "withdraw");
  const body = { ...partyOf(treaty), offer: treaty.offer, byUs: true };
  scope.emit({ type: "treaty.withdrawn", subject: treaty.id, body, about: aboutSisters });
  return {};
};

export const pauseTreaty: Act<typeof api.pauseTreaty> = async (scope, asked) => {
  const treaty = await moved(scope, asked, "pause");
  scope.emit({ type: "treaty.paused", subject: treaty.id, body: partyOf(treaty), about: aboutSisters });
  return {};
};

export const resumeTreaty: Act<typeof api.resumeTreaty> = async (scope, asked) => {
  const treaty = await moved(scope, asked, "resume");
  scope.emit({ type: "treaty.resumed", subject: treaty.id, body: partyOf(treaty), about: aboutSisters });
  return {};
};

/** Moves it by a verb of officers, with a reason that everybody reads. */
async function moved(
  scope: Scope,
  { host, reason }: { readonly host: Id; readonly reason: string },
  verb: TreatyOfficerVerb,
): Promise<store.Treaty> {
  const treaty = await forOfficers(scope, host, verb);
  refuseUnless(await store.moveTreaty(scope, treaty, verb, { reason }), "not-in-this-state", { state: treaty.state });
  return treaty;
}
