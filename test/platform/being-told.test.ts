// Notices: people are told of what concerns them and of nothing else, in-app at once and by mail as they chose, and one click ends the mail.
import { test, type Test } from "tap";
import { approveHandIn, askChanges, handIn, startEngagement } from "@partcommune/shared/marketplace/api";
import { markRead, writeMessage } from "@partcommune/shared/platform/api/messages";
import {
  chooseNotices,
  listNotices,
  markNoticesRead,
  readBell,
  readNoticeChoices,
  unsubscribe,
} from "@partcommune/shared/platform/api/notices";
import { mailAt } from "@partcommune/shared/platform/morning";
import { noticeKinds, type Rhythm } from "@partcommune/shared/platform/rules/notices";
import { instant } from "@partcommune/shared/platform/time";
import { openCoop, origin, type Caller, type TestCoop } from "../support/coop.ts";
import { engaged, type Engaged } from "../support/engagements.ts";
import { addressOf, founder, personNamed, signedUp } from "../support/people.ts";
import { lineOf, listening } from "../support/line.ts";
import { entered, treasury } from "../support/treasury.ts";

type Stand = Engaged & { readonly coop: TestCoop; readonly board: Caller; readonly on: { subjectKind: "engagement"; subject: string } };

async function stage(t: Test): Promise<Stand> {
  const coop = await openCoop(t);
  const board = await founder(coop);
  const stand = await engaged(coop, board);
  await coop.settle();
  return { coop, board, ...stand, on: { subjectKind: "engagement", subject: stand.engagement } };
}

const told = async (by: Caller): Promise<readonly string[]> =>
  (await by.call(listNotices, {})).body.items.map(({ kind }) => kind).toReversed();
const count = async (by: Caller): Promise<number> => (await by.call(readBell, {})).body.count;
const hour = 3_600_000;

/** Mail of every kind in one rhythm, in Brussels, without quiet hours unless said. */
const inRhythm = (rhythm: Rhythm, quiet?: { from: string; to: string }) => ({
  zone: "Europe/Brussels",
  ...(quiet ? { quiet } : {}),
  mail: Object.fromEntries(noticeKinds.map((kind) => [kind, rhythm])) as Record<(typeof noticeKinds)[number], Rhythm>,
  push: Object.fromEntries(noticeKinds.map((kind) => [kind, false])) as Record<(typeof noticeKinds)[number], boolean>,
});

/** Letters of notices to somebody, as they left. */
async function letters(coop: TestCoop, name: string) {
  await coop.keepTime();
  await coop.settle();
  return coop.mails.filter(({ to, headers }) => to === addressOf(name) && headers);
}

test("mail leaves at once but not in quiet hours, at eight the next morning, or on Monday", (t) => {
  const quiet = { from: "21:00", to: "07:00" };
  const rows = [
    // now                 | rhythm | zone            | quiet | leaves
    ["2026-12-01T09:00:00Z", "atOnce", "Europe/Brussels", true, "2026-12-01T09:00:00.000Z"],
    ["2026-12-01T20:00:00Z", "atOnce", "Europe/Brussels", true, "2026-12-02T06:00:00.000Z"],
    ["2026-12-01T20:00:00Z", "atOnce", "Europe/Brussels", false, "2026-12-01T20:00:00.000Z"],
    ["2026-12-02T05:59:59Z", "atOnce", "Europe/Brussels", true, "2026-12-02T06:00:00.000Z"],
    ["2026-12-02T06:00:00Z", "atOnce", "Europe/Brussels", true, "2026-12-02T06:00:00.000Z"],
    ["2026-12-01T20:00:00Z", "atOnce", "America/New_York", true, "2026-12-01T20:00:00.000Z"],
    ["2026-12-01T06:59:00Z", "daily", "Europe/Brussels", true, "2026-12-01T07:00:00.000Z"],
    ["2026-12-01T07:00:00Z", "daily", "Europe/Brussels", true, "2026-12-02T07:00:00.000Z"],
    ["2026-03-28T12:00:00Z", "daily", "Europe/Brussels", true, "2026-03-29T06:00:00.000Z"], // clocks went forward
    ["2026-12-01T09:00:00Z", "weekly", "Europe/Brussels", true, "2026-12-07T07:00:00.000Z"],
    ["2026-12-07T06:59:00Z", "weekly", "Europe/Brussels", true, "2026-12-07T07:00:00.000Z"],
    ["2026-12-07T07:00:00Z", "weekly", "Europe/Brussels", true, "2026-12-14T07:00:00.000Z"],
    ["2026-12-01T09:00:00Z", "never", "Europe/Brussels", true, undefined],
  ] as const;
  for (const [now, rhythm, zone, has, leaves] of rows)
    t.equal(mailAt(instant(now), rhythm, zone, has ? quiet : undefined), leaves, `${rhythm} at ${now} in ${zone}`);
  t.end();
});

