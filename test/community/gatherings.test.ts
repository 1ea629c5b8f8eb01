// A gathering is called, people say whether they come, the last place goes to one of fifty, and calendars read the right hour.
import { join } from "node:path";
import { test, type Test } from "tap";
import { readIn } from "@partcommune/server/cli/read-in";
import type { Caller } from "@partcommune/server/platform/caller";
import {
  answerGathering,
  callGathering,
  cancelGathering,
  changeGathering,
  listGatherings,
  readCalendar,
  readCalendarLink,
  readGathering,
  readGatheringFile,
  renewCalendarLink,
} from "@partcommune/shared/community/api";
import { askToSignIn, openSession } from "@partcommune/shared/membership/api";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { pathWith } from "@partcommune/shared/platform/endpoint";
import { openCoop, type TestCoop } from "../support/coop.ts";
import { folderWith } from "../support/folder.ts";
import { told } from "../support/told.ts";
import { codeFor, founder, signedUp } from "../support/people.ts";

const hourMs = 3_600_000;
const many = 50;
const emailOf = (at: number): string => `guest-${at}@people.example`;

/** Fifty members who are signed in. */
async function crowd(coop: TestCoop): Promise<readonly Caller[]> {
  const rows = Array.from(
    { length: many },
    (_, at) => `${emailOf(at)},Guest ${String(at).padStart(2, "0")},en,member,invoiced,translation,,2025-03-01`,
  );
  const list = `email,name,language,stage,status,trade,branch,since\n${rows.join("\n")}\n`;
  await readIn(coop.perform, "members", join(folderWith({ "members.csv": list }), "members.csv"), {}, () => undefined);
  const callers = rows.map((_, at) => coop.someone(() => `10.3.0.${at}`));
  await Promise.all(callers.map((caller, at) => told(caller, askToSignIn, { email: emailOf(at), language: "en" })));
  await coop.settle();
  await Promise.all(callers.map((caller, at) => told(caller, openSession, { email: emailOf(at), code: codeFor(coop, emailOf(at)) })));
  return callers;
}

const lunch: AskedOf<typeof callGathering> = {
  title: "Translators’ lunch",
  text: "Bring what you are **reading**.",
  language: "en",
  zone: "Europe/Brussels",
  begins: "2026-12-14T12:30",
  ends: "2026-12-14T14:30",
  place: "Atelier Commun, Rue du Canal 1",
  link: "https://meet.example/lunch",
  access: "No steps.",
  capacity: 2,
};

type Stand = { readonly coop: TestCoop; readonly board: Caller; readonly guests: readonly Caller[]; readonly stranger: Caller };

test("gatherings", async (t) => {
  const coop = await openCoop(t, { settings: { poolSize: 30 } });
  const board = await founder(coop);
  const stand = { coop, board, guests: await crowd(coop), stranger: await signedUp(coop, "Steve") };
  await t.test("are called by members, at an hour that there is", (step) => isCalled(step, stand));
  await t.test("give their last place once, and a freed one to the next for a day", (step) => fillsUp(step, stand));
  await t.test("tell everybody concerned when they move or are off", (step) => tells(step, stand));
  await t.test("stand in calendars at their hour, on the days the clocks change too", (step) => isDated(step, stand));
  await t.test("follow a person behind a link that can be renewed", (step) => follows(step, stand));
});

async function isCalled(t: Test, { coop, board, guests: [anna, bela], stranger }: Stand): Promise<void> {
  const no = async (wish: Partial<typeof lunch>, problem: string): Promise<void> =>
    void t.equal((await anna!.call(callGathering, { ...lunch, ...wish })).problem, problem);
  await no({ begins: "2026-12-01T09:59" }, "gathering-in-the-past");
  await no({ ends: "2026-12-14T12:30" }, "gathering-ends-first");
  await no({ begins: "2027-03-28T02:30", ends: "2027-03-28T05:00" }, "no-such-hour");
  await no({ link: "http://meet.example" }, "not-as-asked");
  const { place: _, link: __, ...nowhere } = lunch;
  t.equal((await anna!.call(callGathering, nowhere)).problem, "gathering-nowhere");
  t.equal((await stranger.call(callGathering, lunch)).problem, "members-only");
  const { id: gathering } = await told(anna!, callGathering, lunch);
  const seen = await told(coop.someone(), readGathering, { gathering });
  t.match(seen, { title: lunch.title, from: "2026-12-14T11:30:00.000Z", begins: lunch.begins, free: 2, calledBy: "Guest 00" });
  t.match(seen.html, "<strong>reading</strong>");
  t.notOk("link" in seen || "coming" in seen || "mine" in seen, "where to dial in and who comes is nobody else's");
  t.match(await told(anna!, readGathering, { gathering }), { link: lunch.link, mine: { verbs: ["change", "cancel"] } });
  const change = { gathering, ...lunch, version: 1 };
  t.equal((await bela!.call(changeGathering, change)).problem, "caller-only");
  t.equal((await bela!.call(cancelGathering, { gathering, because: "No time." })).problem, "caller-only");
  t.equal((await anna!.call(changeGathering, { ...change, version: 2 })).problem, "gathering-changed");
  t.equal((await board.call(cancelGathering, { gathering, because: "The house is closed." })).status, 200, "the board can cancel it");
  t.equal((await anna!.call(changeGathering, change)).problem, "not-in-this-state");
  t.equal((await bela!.call(answerGathering, { gathering, said: "going" })).problem, "gathering-off");
}

