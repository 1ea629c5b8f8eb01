// The demo's assemblies: one that was held, with a vote in it and minutes that one teller still has to sign, and the next, which is called.
import { answerGathering, readAssembly, readMinutes } from "@partcommune/shared/community/api";
import {
  attendAssembly,
  closeAssembly,
  closeItem,
  conveneAssembly,
  drawTellers,
  openAssembly,
  openItem,
  signMinutes,
} from "@partcommune/shared/community/api/meeting";
import { castVote, readProposal } from "@partcommune/shared/governance/api";
import { dayAfter, dayOf, startOfDay } from "@partcommune/shared/platform/calendar";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import type { Instant } from "@partcommune/shared/platform/time";
import { onDay, type Agenda } from "./agenda.ts";
import type { House, Member } from "./people.ts";
import type { Stage } from "./stage.ts";
import { associates, carried } from "./votes.ts";

type Told = { readonly stage: Stage; readonly agenda: Agenda; readonly house: House; readonly members: readonly Member[] };
type Items = AskedOf<typeof conveneAssembly>["items"];

const heldBefore = 20;
const came = 12;
const voted = 30;

/** What was decided together three weeks ago, and what is coming. */
export function noteAssemblies(told: Told, until: Instant): void {
  const { stage, agenda, house, members } = told;
  const { language, founding, words } = stage.cast;
  const { called, question, held, coming } = words.assemblies;
  const { zone } = founding;
  const today = dayOf(until, zone);
  const at = (days: number, hour: number): Instant => onDay(startOfDay(today, zone), days, hour);
  const convene = async (title: string, inDays: number, items: Items): Promise<string> => {
    const day = dayAfter(today, inDays);
    const hours = { begins: `${day}T18:00`, ends: `${day}T21:00` };
    return (await house.board.does(conveneAssembly, { ...called, ...hours, title, zone, language, items })).id;
  };
  let proposal = "";
  let gathering = "";
  agenda.note(
    at(-75, 9),
    async () => void (proposal = await carried(told, 7, { ...question, payload: { kind: "resolution" }, inAssembly: true })),
  );
  agenda.note(at(-40, 9), async () => {
    const vote = { kind: "vote", title: question.title, proposal } as const;
    gathering = await convene(held.title, -heldBefore, [{ kind: "report", title: held.report }, vote]);
  });
  agenda.note(at(-38, 9), async () => {
    for (const member of members.slice(0, 5)) await member.does(answerGathering, { gathering, said: "going" });
  });
  agenda.note(at(-heldBefore, 18), async () => opened(told, gathering));
  agenda.note(at(-heldBefore, 19), async () => decided(told, gathering, proposal));
  agenda.note(at(-heldBefore, 20), async () => ended(told, gathering));
  agenda.note(at(-3, 10), async () => {
    await convene(coming.title, 24, [
      { kind: "report", title: coming.report },
      { kind: "discussion", ...coming.talk },
    ]);
  });
}

async function opened({ house: { board }, members }: Told, gathering: string): Promise<void> {
  await board.does(openAssembly, { gathering });
  for (const [number, member] of members.slice(0, came).entries())
    await member.does(attendAssembly, { gathering, way: number % 4 === 3 ? "link" : "room" });
  await board.does(drawTellers, { gathering });
}

async function decided({ stage, house: { board }, members }: Told, gathering: string, proposal: string): Promise<void> {
  const [report, vote] = (await board.does(readAssembly, { gathering })).items;
  if (!report || !vote) return;
  await board.does(openItem, { gathering, item: report.id });
  await board.does(closeItem, { gathering, item: report.id, note: stage.cast.words.assemblies.held.note });
  await board.does(openItem, { gathering, item: vote.id });
  for (const [number, voter] of associates(members).slice(0, voted).entries()) {
    const { vote: asked } = await voter.does(readProposal, { proposal });
    if (asked) await voter.does(castVote, { vote: asked, choice: number % 7 === 6 ? "no" : "yes" });
  }
  await board.does(closeItem, { gathering, item: vote.id, note: "" });
}

async function ended({ house: { board }, members }: Told, gathering: string): Promise<void> {
  await board.does(closeAssembly, { gathering });
  const { hash, signatures } = await board.does(readMinutes, { gathering });
  await board.does(signMinutes, { gathering, hash });
  const first = members.find(({ name }) => name === signatures[1]?.name);
  await first?.does(signMinutes, { gathering, hash });
}