test("a job's way tells each side what the other did, and nobody what they did themselves", async (t) => {
  const { coop, board, buyer, worker, engagement, milestone } = await stage(t);
  await worker.call(startEngagement, { engagement });
  await worker.call(handIn, { milestone, text: "Three files." });
  await buyer.call(askChanges, { milestone, points: ["Larger."] });
  await worker.call(handIn, { milestone, text: "Larger." });
  await buyer.call(approveHandIn, { milestone, version: 5 });
  await coop.settle();
  t.same(await told(buyer), ["bidPlaced", "handedIn", "handedIn"]);
  t.same((await told(worker)).slice(0, 3), ["applicationAccepted", "bidAccepted", "changesAsked"]);
  t.same(await told(board), [], "it is nobody else's");
  const [first] = (await buyer.call(listNotices, {})).body.items.toReversed();
  t.match(first, { place: "job", values: { title: "Poster for the spring fair" }, read: false });
  await coop.settle();
  t.same(await told(buyer), ["bidPlaced", "handedIn", "handedIn"], "told twice, it is one notice");
});

test("treasurers hear of a line that another entered", async (t) => {
  const books = await treasury(t);
  await entered(books, { kind: "sharePaid", member: books.member }, "20.00");
  await books.coop.settle();
  t.same(await told(books.tom), ["lineToConfirm"]);
  t.same(await told(books.tess), []);
});

test("the bell rings on an open page, and is quiet once the thread or the list was read", async (t) => {
  const { coop, board, buyer, worker, on } = await stage(t);
  const address = await listening(coop);
  const person = await personNamed(board, "Marc");
  const line = await lineOf(t, address, worker, origin);
  const foreign = await lineOf(t, address, buyer, origin);
  for (const each of [line, foreign]) each.watch(`person:${person}`);
  await new Promise((rested) => void setTimeout(rested, 300));
  const before = await count(worker);
  const { id: message } = (await buyer.call(writeMessage, { ...on, text: "A secret." })).body;
  await coop.settle();
  t.ok(await line.hears(`person:${person}`, 3_000));
  t.same(foreign.heard, [], "nobody hears another's bell");
  t.equal(await count(worker), before + 1);
  t.notMatch(JSON.stringify((await worker.call(listNotices, {})).body), /secret/);
  await worker.call(markRead, { message });
  t.equal(await count(worker), before);
  const newest = (await worker.call(listNotices, {})).body.items[0]?.id ?? "";
  await buyer.call(markNoticesRead, { upTo: newest });
  t.equal(await count(worker), before, "nobody reads for another");
  await worker.call(markNoticesRead, { upTo: newest });
  t.equal(await count(worker), 0);
});

test("mail comes in the rhythm that was chosen, one letter for all that is due, and not for what was read", async (t) => {
  const { coop, buyer, worker, on } = await stage(t);
  const sent = (await letters(coop, "Marc")).length;
  await worker.call(chooseNotices, inRhythm("daily"));
  for (const text of ["One.", "Two."]) await buyer.call(writeMessage, { ...on, text });
  await coop.settle();
  t.equal((await letters(coop, "Marc")).length, sent, "nothing at once");
  coop.wait(23 * hour); // 09:00 the next day in Brussels, after eight
  const all = await letters(coop, "Marc");
  t.equal(all.length, sent + 1);
  const letter = all.at(-1);
  t.equal(letter?.text.match(/Carla has written: Poster for the spring fair/g)?.length, 2);
  t.match(letter?.text, `${origin}/en/my/engagements/${on.subject}`);
  t.notMatch(letter?.text, /One\.|2000|EUR/, "no content, no amount");
  t.equal((await letters(coop, "Marc")).length, sent + 1, "once");
  const { id: message } = (await buyer.call(writeMessage, { ...on, text: "Three." })).body;
  await coop.settle();
  await worker.call(markRead, { message });
  coop.wait(24 * hour);
  t.equal((await letters(coop, "Marc")).length, sent + 1, "what was read in the coop needs no letter");
  await worker.call(chooseNotices, inRhythm("atOnce", { from: "00:00", to: "23:59" }));
  await buyer.call(writeMessage, { ...on, text: "Four." });
  await coop.settle();
  t.equal((await letters(coop, "Marc")).length, sent + 1, "quiet hours are quiet");
});

