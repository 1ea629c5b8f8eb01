// Working days are counted by the days of rest of the branch a member is in: what is kept agrees with tables written by hand, is entered ahead, and moves no promise.
import { sql } from "kysely";
import { test, type Test } from "tap";
import { yearEntered } from "@partcommune/server/cli/pack-calendar";
import { calendars } from "@partcommune/server/membership/index";
import { daysOf, readCalendar } from "@partcommune/server/platform/calendar/store";
import { examine, type Patient } from "@partcommune/server/platform/doctor/examination";
import { realClock } from "@partcommune/server/platform/world";
import { approveHandIn, handIn, startEngagement } from "@partcommune/shared/marketplace/api";
import { listBranches, openBranch, setBranchRegion, moveMember } from "@partcommune/shared/membership/api/branches";
import { readProtection } from "@partcommune/shared/mutual/api/protection";
import { listCalendars } from "@partcommune/shared/platform/api/calendar";
import {
  bankDaysOfRest,
  banks,
  dayAfter,
  dayOf,
  isWorkingDay,
  weekdayOf,
  workingDayAfter,
  workingDaysBetween,
  type CalendarName,
} from "@partcommune/shared/platform/calendar";
import { objectionToDay, objectionToMoved } from "@partcommune/shared/platform/rules/calendar";
import { instant, type Day, dayMs } from "@partcommune/shared/platform/time";
import { coop as terminal } from "../support/cli.ts";
import { openCoop, type Caller, type TestCoop } from "../support/coop.ts";
import { endow } from "../support/endowment.ts";
import { agreed, type Engaged } from "../support/engagements.ts";
import { founder, clientOwner, confirmedMember } from "../support/people.ts";

const day = (text: string): Day => text as Day;
const places = ["BE", "FR", "DE-BE", "ES-VC", "AT", "HU"] as const;
const zones = {
  BE: "Europe/Brussels",
  FR: "Europe/Paris",
  "DE-BE": "Europe/Berlin",
  "ES-VC": "Europe/Madrid",
  AT: "Europe/Vienna",
  HU: "Europe/Budapest",
};

