// One day of a town: the clock strikes, two treasurers read and pay, members and clients sign, hand in and approve, and in the evening somebody looks.
import { dayAfter } from "@partcommune/shared/platform/calendar";
import { millisecondsOf, type Day, type Instant } from "@partcommune/shared/platform/time";
import { clockKept, evening, type Evening, type Looking } from "./look.ts";
import type { Plan } from "./plan.ts";
import { inTurn, settled } from "./telling.ts";
import type { Town } from "./town.ts";
import { givenUp, paid, statementRead } from "./treasury.ts";
import { agreedOn, carriedOut, type Underway } from "./work.ts";

export type Life = Looking & {
  readonly plan: Plan;
  readonly all: Underway[];
  /** What a town does besides; each on every day. */
  readonly besides?: Besides;
};

export type Besides = {
  /** Before the statement is read. */
  readonly early: (day: Day) => Promise<void>;
  /** What two treasurers say of lines that no reference explains; how many they had an answer for. */
  readonly explained: (day: Day) => Promise<number>;
  /** Before anybody signs, hands in or approves. */
  readonly noon: (day: Day) => Promise<void>;
};

export async function livedThrough(life: Life, day: Day): Promise<Evening> {
  const { town, bank, plan, all, besides } = life;
  const { coop } = town;
  await goTo(town, day, "05:00");
  await coop.keepTime();
  await settled(coop);
  const forgotten = await clockKept(town, day);
  await goTo(town, day, "08:00");
  await besides?.early(day);
  const left = ((await statementRead(town, bank, day, all)) ?? 0) - ((await besides?.explained(day)) ?? 0);
  await givenUpBy(town, plan, day, all);
  // What came in, or is lost, may free what somebody waits for.
  await coop.keepTime();
  await coop.lanes.wakeDue();
  await coop.lanes.idle();
  await goTo(town, day, "09:00");
  await paid(town, bank, all);
  await goTo(town, day, "12:00");
  await besides?.noon(day);
  // What falls on a holiday is done on the next day that is none.
  const signed = plan.works.slice(all.length).filter(({ signedOn }) => signedOn <= day);
  const [done] = await Promise.all([
    Promise.all(approvedOn({ plan, all }, day).map((each) => inTurn(() => carriedOut(town, bank, each, day)))),
    ...signed.map((work) => inTurn(async () => all.push(await agreedOn(town, work, day)))),
  ]);
  await settled(coop);
  await goTo(town, day, "20:00");
  const seen = await evening(life, day);
  const idle = done.filter((each) => !each).length;
  return {
    ...seen,
    wrong: [
      ...forgotten,
      ...(left === 0 ? [] : [`${day}: ${left} lines of the bank were left to people`]),
      ...(idle > 0 ? [`${day}: the clock has not begun ${idle} that were to begin by then`] : []),
      ...seen.wrong,
    ],
  };
}

/** Whoever failed approves nothing any more. */
const approvedOn = ({ plan, all }: Pick<Life, "plan" | "all">, day: Day): readonly Underway[] =>
  all.filter(
    ({ work, invoice, startsOn }) =>
      invoice === undefined && work.approvedOn <= day && startsOn <= day && !(plan.clients[work.client] === "large" && day >= plan.failsOn),
  );

/** What is 60 days late and will never come; and a week after it failed, all that the largest client owes. */
async function givenUpBy(town: Town, plan: Plan, day: Day, all: readonly Underway[]): Promise<void> {
  const hopeless = all.filter(({ work, invoice }) => work.paysAfter === undefined && invoice !== undefined);
  const ofLarge = hopeless.filter(({ work }) => plan.clients[work.client] === "large");
  if (day >= dayAfter(plan.failsOn, 7)) await givenUp(town, day, "insolvent", ofLarge);
  await givenUp(town, day, "overdue", hopeless);
}

/** Whoever was signed in looks in, and signs in anew before their month is over. */
async function goTo({ coop }: Town, day: Day, hour: string): Promise<void> {
  coop.wait(Math.max(60_000, millisecondsOf(`${day}T${hour}:00.000Z` as Instant) - millisecondsOf(coop.now())));
  if (hour === "05:00")
    await coop.db
      .updateTable("membership.session")
      .set({ expires_at: `${dayAfter(day, 30)}T05:00:00.000Z` as Instant })
      .where("ended_at", "is", null)
      .execute();
}
