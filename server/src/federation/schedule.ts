// Federation's lanes: what came in and what goes out, host by host. And its door for the clock: rounds begin on the netting day, and are said again until they are answered; treaties end, and the board hears it before; and once a day each sister hears how our book stands.
import { z } from "zod";
import { goesFirst } from "@partcommune/shared/federation/rules/treaty";
import { endOfRound, isDue, monthBefore, roundName } from "@partcommune/shared/federation/rules/netting";
import { IdText, Nothing } from "@partcommune/shared/platform/api";
import { dayOf, monthOf } from "@partcommune/shared/platform/calendar";
import type { Id } from "@partcommune/shared/platform/id";
import { later } from "@partcommune/shared/platform/time";
import { duty, type Duty, type Lane } from "../platform/domain.ts";
import type { View } from "../platform/scope.ts";
import { expireTreaty, warnOfEnd } from "./actions/treaty-clock.ts";
import { deliverTo } from "./actions/delivering.ts";
import { beginRound, repeatRound } from "./actions/netting.ts";
import { pauseUnpaid } from "./actions/overdue.ts";
import { receiveFrom } from "./actions/receiving.ts";
import { headsToTell, tellHead } from "./actions/witnessing.ts";
import type { Hears } from "./index.ts";
import { hostsDue } from "./store/deliveries.ts";
import { hostsWithEvents } from "./store/inbox.ts";
import { overdueRounds, unansweredRounds, waitingSisters } from "./store/netting.ts";
import { treatiesToExpire, treatiesToWarnOf } from "./store/treaties-due.ts";
import { sisterOfHost } from "./store/sisters.ts";

/** The lanes of what is heard by these domains. */
export const lanesOf = (hears: readonly Hears[]): readonly Lane[] => [
  { name: "federation.inbox", due: hostsWithEvents, work: (listening, host) => receiveFrom(listening, hears, host) },
  { name: "federation.delivery", due: hostsDue, work: deliverTo },
];

const repeatMs = 6 * 3_600_000;

type Begun = { readonly host: Id; readonly name: string };

/** The rounds that are ours to begin today, by the calendar of UTC, which both coops share. */
async function roundsToBegin({ db, now, origin }: View): Promise<readonly Begun[]> {
  const today = dayOf(now, "UTC");
  const month = monthBefore(monthOf(today));
  const begun: Begun[] = [];
  for (const { host, currency } of await waitingSisters(db, endOfRound(month), month)) {
    const sister = await sisterOfHost(db, host);
    if (sister && goesFirst(origin, sister.origin) && isDue(today, sister.terms.nettingDay))
      begun.push({ host, name: roundName(month, currency) });
  }
  return begun;
}

const OneRound = z.strictObject({ host: IdText, name: z.string() });

export const duties: readonly Duty[] = [
  duty({
    verb: { name: "netting.begin", input: OneRound, answer: z.object({}), status: 200 },
    due: async (view) => (await roundsToBegin(view)).map((input) => ({ key: `${input.host}:${input.name}`, input })),
    act: beginRound,
  }),
  duty({
    verb: { name: "netting.repeat", input: OneRound, answer: z.object({}), status: 200 },
    due: async (view) =>
      (await unansweredRounds(view.db, later(view.now, -repeatMs))).map(({ host, name, statement }) => ({
        key: `${host}:${name}:${statement}`,
        input: { host, name },
      })),
    act: repeatRound,
  }),
  duty({
    verb: { name: "treaty.warn", input: z.strictObject({ host: IdText, days: z.int() }), answer: Nothing, status: 200 },
    due: async (view) => (await treatiesToWarnOf(view)).map(({ id, host, days }) => ({ key: `${id}:${days}`, input: { host, days } })),
    act: warnOfEnd,
  }),
  duty({
    verb: { name: "treaty.expire", input: z.strictObject({ host: IdText }), answer: Nothing, status: 200 },
    due: async (view) => (await treatiesToExpire(view)).map(({ id, host }) => ({ key: id, input: { host } })),
    act: expireTreaty,
  }),
  duty({
    verb: { name: "netting.pauseUnpaid", input: OneRound, answer: z.object({}), status: 200 },
    due: async ({ db, now }) =>
      (await overdueRounds(db, dayOf(now, "UTC"))).map(({ host, name }) => ({ key: `${host}:${name}`, input: { host, name } })),
    act: pauseUnpaid,
  }),
  duty({
    verb: { name: "head.tell", input: z.strictObject({ host: IdText }), answer: Nothing, status: 200 },
    due: async (view) => (await headsToTell(view)).map(({ host, size }) => ({ key: `${host}:${size}`, input: { host } })),
    act: tellHead,
  }),
];
