// What the demo's members decided, and what they are asked now: a rule that changed, a vote that is open, a proposal that is talked about, an idea.
import { argueProposal, castVote, draftProposal, publishProposal, readProposal, sponsorProposal } from "@partcommune/shared/governance/api";
import { dayAfter, dayOf, startOfDay } from "@partcommune/shared/platform/calendar";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import type { Day, Instant } from "@partcommune/shared/platform/time";
import { onDay, type Agenda } from "./agenda.ts";
import type { Member } from "./people.ts";
import type { Stage } from "./stage.ts";

export type Words = Pick<AskedOf<typeof draftProposal>, "title" | "text" | "payload" | "inAssembly">;
export type Told = { readonly stage: Stage; readonly agenda: Agenda; readonly members: readonly Member[] };

const zone = "Europe/Brussels";
const openingDays: readonly number[] = [1, 15];

/** The last day on which votes open, up to this one. */
function openingBefore(day: Day): Day {
  let at = day;
  while (!openingDays.includes(Number(at.slice(-2)))) at = dayAfter(at, -1);
  return at;
}

/** Of each three who came, two took a share: those write, carry and vote. */
export const associates = (members: readonly Member[]): readonly Member[] => members.filter((_, number) => number % 3 !== 2);

const moreBids: Words = {
  title: "Trente offres ouvertes au lieu de vingt",
  text: "Au printemps, plusieurs d’entre nous ont dû retirer une offre pour en faire une autre.",
  payload: { kind: "bylaws", changes: [{ key: "marketplace.openBids", base: 1, value: 30 }] },
};
const lowerFee: Words = {
  title: "Une contribution de 7,9 % au lieu de 8,5 %",
  text: "La réserve est **pleine** depuis un an. Ce qui dépasse l’objectif peut rester à qui l’a gagné.\n\nLa garantie passe de 3,4 % à 3,16 % de chaque prix ; la page dit ce que cela change pour chacun.",
  payload: { kind: "bylaws", changes: [{ key: "fee.rate", base: 1, value: 79_000 }] },
};
const fasterClients: Words = {
  title: "Les clients paient sous 21 jours",
  text: "Trente jours, c’est long pour le fonds, qui avance l’argent.",
  payload: { kind: "bylaws", changes: [{ key: "payment.clientDays", base: 1, value: 21 }] },
};
const aDayTogether: Words = {
  title: "Une journée ensemble à Gand chaque automne",
  text: "Pour se voir ailleurs que sur un écran.",
  payload: { kind: "resolution" },
};

/** So many days before the demo is walked into, at nine. */
export const morningBefore =
  (until: Instant) =>
  (days: number): Instant =>
    onDay(startOfDay(dayOf(until, zone), zone), -days, 9);

const aPress = (until: Day): Words => ({
  title: "Une presse pour l’atelier",
  text: "Une presse d’occasion, et son transport. Qui imprime pour un client n’ira plus à Charleroi.",
  payload: { kind: "budget", pot: "reserve", amount: "800", purpose: "une presse typographique et son transport", until },
});

/** Everything members are seen to decide when one walks in. */
export function noteVotes(told: Told, until: Instant): void {
  const today = dayOf(until, zone);
  noteVote(told, openingBefore(dayAfter(today, -240)), moreBids, 12, 9);
  // Of so few the quorum is missed on the first days, so that it is open whichever day this is.
  noteVote(told, openingBefore(today), lowerFee, 5, 3);
  const before = morningBefore(until);
  told.agenda.note(before(9), async () => argued(told.members, await carried(told.members, 4, fasterClients)));
  told.agenda.note(before(4), async () => void (await written(told.members, 6, aDayTogether)));
  told.agenda.note(before(3), async () => void (await written(told.members, 8, aPress(dayAfter(today, 200)))));
}

/** A question from the first word to the roll-call of those who came, timed so that it opens on that day. */
function noteVote({ stage, agenda, members }: Told, opens: Day, words: Words, came: number, yes: number): void {
  const open = startOfDay(opens, zone);
  let proposal = "";
  agenda.note(onDay(open, -38, 9), async () => void (proposal = await carried(members, 1, words)));
  for (const days of [-24, -18]) for (let step = 0; step < 2; step += 1) agenda.note(onDay(open, days, 12), stage.keepTime);
  agenda.note(onDay(open, 0, 1), stage.keepTime);
  for (let number = 0; number < came; number += 1)
    agenda.note(onDay(open, 0, 2 + number), async () => {
      const voter = associates(members)[number];
      const { vote } = (await voter?.does(readProposal, { proposal })) ?? {};
      if (vote) await voter?.does(castVote, { vote, choice: number < yes ? "yes" : "no" });
    });
}

async function written(members: readonly Member[], author: number, words: Words): Promise<string> {
  const by = associates(members)[author % associates(members).length];
  const { id: proposal } = (await by?.does(draftProposal, { ...words, language: "fr" })) ?? { id: "" };
  await by?.does(publishProposal, { proposal });
  return proposal;
}

/** Written, and put forward with as many names as it takes. */
export async function carried(members: readonly Member[], author: number, words: Words): Promise<string> {
  const proposal = await written(members, author, words);
  for (const member of associates(members)) {
    const { state } = await member.does(readProposal, { proposal });
    if (state !== "idea") break;
    await member.does(sponsorProposal, { proposal });
  }
  return proposal;
}

async function argued(members: readonly Member[], proposal: string): Promise<void> {
  const [first, second] = associates(members);
  await first?.does(argueProposal, { proposal, side: "for", text: "Chaque jour d’attente est un jour où la garantie est engagée." });
  await second?.does(argueProposal, { proposal, side: "against", text: "Les petites associations paient après leur propre subside." });
}
