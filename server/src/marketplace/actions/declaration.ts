// The verb that begins an engagement without a job: a member declares work that a client of their own has agreed to.
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToDeclaration, type Terms } from "@partcommune/shared/marketplace/rules/declaration";
import { signMs } from "@partcommune/shared/marketplace/rules/engagement";
import { planOf } from "@partcommune/shared/marketplace/rules/plan";
import { dayOf, weekdaysBetween } from "@partcommune/shared/platform/calendar";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { later } from "@partcommune/shared/platform/time";
import { bringClient, clientCard, memberCard, ownerOf } from "../../membership/index.ts";
import { found, refuseIf } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { openQuotes } from "../store/engagements.ts";
import { ownClient } from "../store/links.ts";
import { actingMember } from "./acting-member.ts";
import { wageFloorIn } from "./cover.ts";
import { quoteFrom } from "./engagements.ts";
import { mailLink } from "./link.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;
type Declared = InputOf<typeof api.declareWork>;

/** Declares work for a client of one's own: a quote lies ready for both, and its client is mailed the link to sign it by. */
export const declareWork: Act<typeof api.declareWork> = async (scope, { client: whom, ...work }) => {
  const declarer = actingMember(scope);
  const { member } = declarer;
  const { zone } = await bookOf(scope.tx);
  const buying = await clientFor(scope, member, whom);
  const plan = planOf(work.title, work.price, work.milestones);
  await refuseUnlawful(scope, declarer, buying, { ...work, plan });
  const { client, clientName, signer } = buying;
  const { title, text, startOn, endOn, place, service } = work;
  const terms = {
    title,
    text,
    startOn,
    endOn,
    town: place?.town ?? null,
    country: place?.country ?? null,
    ...(service ? { service } : {}),
  };
  const { id, hash } = await quoteFrom(scope, {
    client,
    clientName,
    parts: [{ member, amount: work.price }],
    amount: work.price,
    terms,
    milestones: plan,
  });
  scope.emit({ type: "engagement.declared", subject: id, body: { client, hash }, about: [`engagement:${id}`] });
  await mailLink(scope, { id, title, member, zone, signUntil: later(scope.now, signMs), signer });
  return { engagement: id };
};

type Buying = { readonly client: Id; readonly clientName: string; readonly signer: Id };

/** The client that is meant and who signs for it. A new one is entered; its name stands in the quote as the member wrote it. */
async function clientFor(scope: Scope, member: Id, whom: Declared["client"]): Promise<Buying> {
  if ("id" in whom) {
    const { name } = found(await ownClient(scope, member, whom.id));
    return { client: whom.id, clientName: name, signer: found(await ownerOf(viewOf(scope), whom.id)) };
  }
  const { contact: person, ...card } = whom;
  const { client, contact } = await bringClient(scope, member, card, person);
  return { client, clientName: card.name, signer: contact };
}

type Work = Omit<Declared, "client" | "milestones"> & { readonly plan: ReturnType<typeof planOf> };

async function refuseUnlawful(
  scope: Scope,
  { member, buysFor }: ReturnType<typeof actingMember>,
  { client, signer }: Buying,
  { place, plan, ...work }: Work,
): Promise<void> {
  const view = viewOf(scope);
  const { stage, person } = found(await memberCard(view, member));
  const { blockedReason } = found(await clientCard(view, client));
  const speaksForClient = signer === person || buysFor.some((buying) => buying.client === client);
  const weekdays = work.endOn < work.startOn ? 0n : BigInt(weekdaysBetween(work.startOn, work.endOn));
  refuseIf(
    objectionToDeclaration(
      { ...work, plan, weekdays },
      { stage, speaksForClient, openQuotes: await openQuotes(scope, member) },
      { blockedReason: blockedReason ?? null },
      await termsOf(scope, place?.country),
    ),
  );
}

async function termsOf(scope: Scope, country: string | undefined): Promise<Terms> {
  const { currency, country: home, zone } = await bookOf(scope.tx);
  const { value: mostOpen } = await scope.bylaw("marketplace.openBids", scope.now);
  const wageFloor = await wageFloorIn(scope, country, currency);
  return { currency, country: home, mostOpen, today: dayOf(scope.now, zone), ...(wageFloor ? { wageFloor } : {}) };
}