async function fillsUp(t: Test, { coop, guests }: Stand): Promise<void> {
  const [anna, bela] = guests as [Caller, Caller];
  const { id: gathering } = await told(anna, callGathering, lunch);
  t.equal((await anna.call(answerGathering, { gathering, said: "going", guests: 2 })).problem, "party-too-large");
  t.equal((await told(anna, answerGathering, { gathering, said: "going" })).state, "going");
  const others = guests.slice(1);
  const answers = await Promise.all(others.map((caller) => told(caller, answerGathering, { gathering, said: "going" })));
  t.equal(answers.filter(({ state }) => state === "going").length, 1, "one of so many at once gets the last place");
  t.match(await told(anna, readGathering, { gathering }), { free: 0, going: 2, waiting: many - 2, coming: { length: 2 } });
  const ahead = await Promise.all(
    others.map(async (caller) => ({ caller, mine: (await told(caller, readGathering, { gathering })).mine })),
  );
  const line = ahead
    .filter(({ mine }) => mine?.state === "waiting")
    .toSorted((one, other) => (one.mine?.ahead ?? 0) - (other.mine?.ahead ?? 0));
  const [first, second, third] = line.map(({ caller }) => caller) as [Caller, Caller, Caller];
  t.equal((await anna.call(answerGathering, { gathering, said: "going", guests: 1 })).problem, "places-too-few");
  await told(anna, answerGathering, { gathering, said: "maybe" });
  t.match((await told(first, readGathering, { gathering })).mine, { state: "offered", offeredUntil: "2026-12-02T09:00:00.000Z" });
  t.equal((await told(anna, answerGathering, { gathering, said: "going" })).state, "waiting", "who gave a place away stands in line again");
  coop.wait(23 * hourMs);
  await coop.keepTime();
  t.equal((await told(first, readGathering, { gathering })).mine?.state, "offered", "a day is a day");
  coop.wait(hourMs);
  await coop.keepTime();
  t.equal((await told(first, readGathering, { gathering })).mine?.state, "lapsed");
  t.equal((await told(second, readGathering, { gathering })).mine?.state, "offered", "then it is the next one’s");
  t.equal((await told(second, answerGathering, { gathering, said: "going" })).state, "going");
  await coop.settle();
  t.match((await told(second, listNotices, {})).items, [{ kind: "placeOffered", subject: gathering }]);
  const more = { gathering, ...lunch, capacity: 3, version: 1 };
  t.equal((await anna.call(changeGathering, { ...more, capacity: 1 })).problem, "places-promised");
  await told(anna, changeGathering, more);
  t.equal((await told(third, readGathering, { gathering })).mine?.state, "offered", "one more place is one more offer");
  await told(third, answerGathering, { gathering, said: "no" });
  t.equal((await told(bela, readGathering, { gathering })).waiting, many - 5, "what one declines is the next one’s");
  await told(anna, cancelGathering, { gathering, because: "The cook is ill." });
}

async function tells(t: Test, { coop, guests }: Stand): Promise<void> {
  const [anna, bela, chloe, dora, emil] = guests.slice(40) as [Caller, Caller, Caller, Caller, Caller];
  const { id: gathering } = await told(anna, callGathering, { ...lunch, capacity: 1 });
  await told(bela, answerGathering, { gathering, said: "going" });
  await told(chloe, answerGathering, { gathering, said: "going" });
  await told(dora, answerGathering, { gathering, said: "maybe" });
  await told(emil, answerGathering, { gathering, said: "no" });
  const news = async (caller: Caller): Promise<readonly string[]> => {
    await coop.settle();
    return (await told(caller, listNotices, {})).items.filter(({ subject }) => subject === gathering).map(({ kind }) => kind);
  };
  await told(anna, changeGathering, { gathering, ...lunch, capacity: 1, text: "Bring a chair.", version: 1 });
  t.same(await news(bela), [], "other words are no other hour");
  await told(anna, changeGathering, { gathering, ...lunch, capacity: 1, begins: "2026-12-14T13:00", version: 2 });
  for (const caller of [bela, chloe, dora]) t.same(await news(caller), ["gatheringChanged"]);
  await told(anna, cancelGathering, { gathering, because: "The cook is ill." });
  for (const caller of [bela, chloe, dora]) t.same(await news(caller), ["gatheringCancelled", "gatheringChanged"]);
  for (const caller of [anna, emil]) t.same(await news(caller), []);
}

