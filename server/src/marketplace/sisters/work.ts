// Work between coops: what our member hands in, what a sister's member handed in to us, and what is answered to either.
import type { Iri } from "@partcommune/federation/iri";
import { isObject, oneId } from "@partcommune/federation/read";
import { link } from "@partcommune/federation/translate/agreed";
import {
  approvalFrom,
  approvalWords,
  changesFrom,
  changesWords,
  handInFromWire,
  handInToWire,
  isNotTaken,
  notTakenWords,
  type SharedHandIn,
} from "@partcommune/federation/translate/hand-in";
import { isCalledOff } from "@partcommune/shared/marketplace/rules/engagement";
import type { MilestoneState } from "@partcommune/shared/marketplace/rules/milestone";
import type { Fact } from "@partcommune/shared/platform/events";
import type { Id } from "@partcommune/shared/platform/id";
import { hears, type Heard, type Tells } from "../../federation/index.ts";
import { refuseUnless } from "../../platform/refused.ts";
import { htmlOf } from "../../platform/text.ts";
import { tried } from "../../platform/trying.ts";
import { viewOf, type Scope, type View } from "../../platform/scope.ts";
import { followApproval } from "../actions/approval.ts";
import { askChanges, endDispute, handBack, handIn, openDispute, startEngagement } from "../actions/work.ts";
import * as store from "../store/hand-ins.ts";
import { sharedWork, theirWork } from "./agreements.ts";
import { endsOf, isTheirDoing, saysOf } from "./telling.ts";

/** Our member has handed in. */
const tellHandIn: Tells = {
  name: "marketplace.tellHandIns",
  facts: ["milestone.handedIn"],
  tell: async (view, fact) => {
    const last = isTheirDoing(fact) ? undefined : await store.lastHandIn(view, fact.subject);
    const work = last && (await sharedWork(view, last.engagement));
    const ends = work?.isHome ? await endsOf(view, work) : undefined;
    const [client = ""] = ends?.to ?? [];
    if (!last || !work || !ends) return undefined;
    const { id, at: publishedAt, text, number, minutes, activity } = last;
    const said: SharedHandIn = {
      id: `${view.origin}/hand-ins/${id}`,
      member: `${view.origin}/${ends.actor}`,
      client,
      engagement: work.iri,
      content: htmlOf(text),
      number,
      publishedAt,
      text,
      minutes,
    };
    return { ...ends, type: "Create", id: activity, object: handInToWire(said), prove: true };
  },
};

/** Our client has answered: yes, by word or by silence, or what is to be changed. */
const tellAnswer: Tells = {
  name: "marketplace.tellAnswers",
  facts: ["milestone.approved", "milestone.changesAsked", "milestone.turnedAway"],
  tell: async (view, fact) => {
    const { subject, type, body } = fact;
    const last = isTheirDoing(fact) && type !== "milestone.turnedAway" ? undefined : await store.lastHandIn(view, subject);
    const engagement = "engagement" in body && typeof body.engagement === "string" ? body.engagement : "";
    const work = last || type === "milestone.turnedAway" ? await sharedWork(view, engagement) : undefined;
    const ends = work && !work.isHome ? await endsOf(view, work) : undefined;
    if (!ends) return undefined;
    if (type === "milestone.turnedAway") {
      const { activity, because } = body as { activity: Iri; because: string };
      return { ...ends, type: "Reject", object: activity, words: notTakenWords(because) };
    }
    if (!last) return undefined;
    if (type === "milestone.changesAsked")
      return { ...ends, type: "Reject", object: last.activity, words: changesWords(await store.lastChanges(view, subject)) };
    const bySilence = "bySilence" in body && body.bySilence;
    return { ...ends, type: "Accept", object: last.activity, words: approvalWords(bySilence ? "silence" : "client"), prove: true };
  },
};

/** A dispute stops the clocks at both coops, and its end lets them go on. */
const tellDispute: Tells = {
  name: "marketplace.tellDisputes",
  facts: ["milestone.disputed", "milestone.disputeEnded"],
  tell: async (view, fact) => {
    const dispute = isTheirDoing(fact) ? undefined : await store.disputeTold(view, fact.subject);
    const work = dispute && (await sharedWork(view, dispute.engagement));
    const ends = work && (await endsOf(view, work));
    if (!dispute || !work || !ends) return undefined;
    const open = fact.type === "milestone.disputed";
    const last = await store.lastHandIn(view, fact.subject);
    const { word } = fact.body as Extract<Fact, { type: "milestone.disputed" | "milestone.disputeEnded" }>["body"];
    const about = {
      "pc:milestone": link(`${work.iri}#m${dispute.number}`),
      "pc:open": open,
      "pc:version": word,
      ...(last ? { "pc:handIn": link(last.activity) } : {}),
    };
    return { ...ends, type: "Flag", object: work.iri, words: { ...about, ...(open ? { content: dispute.reason ?? "" } : {}) } };
  },
};

type Named = { readonly milestone: Id; readonly engagement: Id };

