// What a coop is besides jobs that were posted: branches, people who show themselves, work brought along, and words beside the work.
import {
  answerQuestion,
  askQuestion,
  chooseBudget,
  declareWork,
  inviteMember,
  proposeAmendment,
  readEngagement,
  signAmendment,
} from "@partcommune/shared/marketplace/api";
import { openBudget } from "@partcommune/shared/money/api";
import { saveProfile } from "@partcommune/shared/membership/api/directory";
import { listBranches, moveMember, openBranch } from "@partcommune/shared/membership/api/branches";
import { writeMessage } from "@partcommune/shared/platform/api/messages";
import type { Actress, Stage } from "./stage.ts";
import type { Client, House, Member } from "./people.ts";

/** Two branches under the first; of those who are there by now, each third is in one of the three. */
export async function branchOut(stage: Stage, { board }: House, members: readonly Member[]): Promise<void> {
  const [root] = (await board.does(listBranches, {})).items;
  for (const [at, name] of stage.cast.crowd.branches.entries()) {
    const { id: branch } = await board.does(openBranch, { parent: root?.id ?? "", name, country: stage.cast.founding.country });
    for (const { member } of members.filter((_, number) => number % 3 === at + 1))
      await board.does(moveMember, { member, branch, from: stage.now().slice(0, 10) });
  }
}

/** The leads among the members show themselves in the directory. */
export async function shownInDirectory({ cast }: Stage, members: readonly Member[]): Promise<void> {
  const places = [cast.founding.letterhead.town];
  for (const [at, { handle, headline, languages }] of cast.leads.members.entries())
    await members[at]?.does(saveProfile, { handle, shown: true, headline, about: "", languages: [...languages], places });
}

/** The two sides of an engagement write to each other. */
export async function talked(
  { cast }: Stage,
  sides: { readonly client: Client; readonly member: Member },
  engagement: string,
): Promise<void> {
  for (const [at, text] of cast.words.talk.entries())
    await sides[at === 1 ? "client" : "member"].does(writeMessage, { subjectKind: "engagement", subject: engagement, text });
}

/** The client of work under way asks for more of it, as a milestone of its own, and signs; the member has not answered yet. */
export async function changeProposed({ cast }: Stage, { does }: Client, engagement: string): Promise<void> {
  const { quote, endOn, milestones } = await does(readEngagement, { engagement });
  const kept = milestones.map(({ id, title, amount, parallel }) => ({ id, title, amount, parallel }));
  const { title, reason } = cast.words.more;
  const more = { title, amount: { amount: "240.00", currency: "EUR" }, parallel: true };
  const { text } = JSON.parse(quote) as { readonly text: string };
  const { hash } = await does(proposeAmendment, { engagement, reason, text, endOn, milestones: [...kept, more] });
  await does(signAmendment, { engagement, hash });
}

type Bidding = {
  readonly client: Client;
  readonly member: Member;
  readonly rivals: readonly Member[];
  readonly veiled?: boolean | undefined;
};

/** What is asked, answered and offered about a job that is still open. Where names are hidden nobody is invited by one. */
export async function beforeAward({ cast }: Stage, { client, member, rivals, veiled }: Bidding, job: string): Promise<void> {
  const { question: text, answer, aside } = cast.words.before;
  const { id: question } = await member.does(askQuestion, { job, text, audience: "public" });
  await client.does(answerQuestion, { question, text: answer });
  for (const rival of rivals) await rival.does(askQuestion, { job, text: aside, audience: "private" });
  const [first] = cast.leads.members;
  if (!veiled && first) await client.does(inviteMember, { job, handle: first.handle });
}

/** A member comes with a client of their own, and keeps what that brings apart; the link to sign by is in the client's letter. */
export async function declared({ cast }: Stage, member: Actress, startOn: string, endOn: string): Promise<void> {
  const { work, budget } = cast.words.declared;
  const { engagement } = await member.does(declareWork, { ...work, startOn, endOn });
  const { id: chosen } = await member.does(openBudget, { name: budget });
  await member.does(chooseBudget, { engagement, chosen });
}
