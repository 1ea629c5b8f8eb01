// A text that two people kept from the vote, and the members whom a lot asks whether they were right: some have taken their seat, one has not answered yet.
import {
  answerSeat,
  appealProposal,
  commitSeed,
  judgeProposal,
  listOwnPanels,
  readPanel,
  readProposal,
  revealSeed,
} from "@partcommune/shared/governance/api";
import { commitmentOf } from "@partcommune/shared/governance/rules/lot";
import type { Instant } from "@partcommune/shared/platform/time";
import type { House, Member } from "./people.ts";
import type { Actress } from "./stage.ts";
import { carried, morningBefore, type Told } from "./votes.ts";

/** Kept from the vote a week ago, and drawn yesterday from the numbers of the founder and of the server. */
export function notePanel(told: Told, { board }: House, until: Instant): void {
  const { stage, agenda, members } = told;
  const { proposal: asked, unclear, appeal } = stage.cast.words.panel;
  const before = morningBefore(stage.cast, until);
  const seed = "5a".repeat(32);
  let [proposal, panel, lot] = ["", "", ""];
  agenda.note(before(21), async () => void (proposal = await carried(told, 8, { ...asked, payload: { kind: "resolution" } })));
  agenda.note(before(6.5), stage.keepTime);
  agenda.note(before(6), async () => judged(proposal, unclear, board, members));
  agenda.note(before(5), async () => {
    panel = await appealed(proposal, appeal, await authorOf(proposal, members));
    lot = (await board.does(readPanel, { panel })).lot ?? "";
    await board.does(commitSeed, { lot, hash: commitmentOf(seed) });
  });
  agenda.note(before(1.5), stage.keepTime);
  agenda.note(before(1), async () => {
    await board.does(revealSeed, { lot, seed });
    await answered(panel, await authorOf(proposal, members), members);
  });
}

async function judged(proposal: string, text: string, board: Actress, members: readonly Member[]): Promise<void> {
  const no = { admissible: false, ground: "unclear", text } as const;
  await board.does(judgeProposal, { proposal, ...no });
  const { judges } = await board.does(readProposal, { proposal });
  const drawn = judges.find(({ seat }) => seat === "lot")?.name;
  await members.find(({ name }) => name === drawn)?.does(judgeProposal, { proposal, ...no });
}

const authorOf = async (proposal: string, members: readonly Member[]): Promise<Member | undefined> => {
  const { author } = (await members[0]?.does(readProposal, { proposal })) ?? {};
  return members.find(({ name }) => name === author);
};

async function appealed(proposal: string, text: string, author: Member | undefined): Promise<string> {
  return (await author?.does(appealProposal, { proposal, text }))?.panel ?? "";
}

/** The author is a party and reads who was drawn. All but the first take their seat. */
async function answered(panel: string, author: Member | undefined, members: readonly Member[]): Promise<void> {
  await author?.does(listOwnPanels, {});
  const { seats } = (await author?.does(readPanel, { panel })) ?? { seats: [] };
  for (const { name } of seats.slice(1)) await members.find((member) => member.name === name)?.does(answerSeat, { panel, accept: true });
}