/** Weeks from a Monday on, as people of a place work them: w a day of work, x a day of rest, . a weekend. Read from the laws and decrees, not from our rows. */
const weeks: Readonly<Record<string, Readonly<Record<(typeof places)[number], string>>>> = {
  // Hungary rests on 20 and 21 August and works on Saturday the 8th; Belgium rests on 21 July.
  "2026-07-20": {
    BE: "wxwww.. wwwww.. wwwww.. wwwww.. wwwww.. wwwww..",
    FR: "wwwww.. wwwww.. wwwww.. wwwww.. wwwww.. wwwww..",
    "DE-BE": "wwwww.. wwwww.. wwwww.. wwwww.. wwwww.. wwwww..",
    "ES-VC": "wwwww.. wwwww.. wwwww.. wwwww.. wwwww.. wwwww..",
    AT: "wwwww.. wwwww.. wwwww.. wwwww.. wwwww.. wwwww..",
    HU: "wwwww.. wwwww.. wwwwww. wwwww.. wwwxx.. wwwww..",
  },
  // Clocks go back on 25 October. 9 and 12 October, 23 and 26 October, 11 November.
  "2026-10-05": {
    BE: "wwwww.. wwwww.. wwwww.. wwwww.. wwwww.. wwxww.. wwwww..",
    FR: "wwwww.. wwwww.. wwwww.. wwwww.. wwwww.. wwxww.. wwwww..",
    "DE-BE": "wwwww.. wwwww.. wwwww.. wwwww.. wwwww.. wwwww.. wwwww..",
    "ES-VC": "wwwwx.. xwwww.. wwwww.. wwwww.. wwwww.. wwwww.. wwwww..",
    AT: "wwwww.. wwwww.. wwwww.. xwwww.. wwwww.. wwwww.. wwwww..",
    HU: "wwwww.. wwwww.. wwwwx.. wwwww.. wwwww.. wwwww.. wwwww..",
  },
  // The end of the year: the Immaculate Conception, Christmas, New Year and Epiphany; Hungary works on the 12th and rests on the 24th.
  "2026-12-07": {
    BE: "wwwww.. wwwww.. wwwwx.. wwwwx.. wwwww.. wwwww..",
    FR: "wwwww.. wwwww.. wwwwx.. wwwwx.. wwwww.. wwwww..",
    "DE-BE": "wwwww.. wwwww.. wwwwx.. wwwwx.. wwwww.. wwwww..",
    "ES-VC": "wxwww.. wwwww.. wwwwx.. wwwwx.. wwxww.. wwwww..",
    AT: "wxwww.. wwwww.. wwwwx.. wwwwx.. wwxww.. wwwww..",
    HU: "wwwwww. wwwww.. wwwxx.. wwwwx.. wwwww.. wwwww..",
  },
  // Clocks go forward on Easter Sunday, 28 March. 8 March in Berlin, 15 March in Hungary, 19 March in Valencia.
  "2027-03-01": {
    BE: "wwwww.. wwwww.. wwwww.. wwwww.. xwwww.. wwwww.. wwwww..",
    FR: "wwwww.. wwwww.. wwwww.. wwwww.. xwwww.. wwwww.. wwwww..",
    "DE-BE": "wwwww.. xwwww.. wwwww.. wwwwx.. xwwww.. wwwww.. wwwww..",
    "ES-VC": "wwwww.. wwwww.. wwwwx.. wwwwx.. xwwww.. wwwww.. wwwww..",
    AT: "wwwww.. wwwww.. wwwww.. wwwww.. xwwww.. wwwww.. wwwww..",
    HU: "wwwww.. wwwww.. xwwww.. wwwwx.. xwwww.. wwwww.. wwwww..",
  },
  // Ascension, Whit Monday, Corpus Christi. 1 and 8 May are Saturdays.
  "2027-04-26": {
    BE: "wwwww.. wwwxw.. wwwww.. xwwww.. wwwww.. wwwww..",
    FR: "wwwww.. wwwxw.. wwwww.. xwwww.. wwwww.. wwwww..",
    "DE-BE": "wwwww.. wwwxw.. wwwww.. xwwww.. wwwww.. wwwww..",
    "ES-VC": "wwwww.. wwwww.. wwwww.. wwwww.. wwwww.. wwwww..",
    AT: "wwwww.. wwwxw.. wwwww.. xwwww.. wwwxw.. wwwww..",
    HU: "wwwww.. wwwww.. wwwww.. xwwww.. wwwww.. wwwww..",
  },
};

/** The leap day is a Tuesday. Rows of Valencia for 2028 are decreed in 2027, and nothing rests there in these weeks. */
const leap = {
  BE: "wwwww.. wwwww.. wwwww.. wwwww.. wwwww..",
  FR: "wwwww.. wwwww.. wwwww.. wwwww.. wwwww..",
  "DE-BE": "wwwww.. wwwww.. wwwww.. wwxww.. wwwww..",
  "ES-VC": "wwwww.. wwwww.. wwwww.. wwwww.. wwwww..",
  AT: "wwwww.. wwwww.. wwwww.. wwwww.. wwwww..",
  HU: "wwwww.. wwwww.. wwwww.. wwwww.. wwxww..",
};

/** Instants beside midnight where the clocks of all six places change, the year ends, or a day is added; and the day it is there. */
const edges = [
  ["2026-10-24T21:59:59.999Z", "2026-10-24"],
  ["2026-10-24T22:00:00.000Z", "2026-10-25"],
  ["2026-10-25T22:59:59.999Z", "2026-10-25"],
  ["2026-10-25T23:00:00.000Z", "2026-10-26"],
  ["2026-12-23T22:59:59.999Z", "2026-12-23"],
  ["2026-12-31T22:59:59.999Z", "2026-12-31"],
  ["2026-12-31T23:00:00.000Z", "2027-01-01"],
  ["2027-03-27T22:59:59.999Z", "2027-03-27"],
  ["2027-03-27T23:00:00.000Z", "2027-03-28"],
  ["2027-03-28T21:59:59.999Z", "2027-03-28"],
  ["2027-03-28T22:00:00.000Z", "2027-03-29"],
  ["2028-02-28T22:59:59.999Z", "2028-02-28"],
  ["2028-02-28T23:00:00.000Z", "2028-02-29"],
  ["2028-02-29T23:00:00.000Z", "2028-03-01"],
] as const;