/** A sister's member hands in, to our client's desk or, where a rule says no, back to themselves. */
const hearHandIn = hears<void>({
  inbox: "any",
  types: ["Create"],
  bring: async () => undefined,
  hear: async (scope, heard) => {
    const document = heard.document["object"];
    const said = isObject(document) ? handInFromWire(document) : undefined;
    const work = said && (await theirWork(scope, heard, "iri", said.engagement));
    const milestone = work && !work.isHome ? await store.milestoneNumbered(viewOf(scope), work.engagement, said.number) : undefined;
    if (!said || !work || !milestone) return;
    // The member's signature is on its way: what comes too early is looked at again.
    if (work.state === "quoted" || work.state === "signed") throw new Error("the work that is handed in is not signed yet");
    const named = { milestone: milestone.id, engagement: work.engagement };
    const no = await tried(work.scope, (trying) => handedIn(trying, named, said, heard.id, work.state === "covered"));
    if (!no) return;
    const body = { ...named, activity: heard.id, because: saysOf(no) };
    scope.emit({ type: "milestone.turnedAway", subject: named.milestone, body, about: [] });
  },
});

async function handedIn(
  scope: Scope,
  { milestone, engagement }: Named,
  said: SharedHandIn,
  activity: Iri,
  toStart: boolean,
): Promise<void> {
  // At the member's coop the work has begun: whoever hands in says so, too.
  if (toStart) await startEngagement(scope, { engagement });
  await handIn(scope, { milestone, text: said.text, ...(said.minutes === undefined ? {} : { minutes: said.minutes }) });
  await store.nameHandIn(scope, milestone, activity);
}

/** What a client elsewhere answered to the last hand-in of our member. */
const hearAnswer = hears<void>({
  inbox: "any",
  types: ["Accept", "Reject"],
  bring: async () => undefined,
  hear: async (scope, heard) => {
    const named = await store.milestoneOfHandIn(viewOf(scope), heard.object);
    const work = named && (await theirWork(scope, heard, "engagement", named.engagement));
    if (!named || !work?.isHome) return;
    // What was approved counts, whatever was handed in since; what shall be changed is the last of it.
    if (heard.type === "Reject") return named.isLast ? rejected(work.scope, named, heard) : undefined;
    const approval = approvalFrom(heard.document);
    refuseUnless(heard.proved && approval !== undefined, "agreement-differs");
    await followApproval(work.scope, { milestone: named.id, ...approval });
  },
});

/** A client asks for changes; or their coop did not take what was handed in, which stays disputed where it is. */
async function rejected(scope: Scope, { id: milestone, state }: NamedHandIn, { document }: Heard): Promise<void> {
  const points = changesFrom(document);
  if (!points) return;
  if (!isNotTaken(document)) await askChanges(scope, { milestone, points: [...points] });
  else if (state === "handedIn") await handBack(scope, { milestone, points });
}

type NamedHandIn = NonNullable<Awaited<ReturnType<typeof store.milestoneOfHandIn>>>;

const notHandedIn: ReadonlySet<string> = new Set<MilestoneState>(["waiting", "underWay", "changesAsked"]);

/** Whether what a dispute is about is here. One that names no hand-in is about the last, and where changes were asked for that one is answered. */
async function isHandedIn(view: View, { id, state }: { readonly id: Id; readonly state: string }, heard: Heard): Promise<boolean> {
  const named = oneId(heard.document["pc:handIn"]);
  return named === undefined ? !notHandedIn.has(state) : store.hasCome(view, id, named);
}

/** Of what has ended here nothing is disputed any more, and whoever opens a dispute of it has missed the end. */
function saidToHaveEnded(scope: Scope, engagement: Id, heard: Heard): void {
  const opens = heard.document["pc:milestone"] !== undefined && heard.document["pc:open"] !== false;
  if (opens) scope.emit({ type: "engagement.endMissed", subject: engagement, body: {}, about: [] });
}

const hearDispute = hears<void>({
  inbox: "any",
  types: ["Flag"],
  bring: async () => undefined,
  hear: async (scope, heard) => {
    const work = await theirWork(scope, heard, "iri", heard.object);
    if (work && isCalledOff(work.state)) return saidToHaveEnded(scope, work.engagement, heard);
    const number = Number(/#m(\d+)$/.exec(oneId(heard.document["pc:milestone"]) ?? "")?.[1]);
    const milestone = work && Number.isInteger(number) ? await store.milestoneNumbered(viewOf(scope), work.engagement, number) : undefined;
    const { content, "pc:open": open, "pc:version": word } = heard.document;
    // The last word of a side holds, whichever of them comes first.
    const side = work?.isHome ? "client" : "member";
    if (!work || !milestone || typeof word !== "number" || !Number.isInteger(word) || word <= milestone[side]) return;
    const named = { milestone: milestone.id };
    if (milestone.state === "disputed" && milestone.disputedBy === side) await endDispute(work.scope, named);
    if (open !== false) {
      // What it is about is on its way, or waits for a signature: what comes too early is looked at again.
      if (!work.isHome && !(await isHandedIn(viewOf(scope), milestone, heard))) throw new Error("what is disputed is not handed in yet");
      const reason = typeof content === "string" && content.trim() !== "" ? content.slice(0, 2_000) : "Disputed at the other coop.";
      await openDispute(work.scope, { ...named, reason });
    }
    await store.saveWord(scope, milestone.id, side, word);
  },
});

export const work = { tells: [tellHandIn, tellAnswer, tellDispute], hears: [hearHandIn, hearAnswer, hearDispute] };
