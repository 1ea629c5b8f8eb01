// The board as it stands, in SQL: the seats of each college, who sits on them, what is vacant, and when the next election is called.
import type { readBoard } from "@partcommune/shared/governance/api/board";
import type { CollegeSeats } from "@partcommune/shared/governance/rules/election";
import { heldUntil, openSeats } from "@partcommune/shared/governance/rules/election";
import { callDay, foundersUntil, mayBeAskedFor, mayBeCalled, type Course } from "@partcommune/shared/governance/rules/term";
import type { College } from "@partcommune/shared/governance/rules/words";
import { dayOf } from "@partcommune/shared/platform/calendar";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import { later, type Instant } from "@partcommune/shared/platform/time";
import type { View } from "../../platform/scope.ts";
import { calendarOf } from "./due.ts";
import { firstAssembly } from "./roll.ts";
import { callsLapsed, electionsUnderWay, foundedAt, hasElected, seatsOf, type Seat } from "./seats.ts";

/** What an election goes through by the bylaws of this moment. */
export async function courseNow(view: View): Promise<Course> {
  const { bylaw, now } = view;
  return {
    ...(await calendarOf(view)),
    ideaDays: (await bylaw("proposal.ideaDays", now)).value,
    deliberationDays: (await bylaw("proposal.deliberationDays", now)).value,
    openDays: (await bylaw("vote.openDays", now)).value.ordinary,
    extensionDays: (await bylaw("vote.extensionDays", now)).value,
    contestDays: (await bylaw("vote.contestDays", now)).value,
  };
}

/** The seats of a college as an election meets them that is asked for now. */
export async function collegeToElect(view: View, college: College): Promise<CollegeSeats> {
  return {
    seats: (await view.bylaw("board.seats", view.now)).value[college],
    held: await seatsOf(view, college),
    by: mayBeAskedFor(view.now, await courseNow(view)),
  };
}

/** A college with seats: how many, who holds them, until when its next seat is held (now, where one is vacant), and from when on the clock may call. */
export type CollegeOfBoard = {
  readonly college: College;
  readonly seats: number;
  readonly held: readonly Seat[];
  readonly until: Instant;
  readonly mayBeCalled: Instant;
};

/** Every college that has seats. Until members elected anybody, all seats are the founders’, for as long as a founders’ board sits. */
export async function collegesOfBoard(view: View): Promise<readonly CollegeOfBoard[]> {
  const held = await seatsOf(view);
  const vacantFrom = (await hasElected(view)) ? view.now : await foundersEnd(view);
  const [lapsed, { zone }] = [await callsLapsed(view), await calendarOf(view)];
  return Object.entries((await view.bylaw("board.seats", view.now)).value).map(([key, seats]) => {
    const college = key as College;
    const own = held.filter((seat) => seat.college === college);
    const until = heldUntil({ seats, held: own }, view.now);
    const from = mayBeCalled(view.now, lapsed.get(college), zone);
    return { college, seats, held: own, until: until > view.now ? until : vacantFrom, mayBeCalled: from };
  });
}

async function foundersEnd(view: View): Promise<Instant> {
  const { zone } = await calendarOf(view);
  const { value: months } = await view.bylaw("board.termMonths", view.now);
  return foundersUntil({ firstAssembly: await firstAssembly(view), foundedAt: (await foundedAt(view)) ?? view.now, months, zone });
}

/** The board as everybody reads it. */
export async function boardPage(view: View): Promise<AnswerOf<typeof readBoard>> {
  const course = await courseNow(view);
  const by = mayBeAskedFor(view.now, course);
  const colleges = await collegesOfBoard(view);
  const underWay = await electionsUnderWay(view);
  const sitting = await seatsOf(view);
  const roles = await boardRoles(view);
  const founders = roles.filter((person) => !sitting.some((seat) => seat.person === person && seat.isTaken));
  const names = await view.people([...founders, ...sitting.map(({ person }) => person)]);
  const nameOf = (person: string): string => names.get(person)?.name ?? "";
  return {
    seats: sitting.map(({ id, person, college, vote, from, until, isTaken, leavesAt }) => ({
      id,
      name: nameOf(person),
      college,
      vote,
      from: dayOf(from, course.zone),
      until,
      state: !isTaken ? "elected" : until <= view.now ? "heldOver" : "held",
      ...(leavesAt === null ? {} : { leavesOn: dayOf(later(leavesAt, -1), course.zone) }),
      mine: view.actor.kind === "person" && view.actor.person === person,
    })),
    colleges: colleges.map(({ college, seats, held, until, ...of }) => {
      const election = underWay.find((each) => each.college === college)?.proposal;
      const vacant = Math.max(0, seats - held.filter(({ isTaken }) => isTaken).length);
      const toFill = openSeats({ seats, held, by });
      return {
        college,
        seats,
        vacant,
        toFill,
        ...(election ? { election } : { callsOn: dayOf(callDay(of.mayBeCalled, until, course), course.zone) }),
      };
    }),
    founders: founders.map(nameOf),
  };
}

async function boardRoles({ db }: Pick<View, "db">): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("membership.role_grant")
    .select("person")
    .where("role", "=", "board")
    .where("ended_at", "is", null)
    .orderBy("at")
    .execute();
  return rows.map(({ person }) => person);
}
