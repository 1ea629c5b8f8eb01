// What people of a coop do in a simulation, each by the door through which anybody would: post, bid, choose, sign, work, approve, quarrel, and pay; and their coops bind themselves and part.
import { blockHost, unblockHost } from "@partcommune/shared/federation/api/blocking";
import { pauseTreaty, resumeTreaty } from "@partcommune/shared/federation/api/treaties";
import {
  acceptBid,
  agreeToCancellation,
  approveHandIn,
  askCancellation,
  askChanges,
  changeJob,
  confirmBid,
  coverEngagement,
  endDispute,
  handIn,
  openDispute,
  postJob,
  placeBid,
  readEngagement,
  rejectBid,
  signEngagement,
  startEngagement,
  withdrawBid,
  withdrawJob,
  cancelEngagement,
  declineEngagement,
} from "@partcommune/shared/marketplace/api";
import { confirmLoss, proposeLoss } from "@partcommune/shared/money/api";
import { amountText } from "@partcommune/shared/platform/money";
import { dayMs, later, type Instant } from "@partcommune/shared/platform/time";
import { booked } from "../demo/treasury.ts";
import type { Actress } from "../demo/stage.ts";
import type { Chance } from "./chance.ts";
import type { Neighbour } from "./neighbourhood.ts";
import { acceptTreaty, endTreaty, offerTreaty } from "./treaty.ts";
import type { Verb, Waiting } from "./store/waiting.ts";

type Does = (coop: Neighbour, waiting: Waiting, chance: Chance) => Promise<unknown>;

const euros = (minor: bigint) => ({ amount: amountText({ minor, currency: "EUR" }), currency: "EUR" });
const version = ({ version: number }: Waiting): number => Number(number);

/** Once in so many times. */
const rarely = (chance: Chance, once = 6): boolean => chance.below(once) === 0;

function memberIn({ members }: Neighbour, { who }: Waiting): Actress {
  const one = members.find(({ member }) => member === who);
  if (!one) throw new Error(`nobody here is ${who}`);
  return one;
}

/** The member who does it, or the client where it is the client's. */
const sideOf = (coop: Neighbour, waiting: Waiting): Actress => (waiting.who === null ? coop.owner : memberIn(coop, waiting));

const dayIn = (days: number, now: Instant): string => later(now, days * dayMs).slice(0, 10);

/** Work that may be done from anywhere, in two months. */
const termsOf = (title: string, price: bigint, now: Instant) => ({
  title,
  text: "Three sizes.",
  language: "en" as const,
  trade: "graphic design",
  startOn: dayIn(70, now),
  endOn: dayIn(80, now),
  price: euros(price),
});

/** A job of a price between five hundred and three thousand, to the cent. */
export async function post({ owner, stage }: Neighbour, title: string, chance: Chance): Promise<void> {
  const now = stage.now();
  const terms = termsOf(title, BigInt(50_000 + chance.below(250_000)), now);
  await owner.does(postJob, { client: owner.client, ...terms, bidsUntil: dayIn(60, now) });
}

const choose: Does = ({ owner }, waiting, chance) => {
  const shown = { bid: waiting.id, version: version(waiting) };
  return rarely(chance)
    ? owner.does(rejectBid, { ...shown, reason: "Too dear." })
    : owner.does(acceptBid, { ...shown, amount: euros(waiting.minor) });
};

async function sign(person: Actress, engagement: string, chance: Chance): Promise<unknown> {
  if (rarely(chance)) return person.does(declineEngagement, { engagement });
  const { hash } = await person.does(readEngagement, { engagement });
  return person.does(signEngagement, { engagement, hash });
}

/** What is done with what waits. */
export const acts: Readonly<Record<Verb, Does>> = {
  change: ({ owner, stage }, waiting, chance) => {
    const terms = termsOf(`A poster, ${chance.below(1_000_000)}`, waiting.minor, stage.now());
    return owner.does(changeJob, { job: waiting.id, version: version(waiting), ...terms });
  },
  withdraw: ({ owner }, { id: job }) => owner.does(withdrawJob, { job }),
  choose,
  bid: (coop, waiting) =>
    memberIn(coop, waiting).does(placeBid, { job: waiting.id, amount: euros(waiting.minor), pitch: "I have done ten of these." }),
  confirm: (coop, waiting, chance) => {
    const member = memberIn(coop, waiting);
    return rarely(chance)
      ? member.does(withdrawBid, { bid: waiting.id })
      : member.does(confirmBid, { bid: waiting.id, version: version(waiting) });
  },
  signAsClient: ({ owner }, { id }, chance) => sign(owner, id, chance),
  signAsMember: (coop, waiting, chance) => sign(memberIn(coop, waiting), waiting.id, chance),
  cover: ({ house }, { id: engagement }) => house.adviser.does(coverEngagement, { engagement, note: "Looked at." }),
  start: (coop, waiting) => memberIn(coop, waiting).does(startEngagement, { engagement: waiting.id }),
  handIn: (coop, waiting) => memberIn(coop, waiting).does(handIn, { milestone: waiting.id, text: "All three sizes." }),
  answer: ({ owner }, waiting, chance) =>
    waiting.minor === 0n && rarely(chance, 3)
      ? owner.does(askChanges, { milestone: waiting.id, points: ["The logo is missing."] })
      : owner.does(approveHandIn, { milestone: waiting.id, version: version(waiting) }),
  dispute: (coop, waiting) => sideOf(coop, waiting).does(openDispute, { milestone: waiting.id, reason: "It is not what was agreed." }),
  endDispute: (coop, waiting) => sideOf(coop, waiting).does(endDispute, { milestone: waiting.id }),
  askEnd: (coop, waiting) => sideOf(coop, waiting).does(askCancellation, { engagement: waiting.id, reason: "The fair is called off." }),
  agreeToEnd: (coop, waiting) => sideOf(coop, waiting).does(agreeToCancellation, { engagement: waiting.id }),
  cancel: ({ owner }, { id: engagement }) => owner.does(cancelEngagement, { engagement, reason: "The fair is called off." }),
  pay: ({ stage, house }, { id: invoice, minor }) => booked(stage, house, euros(minor).amount, { kind: "clientPaid", invoice }),
  lose: async ({ house }, { id: invoice }) => {
    const { id: loss } = await house.tess.does(proposeLoss, { invoice, because: "insolvent" });
    await house.tom.does(confirmLoss, { loss });
  },
  settle: ({ stage, house }, { id: sister, minor }) =>
    booked(stage, house, euros(minor < 0n ? -minor : minor).amount, { kind: minor < 0n ? "settlementPaid" : "settlementReceived", sister }),
  block: ({ house }, { id: host }) => house.board.does(blockHost, { host, reason: "Nobody answers there." }),
  unblock: ({ house }, { id: host }) => house.board.does(unblockHost, { host }),
  pause: ({ house }, { id: host }) => house.board.does(pauseTreaty, { host, reason: "Until the summer is over." }),
  resume: ({ house }, { id: host }) => house.board.does(resumeTreaty, { host, reason: "The summer is over." }),
  endTreaty: (coop, { id: host }) => endTreaty(coop, host),
  offerTreaty: (coop, { id: host }) => offerTreaty(coop, host),
  acceptTreaty: (coop, { id: host }) => acceptTreaty(coop, host),
};
