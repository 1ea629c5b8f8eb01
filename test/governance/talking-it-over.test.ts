// Before a question is voted its author may take up another version of it, and members talk it over: whom it concerns is told, and nobody is told who read.
import { test, type Test } from "tap";
import {
  draftProposal,
  mergeProposal,
  publishProposal,
  readProposal,
  sponsorProposal,
  withdrawProposal,
} from "@partcommune/shared/governance/api";
import { listMessages, markRead, writeMessage } from "@partcommune/shared/platform/api/messages";
import { associates } from "../support/associates.ts";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { backAgain, type Associate } from "../support/members.ts";
import { clientOwner, founder } from "../support/people.ts";
import { heard, told } from "../support/told.ts";

type Stage = { readonly coop: TestCoop; readonly people: readonly Associate[]; readonly carla: Caller };

async function opened(t: Test): Promise<Stage> {
  const coop = await openCoop(t, { settings: { poolSize: 20 } });
  await founder(coop);
  const people = await associates(coop, 6);
  await backAgain({ coop }, people);
  return { coop, people, carla: (await clientOwner(coop, "Carla")).caller };
}

const page = async ({ coop }: Stage, proposal: string) => told(coop.someone(), readProposal, { proposal });

const on = (subject: string) => ({ subjectKind: "proposal" as const, subject });

/** Members talk about a question; whoever wrote it and whoever took part is told, and nobody who read. */
async function discussed(t: Test, stage: Stage, proposal: string, [ben, cyd, ann]: readonly [Caller, Caller, Caller]): Promise<void> {
  t.equal((await stage.coop.someone().call(listMessages, on(proposal))).status, 401);
  const { carla } = stage;
  t.match(await told(carla, listMessages, on(proposal)), { items: [], mayWrite: false });
  t.equal((await carla.call(writeMessage, { ...on(proposal), text: "A table?" })).problem, "thread-closed", "clients read it");
  await told(ben, writeMessage, { ...on(proposal), text: "Where does it **stand**?" });
  const { id: message } = await told(cyd, writeMessage, { ...on(proposal), text: "In the yard." });
  await stage.coop.settle();
  t.ok((await heard(ann, "messageWritten")).has(proposal), "whose question it is");
  t.ok((await heard(ben, "messageWritten")).has(proposal), "and who took part");
  t.notOk((await heard(stage.people[4]!.caller, "messageWritten")).has(proposal));
  await told(ben, markRead, { message });
  const { items, readBy, mayWrite } = await told(cyd, listMessages, on(proposal));
  t.match(items.map(({ html }) => html).join(), /In the yard.*<strong>stand<\/strong>/s);
  t.same([readBy, mayWrite], [[], true], "of what everybody reads nobody is told who did");
}

/** What another version asks is taken up by the author of the first, whose names stay, and the other is voted no more. */
test("an author takes up what another version asks, and members talk about the question", async (t) => {
  const stage = await opened(t);
  const [ann, , , cyd, , ben] = stage.people.map(({ caller }) => caller) as [Caller, Caller, Caller, Caller, Caller, Caller];
  const draft = async (by: Caller, title: string, amends?: string): Promise<string> => {
    const words = { title, text: `${title}, of oak.`, language: "en" as const, payload: { kind: "resolution" as const } };
    const { id: proposal } = await told(by, draftProposal, { ...words, ...(amends === undefined ? {} : { amends }) });
    await told(by, publishProposal, { proposal });
    return proposal;
  };
  const first = await draft(ann, "A bench");
  const longer = await draft(ben, "A longer bench", first);
  await told(cyd, sponsorProposal, { proposal: longer });
  const other = { proposal: first, version: 1, other: longer, otherVersion: 1 };
  t.equal((await ben.call(mergeProposal, other)).problem, "author-only", "whose text it is decides");
  t.equal((await ann.call(mergeProposal, { ...other, other: first })).status, 404, "of itself there is no other version");
  t.equal((await ann.call(mergeProposal, { ...other, otherVersion: 2 })).problem, "proposal-changed", "only as it was read");
  t.same(await told(ann, mergeProposal, other), { version: 2 });
  t.match(await page(stage, first), { title: "A longer bench", version: 2, state: "idea", sponsors: 1, revisions: [{}, {}] });
  t.match(await page(stage, longer), { state: "merged", sponsors: 2 });
  t.equal((await ann.call(mergeProposal, { ...other, version: 2 })).problem, "not-in-this-state", "once");
  await stage.coop.settle();
  for (const caller of [ben, cyd]) t.same(await heard(caller, "proposalMerged"), new Set([longer]));
  t.equal((await heard(ann, "proposalMerged")).size, 0, "and nobody of what they did");
  await discussed(t, stage, first, [ben, cyd, ann]);
  await told(ann, withdrawProposal, { proposal: first });
  t.equal((await cyd.call(writeMessage, { ...on(first), text: "Why?" })).problem, "thread-closed", "what is over is discussed no more");
});
