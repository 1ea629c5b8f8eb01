// What the demo's members decided, and what they are asked now: a rule that changed, a vote that is open, a proposal that is talked about, an idea.
import { argueProposal, castVote, draftProposal, publishProposal, readProposal, sponsorProposal } from "@partcommune/shared/governance/api";
import { writeMessage } from "@partcommune/shared/platform/api/messages";
import { dayAfter, dayOf, startOfDay } from "@partcommune/shared/platform/calendar";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import { onDay, type Agenda } from "./agenda.ts";
import type { Cast } from "./cast.ts";
import type { Member } from "./people.ts";
import type { Stage } from "./stage.ts";

/** A proposal as its author writes it. */
export type Proposed = Pick<AskedOf<typeof draftProposal>, "title" | "text" | "payload" | "inAssembly">;
/** Those who may write, carry and vote. */
export type Company = { readonly stage: Stage; readonly members: readonly Member[] };
export type Told = Company & { readonly agenda: Agenda };

const openingDays: readonly number[] = [1, 15];

/** The last day on which votes open, up to this one. */
function openingBefore(day: Day): Day {
  let at = day;
  while (!openingDays.includes(Number(at.slice(-2)))) at = dayAfter(at, -1);
  return at;
}

/** Of each three who came, two took a share: those write, carry and vote. */
export const associates = (members: readonly Member[]): readonly Member[] => members.filter((_, number) => number % 3 !== 2);

/** So many days before the demo is walked into, at nine. */
export const morningBefore =
  ({ founding: { zone } }: Cast, until: Instant) =>
  (days: number): Instant =>
    onDay(startOfDay(dayOf(until, zone), zone), -days, 9);

/** What members are asked, in the words of their coop. */
function questionsOf({ words: { votes } }: Cast, until: Day) {
  const { purpose, ...tool } = votes.tool;
  return {
    moreBids: { ...votes.moreBids, payload: { kind: "bylaws", changes: [{ key: "marketplace.openBids", base: 1, value: 30 }] } },
    lowerFee: { ...votes.lowerFee, payload: { kind: "bylaws", changes: [{ key: "fee.rate", base: 1, value: 79_000 }] } },
    fasterClients: { ...votes.fasterClients, payload: { kind: "bylaws", changes: [{ key: "payment.clientDays", base: 1, value: 21 }] } },
    together: { ...votes.together, payload: { kind: "resolution" } },
    tool: { ...tool, payload: { kind: "budget", pot: "reserve", amount: "800", purpose, until } },
  } as const satisfies Readonly<Record<string, Proposed>>;
}

/** Everything members are seen to decide when one walks in. */
export function noteVotes(told: Told, until: Instant): void {
  const { cast } = told.stage;
  const today = dayOf(until, cast.founding.zone);
  const asked = questionsOf(cast, dayAfter(today, 200));
  noteVote(told, openingBefore(dayAfter(today, -240)), asked.moreBids, 12, 9);
  // Of so few the quorum is missed on the first days, so that it is open whichever day this is.
  noteVote(told, openingBefore(today), asked.lowerFee, 5, 3);
  const before = morningBefore(cast, until);
  told.agenda.note(before(9), async () => argued(told, await carried(told, 4, asked.fasterClients)));
  told.agenda.note(before(4), async () => void (await written(told, 6, asked.together)));
  told.agenda.note(before(3), async () => void (await written(told, 8, asked.tool)));
}

/** A question from the first word to the roll-call of those who came, timed so that it opens on that day. */
function noteVote(told: Told, opens: Day, words: Proposed, came: number, yes: number): void {
  const { stage, agenda, members } = told;
  const open = startOfDay(opens, stage.cast.founding.zone);
  let proposal = "";
  agenda.note(onDay(open, -38, 9), async () => void (proposal = await carried(told, 1, words)));
  for (const days of [-24, -18]) for (let step = 0; step < 2; step += 1) agenda.note(onDay(open, days, 12), stage.keepTime);
  agenda.note(onDay(open, 0, 1), stage.keepTime);
  for (let number = 0; number < came; number += 1)
    agenda.note(onDay(open, 0, 2 + number), async () => {
      const voter = associates(members)[number];
      const { vote } = (await voter?.does(readProposal, { proposal })) ?? {};
      if (vote) await voter?.does(castVote, { vote, choice: number < yes ? "yes" : "no" });
    });
}

async function written({ stage, members }: Company, author: number, words: Proposed): Promise<string> {
  const by = associates(members)[author % associates(members).length];
  const { id: proposal } = (await by?.does(draftProposal, { ...words, language: stage.cast.language })) ?? { id: "" };
  await by?.does(publishProposal, { proposal });
  return proposal;
}

/** Written, and put forward with as many names as it takes. */
export async function carried(company: Company, author: number, words: Proposed): Promise<string> {
  const proposal = await written(company, author, words);
  for (const member of associates(company.members)) {
    const { state } = await member.does(readProposal, { proposal });
    if (state !== "idea") break;
    await member.does(sponsorProposal, { proposal });
  }
  return proposal;
}

async function argued({ stage, members }: Company, proposal: string): Promise<void> {
  const { forIt, against, question, answer } = stage.cast.words.votes;
  const [first, second, third, , author] = associates(members);
  await first?.does(argueProposal, { proposal, side: "for", text: forIt });
  await second?.does(argueProposal, { proposal, side: "against", text: against });
  await third?.does(writeMessage, { subjectKind: "proposal", subject: proposal, text: question });
  await author?.does(writeMessage, { subjectKind: "proposal", subject: proposal, text: answer });
}