const tables = { ...weeks, "2028-02-14": leap };
const nameOf = (place: string): CalendarName => {
  const [country = "", region = ""] = place.split("-");
  return { country, region };
};

/** The days of work of a table, in order. */
const daysOfWork = (monday: string, table: string): readonly Day[] =>
  Array.from(table.replaceAll(" ", "")).flatMap((letter, at) => (letter === "w" ? [dayAfter(day(monday), at)] : []));

/** By hand: the seventh of the table's days after a day; undefined where the table ends before it. */
const seventh = (all: readonly Day[], after: Day): Day | undefined => all.filter((each) => each > after)[6];

test("calendars of a coop", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  await t.test("a promise of seven working days ends on the day that a table by hand says", (step) => byTables(step, coop));
  await t.test("what came with the tables is what nine countries and the banks rest on, and stays", (step) => frozen(step, coop));
  await t.test("from October on the doctor misses the next year of a calendar that somebody rests by", (step) => missed(step, coop, board));
  await t.test("the days of a year are listed, read, and entered once; a decree's Saturday by hand", (step) => entered(step, coop));
});

async function byTables(t: Test, coop: TestCoop): Promise<void> {
  let asked = 0;
  for (const [monday, table] of Object.entries(tables))
    for (const place of places) {
      const last = dayAfter(day(monday), table[place].replaceAll(" ", "").length - 1);
      const [byHand, calendar] = [daysOfWork(monday, table[place]), await readCalendar(coop, nameOf(place), day(monday), last)];
      const noons = Array.from({ length: 28 }, (_, at) => dayAfter(day(monday), at)).map((on) => [`${on}T10:00:00.000Z`, on] as const);
      const near = edges.filter(([, on]) => on >= monday && on < last);
      const wrong = [...noons, ...near].flatMap(([at, on]) => {
        const due = seventh(byHand, day(on));
        if (due === undefined) return [];
        asked += 1;
        const reckoned = workingDayAfter(dayOf(instant(at), zones[place]), 7, calendar);
        return reckoned === due ? [] : [`${at}: ${reckoned}, by hand ${due}`];
      });
      t.same(wrong, [], `${place}, weeks from ${monday}`);
      t.equal(workingDaysBetween(dayAfter(day(monday), -1), last, calendar), byHand.length, "and as many days of work");
    }
  t.ok(asked >= 200, `${asked} instants`);
}

async function frozen(t: Test, coop: TestCoop): Promise<void> {
  const { rows } = await sql<{ country: string; region: string; days: bigint }>`
    select country, region, count(*) as days from platform.calendar_day where region in ('', 'TARGET') group by 1, 2 order by 1`.execute(
    coop.db,
  );
  const counts = Object.fromEntries(rows.map(({ country, days }) => [country, Number(days)]));
  t.same(counts, { AT: 39, BE: 30, DE: 27, ES: 30, EU: 18, FR: 33, HU: 45, IT: 39, NL: 27, SE: 39 });
  for (const year of [2026, 2027, 2028]) {
    const kept = await daysOf(coop, banks, day(`${year}-01-01`), day(`${year}-12-31`));
    t.same(
      kept.map((each) => ({ day: each.day, name: each.name })),
      bankDaysOfRest(year),
    );
  }
  for (const change of ["update platform.calendar_day set rests = false", "delete from platform.calendar_day"])
    await t.rejects(sql.raw(`${change} where day = '2027-03-08'`).execute(coop.db), /permission denied|append-only/);
}

test("a day is entered before it comes, and only where it says something", (t) => {
  t.equal(objectionToDay(day("2026-12-01"), day("2026-12-01")), undefined);
  t.equal(objectionToDay(day("2026-11-30"), day("2026-12-01"))?.type, "calendar-day-over");
  const christmas = new Map([[day("2026-12-25"), false]]);
  const rows = [
    ["a Saturday is worked", "2026-12-12", false, undefined],
    ["a Thursday is no day of rest", "2026-12-24", true, undefined],
    ["a day of rest is worked", "2026-12-25", false, undefined],
    ["a Monday is worked", "2026-12-14", false, "calendar-day-as-usual"],
    ["a Sunday is a day of rest", "2026-12-13", true, "calendar-day-as-usual"],
    ["a day of rest is one", "2026-12-25", true, "calendar-day-as-usual"],
  ] as const;
  for (const [says, on, rests, refusal] of rows) t.equal(objectionToMoved({ day: day(on), rests }, christmas)?.type, refusal, says);
  t.end();
});