const fileOf = async (caller: Caller, gathering: string): Promise<string> =>
  (await caller.raw({ method: "GET", url: pathWith(readGatheringFile.path, { gathering }) })).body;
/** A line of the gathering itself; the zones that come along have lines of the same names. */
const lineOf = (file: string, name: string): string =>
  new RegExp(`^${name}[;:].*$`, "m").exec(file.slice(file.indexOf("BEGIN:VEVENT")))?.[0].trim() ?? "";

/** Hours as people type them, and as calendars must read them. */
const hours = [
  [
    "Europe/Brussels",
    "2027-03-28T01:30",
    "2027-03-28T03:30",
    ";TZID=Europe/Brussels:20270328T013000",
    ";TZID=Europe/Brussels:20270328T033000",
  ],
  [
    "Europe/Brussels",
    "2027-10-31T02:30",
    "2027-10-31T04:00",
    ";TZID=Europe/Brussels:20271031T023000",
    ";TZID=Europe/Brussels:20271031T040000",
  ],
  [
    "America/New_York",
    "2027-07-01T18:00",
    "2027-07-01T20:00",
    ";TZID=America/New_York:20270701T180000",
    ";TZID=America/New_York:20270701T200000",
  ],
] as const;

async function isDated(t: Test, { coop, guests: [anna] }: Stand): Promise<void> {
  for (const [zone, begins, ends, start, end] of hours) {
    const { id } = await told(anna!, callGathering, { ...lunch, title: "A, b; c", zone, begins, ends });
    const file = await fileOf(coop.someone(), id);
    t.same([lineOf(file, "DTSTART"), lineOf(file, "DTEND")], [`DTSTART${start}`, `DTEND${end}`], `${begins} in ${zone}`);
    t.match(file, new RegExp(`BEGIN:VTIMEZONE\r\nTZID:${zone}\r\n`), "the zone comes along");
    t.match(file, /^DTSTAMP:\d{8}T\d{6}Z\r$/m);
    t.equal(lineOf(file, "SUMMARY"), "SUMMARY:A\\, b\\; c");
    t.notMatch(file, /meet\.example/, "where to dial in is not everybody’s");
  }
  t.equal(
    lineOf(await fileOf(coop.someone(), (await secondHour(coop)) ?? ""), "DTSTART"),
    "DTSTART:20271031T013000Z",
    "an hour that comes twice: its second is told in UTC",
  );
}

/** The form means the first of a doubled hour; a gathering that begins in the second came from elsewhere. */
async function secondHour({ db }: TestCoop): Promise<string | undefined> {
  const moved = await db
    .updateTable("community.gathering")
    .set({ from_at: "2027-10-31T01:30:00.000Z" as never })
    .where("from_at", "=", "2027-10-31T00:30:00.000Z" as never)
    .returning("id")
    .executeTakeFirst();
  return moved?.id;
}

async function follows(t: Test, { coop, guests }: Stand): Promise<void> {
  const [anna, bela] = guests.slice(45) as [Caller, Caller];
  t.same(await told(bela, readCalendarLink, {}), {});
  const { link } = await told(bela, renewCalendarLink, {});
  const read = async (address: string) => coop.someone().raw({ method: "GET", url: new URL(address).pathname });
  const { id: gathering } = await told(anna, callGathering, lunch);
  t.notMatch((await read(link)).body, /BEGIN:VEVENT/);
  await told(bela, answerGathering, { gathering, said: "going" });
  const { body, headers } = await read(link);
  t.match(headers["content-type"], "text/calendar");
  t.match(body.replaceAll("\r\n ", ""), /DESCRIPTION:https:\/\/meet\.example\/lunch/, "who comes is told where");
  await told(anna, cancelGathering, { gathering, because: "The cook is ill." });
  const off = (await read(link)).body;
  t.same([lineOf(off, "STATUS"), lineOf(off, "SEQUENCE")], ["STATUS:CANCELLED", "SEQUENCE:1"], "calendars let go of it");
  t.equal((await told(bela, readCalendarLink, {})).link, link);
  const { link: other } = await told(bela, renewCalendarLink, {});
  t.equal((await read(link)).statusCode, 404, "the link before opens nothing");
  t.equal((await read(other)).statusCode, 200);
  t.equal((await coop.someone().call(readCalendar, { token: "A".repeat(43) })).status, 404);
  const { items } = await told(coop.someone(), listGatherings, { limit: 2 });
  t.same(items.length, 2);
}