test("one click in a mail program ends the mail of notices, and no made-up link ends anybody's", async (t) => {
  const { coop, buyer, worker, on } = await stage(t);
  await worker.call(chooseNotices, inRhythm("atOnce"));
  await buyer.call(writeMessage, { ...on, text: "One." });
  await coop.settle();
  const { headers = {} } = (await letters(coop, "Marc")).at(-1) ?? {};
  t.equal(headers["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click");
  const address = new URL(/^<(.+)>$/.exec(headers["List-Unsubscribe"] ?? "")?.[1] ?? "").pathname;
  const program = coop.someone();
  const click = (url: string, payload = "List-Unsubscribe=One-Click", type = "application/x-www-form-urlencoded") =>
    program.raw({ method: "POST", url, payload, headers: { "content-type": type } });
  const link = address.replace("/unsubscribe/", "");
  for (const wrong of [`${address}x`, address.slice(0, -4), `/unsubscribe/${on.subject}.${link.split(".")[1]}`, "/unsubscribe/x"])
    t.equal((await click(wrong)).statusCode, 404, wrong);
  t.equal((await click(address, "a=b")).statusCode, 400);
  t.equal((await click(address, "{}", "application/json")).statusCode, 400);
  t.equal((await click("/api/v1/notices/mail-ending", `link=${link}`)).statusCode, 415, "no other door takes a form");
  t.equal((await worker.call(readNoticeChoices, {})).body.mail.messageWritten, "atOnce");
  t.equal((await click(address)).statusCode, 200);
  t.equal((await click(address)).statusCode, 200, "twice is once");
  t.same(new Set(Object.values((await worker.call(readNoticeChoices, {})).body.mail)), new Set(["never"]));
  const part = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
  t.equal((await click(address, part, "multipart/form-data; boundary=x")).statusCode, 200, "the other form of RFC 8058");
  const sent = (await letters(coop, "Marc")).length;
  await buyer.call(writeMessage, { ...on, text: "Two." });
  await coop.settle();
  t.equal((await letters(coop, "Marc")).length, sent);
  t.equal(await count(worker), 4, "in the coop it still shows");
});

test("the page behind the link does the same when asked, without a session", async (t) => {
  const { coop, buyer, worker, on } = await stage(t);
  await worker.call(chooseNotices, inRhythm("atOnce"));
  await buyer.call(writeMessage, { ...on, text: "One." });
  await coop.settle();
  const link = /unsubscribe\/(\S+)/.exec((await letters(coop, "Marc")).at(-1)?.text ?? "")?.[1] ?? "";
  t.equal((await coop.someone().call(unsubscribe, { link: "x" })).problem, "link-unknown");
  t.equal((await coop.someone().call(unsubscribe, { link })).status, 200);
  t.equal((await worker.call(readNoticeChoices, {})).body.mail.approved, "never");
});

test("what nobody can choose is refused", async (t) => {
  const coop = await openCoop(t);
  await founder(coop);
  const anna = await signedUp(coop, "Anna");
  const choices = (await anna.call(readNoticeChoices, {})).body;
  t.match(choices, { zone: "Europe/Brussels", quiet: { from: "21:00", to: "07:00" }, mail: { messageWritten: "daily" } });
  for (const wrong of [
    { zone: "Mars/Base" },
    { quiet: { from: "25:00", to: "07:00" } },
    { mail: { ...choices.mail, approved: "hourly" } },
    { mail: {} },
  ])
    t.equal((await anna.call(chooseNotices, { ...choices, ...wrong } as never)).status, 422, JSON.stringify(wrong));
});