async function missed(t: Test, coop: TestCoop, board: Caller): Promise<void> {
  const parent = (await board.call(listBranches, {})).body.items[0]?.id ?? "";
  const found = async (now: string) => {
    const patient = { db: coop.db, now: instant(now) } as Patient;
    return (await examine(patient, calendars)).map(({ says }) => says);
  };
  const { id: branch } = (await board.call(openBranch, { parent, name: "Valencia", country: "ES" })).body;
  t.same(await found("2027-10-01T00:00:00Z"), [], "the days of the whole country are kept");
  t.equal((await board.call(setBranchRegion, { branch, region: "VC" })).status, 200);
  t.same(await found("2027-09-30T00:00:00Z"), []);
  t.match(await found("2027-10-01T00:00:00Z"), [
    /^No days of rest of ES-VC are kept for 2028: npm run coop -- pack calendar 2028 --country ES, /,
  ]);
  t.equal((await found("2028-10-01T00:00:00Z")).length, 4, "of 2028 the region's, of 2029 all");
}

/** A Saturday and the Monday after it, in a year of which nothing is kept. */
const year = Number(realClock().slice(0, 4)) + 3;
const saturday = [1, 2, 3, 4, 5, 6, 7].map((on) => day(`${year}-02-0${on}`)).find((on) => weekdayOf(on) === 6) ?? day(`${year}-02-01`);

async function entered(t: Test, coop: TestCoop): Promise<void> {
  const monday = dayAfter(saturday, 2);
  const moved = { country: "HU", work: [{ day: saturday, name: "munkanap" }], rest: [{ day: monday, name: "pihenőnap" }] };
  const byHand = { ...moved, source: "a decree" };
  const asked = async (wish: Parameters<typeof yearEntered>[3], of = year) => (await yearEntered(coop, coop.now(), of, wish)).join("\n");
  await t.rejects(asked(moved), /Days by hand need --country, and --source/);
  await t.rejects(asked({ ...byHand, rest: [] }, 2024), /is not in 2024/);
  const late = asked({ ...byHand, work: [], rest: [{ day: day("2024-02-05"), name: "pihenőnap" }] }, 2024);
  await t.rejects(late, { message: "calendar-day-over" });
  const list = await asked(byHand);
  t.match(list, new RegExp(`^new   ${saturday} Sat  HU         work  munkanap$`, "m"));
  t.match(list, new RegExp(`^new   ${year}-12-25 \\w{3}  EU-TARGET  rest  Christmas Day$`, "m"));
  t.match(list, /^21 days would be entered\. Nothing was written/m);
  const calendar = () => readCalendar(coop, nameOf("HU"), saturday, monday);
  t.notOk(isWorkingDay(saturday, await calendar()), "nothing was written");

  const words = ["--country", "HU", "--work", `${saturday}=munkanap`, "--rest", `${monday}=pihenőnap`, "--source", "a decree", "--write"];
  const written = await terminal(coop.url, "pack", "calendar", String(year), ...words);
  t.match(written.out, /^21 days entered; they stay as they are\.$/m, written.error);
  t.ok(isWorkingDay(saturday, await calendar()));
  t.notOk(isWorkingDay(monday, await calendar()));
  const again = await asked({ ...byHand, write: true });
  t.match(again, /^0 days entered/m);
  t.notMatch(again, /^new/m);
}

const rootOf = async (board: Caller): Promise<string> => (await board.call(listBranches, {})).body.items[0]?.id ?? "";

