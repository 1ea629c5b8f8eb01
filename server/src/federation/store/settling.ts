// What the treasury's desk shows of money between coops.
import { actsOnClaim, exposureLevel, isOurWord, kindOfClaim, limitIn, type ClaimState } from "@partcommune/shared/federation/rules/claim";
import type { RoundState } from "@partcommune/shared/federation/rules/netting";
import type { listSettling } from "@partcommune/shared/federation/api/settling";
import { payableToCoop, receivableOfCoop, settlementWithCoop, type AccountCode } from "@partcommune/shared/money/rules/accounts";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { zero, type Money } from "@partcommune/shared/platform/money";
import { balanceOf } from "../../money/index.ts";
import { bookOf } from "../../platform/store.ts";
import type { View } from "../../platform/scope.ts";
import { exposureOf } from "./claims.ts";
import { everySister, type Sister } from "./sisters.ts";

type Card = AnswerOf<typeof listSettling>["items"][number];

const shown = 50;

/** Every coop that a treaty binds or bound to us, with what both owe. */
export async function settlingPage(view: View): Promise<AnswerOf<typeof listSettling>> {
  const { currency } = await bookOf(view.db);
  const items: Card[] = [];
  for (const sister of await everySister(view.db)) items.push(await cardOf(view, sister, currency));
  return { items };
}

async function cardOf(view: View, { host, name, isOpen, terms }: Sister, currency: string): Promise<Card> {
  const limit = limitIn(terms, currency);
  const exposure = async (ours: boolean): Promise<Card["ours"]> => {
    const amount = await exposureOf(view.db, host, ours, currency);
    return { amount, level: exposureLevel(amount, limit), ...(limit ? { limit } : {}) };
  };
  const standing = async (account: AccountCode): Promise<Money> => (await balanceOf(view, account))?.balance ?? zero(currency);
  const payable = await standing(payableToCoop(host));
  return {
    host,
    name,
    isOpen,
    payable: {
      ...payable,
      minor: -payable.minor,
    },
    receivable: await standing(receivableOfCoop(host)),
    settlement: await standing(settlementWithCoop(host)),
    ours: await exposure(false),
    theirs: await exposure(true),
    claims: await claimsWith(view, host),
    rounds: await roundsWith(view, host),
  };
}

/** Those that are disputed first, then the newest. */
async function claimsWith({ db }: View, host: Id): Promise<Card["claims"]> {
  const rows = await db
    .selectFrom("federation.claim as claim")
    .leftJoin("federation.netting_round as round", "round.id", "claim.round")
    .select([
      "claim.id",
      "claim.engagement",
      "claim.milestone",
      "claim.turn",
      "claim.ours",
      "claim.state",
      "claim.currency",
      "claim.due_minor",
    ])
    .select(["claim.theirs_minor", "claim.at", "claim.reason", "round.name"])
    .where("claim.host", "=", host)
    .orderBy((eb) => eb("claim.state", "=", "disputed"), "desc")
    .orderBy("claim.at", "desc")
    .orderBy("claim.id")
    .limit(shown)
    .execute();
  return rows.map(
    ({
      id,
      engagement,
      milestone,
      turn,
      ours,
      state,
      currency,
      due_minor: minor,
      theirs_minor: theirs,
      at: since,
      name: round,
      reason,
    }) => ({
      id,
      engagement,
      milestone,
      ours,
      about: kindOfClaim(turn),
      ourWord: isOurWord({ ours, turn }),
      since,
      state: state as ClaimState,
      due: {
        minor,
        currency,
      },
      acts: actsOnClaim({ state: state as ClaimState, ours, turn }).filter((act) => act !== "raise" || theirs !== null),
      ...(reason === null ? {} : { reason }),
      ...((state === "disputed" || state === "withdrawn") && theirs !== null
        ? {
            theirs: {
              minor: theirs,
              currency,
            },
          }
        : {}),
      ...(round === null ? {} : { round }),
    }),
  );
}

async function roundsWith({ db }: View, host: Id): Promise<Card["rounds"]> {
  const rows = await db
    .selectFrom("federation.netting_round")
    .selectAll()
    .where("host", "=", host)
    .orderBy("name", "desc")
    .limit(shown)
    .execute();
  return rows.map(({ id, name, state, currency, net_minor: net, moved_minor: moved, due_on: dueOn, hash, theirs }) => ({
    id,
    name,
    hash,
    state: state as RoundState,
    net: {
      minor: net,
      currency,
    },
    open: {
      minor: net - moved,
      currency,
    },
    ...(state === "posted" ? { dueOn } : {}),
    ...(theirs === null ? {} : { theirs }),
  }));
}
