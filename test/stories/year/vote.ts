// How the members of a town change a rule by a vote while their year goes on: each day does what is due by then.
import {
  castVote,
  draftProposal,
  judgeProposal,
  publishProposal,
  readProposal,
  readVote,
  sponsorProposal,
} from "@partcommune/shared/governance/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { moneyText } from "@partcommune/shared/platform/money";
import type { Caller } from "../../support/coop.ts";
import { bankBooked } from "../../support/treasury.ts";
import { told } from "../town/telling.ts";
import type { Member, Town } from "../town/town.ts";

const sharePrice = 2_000n;

/** Makes associates of members: each pays a share. What came onto the account, in cents. */
export async function sharesPaid(town: Town, members: readonly Member[]): Promise<bigint> {
  const { amount } = moneyText({ minor: sharePrice, currency: "EUR" });
  for (const { member } of members) await bankBooked(town, { kind: "sharePaid", member }, amount);
  return sharePrice * BigInt(members.length);
}

export type Voting = {
  readonly author: Caller;
  readonly electors: readonly Member[];
  readonly proposal: string;
  hasCast: boolean;
};

/** Somebody proposes it, and enough others put their name to it. */
export async function proposed(
  electors: readonly Member[],
  title: string,
  payload: AskedOf<typeof draftProposal>["payload"],
): Promise<Voting> {
  const [author, ...others] = electors;
  if (!author) throw new RangeError("nobody is there to propose anything");
  const words = { title, text: `Why: ${title}.`, language: "en", inAssembly: false } as const;
  const { id: proposal } = await told(author.caller, draftProposal, { ...words, payload });
  await told(author.caller, publishProposal, { proposal });
  for (const { caller } of others) {
    if ((await told(caller, readProposal, { proposal })).state !== "idea") break;
    await told(caller, sponsorProposal, { proposal });
  }
  return { author: author.caller, electors, proposal, hasCast: false };
}

/** Whoever is asked says that it may be voted on, and once the vote is open everybody says yes. */
export async function furthered(voting: Voting): Promise<void> {
  const { author, electors, proposal, hasCast } = voting;
  if (hasCast) return;
  for (const { caller } of electors) {
    const { mine } = await told(caller, readProposal, { proposal });
    if (mine.verbs.includes("judge")) await told(caller, judgeProposal, { proposal, admissible: true });
  }
  const { vote } = await told(author, readProposal, { proposal });
  if (vote === undefined || (await told(author, readVote, { vote })).state !== "open") return;
  for (const { caller } of electors) await told(caller, castVote, { vote, choice: "yes" });
  voting.hasCast = true;
}
