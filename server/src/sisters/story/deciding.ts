// How members of a coop come to a decision: one proposes, others put their names to it, it is looked at, voted on its day, and carried out.
import type { YesNo } from "@partcommune/shared/governance/rules/counting/yes-no";
import {
  castVote,
  judgeProposal,
  publishProposal,
  readProposal,
  readTally,
  readVote,
  sponsorProposal,
} from "@partcommune/shared/governance/api";
import { proposeTreaty } from "@partcommune/shared/federation/api/treaties";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { dayOf } from "@partcommune/shared/platform/calendar";
import { dayMs, later } from "@partcommune/shared/platform/time";
import type { House, Houses } from "./house.ts";

/** What a coop decides, and what it came to. */
export type Question = { readonly house: House; readonly proposal: string; readonly title: string };

/** The first associate writes it, and others put their names to it until there are enough. */
export async function carried(house: House, asked: AskedOf<typeof proposeTreaty>): Promise<Question> {
  const [author] = house.associates;
  if (!author) throw new Error(`${house.name} has no associate`);
  const { id: proposal } = await author.asks(proposeTreaty, asked);
  await author.asks(publishProposal, { proposal });
  for (const { asks } of house.associates) {
    if ((await asks(readProposal, { proposal })).state !== "idea") break;
    await asks(sponsorProposal, { proposal });
  }
  return { house, proposal, title: asked.title };
}

const mostDays = 120;
const unwanted: readonly string[] = ["rejected", "noQuorum", "blocked", "annulled", "inadmissible", "lapsed"];

/** Day after day, until each question is decided and carried out: whoever is asked to look at it does, and everybody votes, the last of them against. */
export async function decided(houses: Houses, questions: readonly Question[]): Promise<readonly string[]> {
  const [open, dealtWith] = [new Set(questions), new Set<string>()];
  for (let day = 0; open.size > 0 && day < mostDays; day += 1) {
    await houses.goTo(later(houses.now(), dayMs));
    for (const question of open) if (await isDone(question, dealtWith)) open.delete(question);
  }
  const [left] = open;
  if (left) throw new Error(`${left.house.name} has not decided on “${left.title}” after ${mostDays} days`);
  return Promise.all(questions.map(toldOf));
}

/** Does what its day asks for, once. Answers whether all is done. */
async function isDone({ house, proposal }: Question, dealtWith: Set<string>): Promise<boolean> {
  const { state, vote } = await house.visitor.asks(readProposal, { proposal });
  const once = async (what: string, act: () => Promise<void>): Promise<void> => {
    if (dealtWith.has(what)) return;
    dealtWith.add(what);
    await act();
  };
  if (state === "final") await once(`look at ${proposal}`, () => judged(house, proposal));
  if (vote !== undefined && (await house.visitor.asks(readVote, { vote })).state === "open") await once(vote, () => cast(house, vote));
  if (unwanted.includes(state)) throw new Error(`${house.name} decided otherwise: ${state}`);
  return state === "enacted";
}

async function judged({ board, associates }: House, proposal: string): Promise<void> {
  for (const { asks, comesBack } of [board, ...associates]) {
    await comesBack();
    if ((await asks(readProposal, { proposal })).mine.judge) await asks(judgeProposal, { proposal, admissible: true });
  }
}

async function cast({ associates }: House, vote: string): Promise<void> {
  for (const { asks, comesBack } of associates) {
    await comesBack();
    const { mine } = await asks(readVote, { vote });
    if (mine?.onRoll && !mine.cast) await asks(castVote, { vote, choice: asks === associates.at(-1)?.asks ? "no" : "yes" });
  }
}

/** What members said, as anyone reads it. */
async function toldOf({ house, proposal, title }: Question): Promise<string> {
  const { vote = "" } = await house.visitor.asks(readProposal, { proposal });
  const { rollSize, class: class_, opensAt } = await house.visitor.asks(readVote, { vote });
  const { tally } = await house.visitor.asks(readTally, { vote });
  const { colleges } = (JSON.parse(tally) as { readonly stages: YesNo }).stages;
  const said = (choice: "yes" | "no"): number => colleges.reduce((sum, college) => sum + college[choice], 0);
  return `${house.name}: “${title}” (${class_}), voted from ${dayOf(opensAt, house.zone)}: ${said("yes")} yes, ${said("no")} no, of ${rollSize}`;
}