test("of two approvals at one instant each is counted by its own branch, and a later move, region or decree moves neither", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  await endow(coop, "40000.00");
  const { caller: buyer, client } = await clientOwner(coop, "Carla");
  const parent = await rootOf(board);
  const rows = [
    { name: "Valencia", country: "ES", region: "VC", dueOn: "2026-12-15", closed: ["2026-12-08"], worked: [] }, // 4 7 9 10 11 14 15
    { name: "Madrid", country: "ES", region: "MD", dueOn: "2026-12-16", closed: ["2026-12-07", "2026-12-08"], worked: [] },
    { name: "Budapest", country: "HU", dueOn: "2026-12-12", closed: [], worked: ["2026-12-12"] }, // that Saturday is worked
  ];
  const works: (Engaged & { readonly member: string; readonly branch: string })[] = [];
  for (const { name, country, region } of rows) {
    const opened = await board.call(openBranch, { parent, name, country, ...(region === undefined ? {} : { region }) });
    const { caller: worker, member } = await confirmedMember(coop, board, `Ana of ${name}`);
    await board.call(moveMember, { member, branch: opened.body.id, from: "2026-12-01" });
    const work = await agreed({ buyer, client, worker });
    await worker.call(startEngagement, { engagement: work.engagement });
    await worker.call(handIn, { milestone: work.milestone, text: "It is done." });
    works.push({ ...work, member, branch: opened.body.id });
  }
  coop.wait(2 * dayMs);
  for (const { milestone, page } of works) {
    const approved = await buyer.call(approveHandIn, { milestone, version: (await page()).milestones[0]?.version ?? 0 });
    t.ok(approved.status < 300, approved.text);
  }
  const clockOf = async (worker: Caller) => (await worker.call(readProtection, {})).body.items[0]?.payments[0]?.clock;
  const days = (named: readonly { readonly on: string }[] = []) => named.map(({ on }) => on);
  const told = async () =>
    Promise.all(
      works.map(async ({ worker, page }) => {
        const [clock, workspace] = [await clockOf(worker), (await page(worker)).milestones[0]?.payable?.dueOn];
        return [workspace, clock?.dueOn, clock?.workingDays, days(clock?.closed), days(clock?.worked), clock?.country, clock?.region];
      }),
    );
  const before = await told();
  const names = ["Comunitat Valenciana", "Comunidad de Madrid", undefined];
  t.same(
    before,
    rows.map(({ dueOn, closed, worked, country }, at) => [dueOn, dueOn, 7, closed, worked, country, names[at]]),
  );

  const [valencia, madrid] = works;
  t.equal((await board.call(moveMember, { member: valencia?.member ?? "", branch: parent, from: "2026-12-03" })).status, 201);
  t.equal((await board.call(setBranchRegion, { branch: madrid?.branch ?? "", region: "CT" })).status, 200);
  coop.wait(dayMs);
  const decreed = { country: "HU", rest: [{ day: day("2026-12-11"), name: "pihenőnap" }], source: "a late decree", write: true };
  t.match((await yearEntered(coop, coop.now(), 2026, decreed)).at(-1), "1 days entered");
  await coop.keepTime();
  t.same(await told(), before, "what was promised stays, and is explained by the days it was counted by");
});

test("a branch rests by its country or by a region whose days are kept, as the board says", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const { caller: member } = await confirmedMember(coop, board, "Marc");
  const root = await rootOf(board);
  const { items } = (await coop.someone().call(listCalendars, {})).body;
  t.match(
    items.filter(({ country }) => country === "FR"),
    [{ name: "Bas-Rhin" }, { name: "Haut-Rhin" }, { name: "Moselle" }],
  );
  t.same([...new Set(items.map(({ country }) => country))], ["DE", "ES", "FR"], "no Land of Austria has a day of its own");
  const branch = (await board.call(openBranch, { parent: root, name: "Berlin", country: "DE", region: "BE" })).body.id;
  const regionOf = async () => (await board.call(listBranches, {})).body.items.find(({ id }) => id === branch)?.region;
  t.equal(await regionOf(), "BE");
  const unkept = await board.call(setBranchRegion, { branch, region: "VC" });
  t.match(unkept, { status: 422, problem: "region-without-calendar" });
  t.match(unkept.text, /a branch rests by a calendar that is kept.*an operator, who enters the days of a region/);
  t.equal((await board.call(openBranch, { parent: root, name: "Wien", country: "AT", region: "9" })).problem, "region-without-calendar");
  t.equal((await member.call(setBranchRegion, { branch })).problem, "role-needed");
  t.equal((await board.call(setBranchRegion, { branch })).status, 200);
  t.equal(await regionOf(), undefined, "the whole country");
});
