// Push: a device tells its person that something waits, by a plain sentence and nothing else, as long as they are signed in on it, and no other address is ever called.
import { test, type Test } from "tap";
import { closeSession } from "@partcommune/shared/membership/api";
import { markRead, writeMessage } from "@partcommune/shared/platform/api/messages";
import { chooseNotices, readNoticeChoices } from "@partcommune/shared/platform/api/notices";
import { readPush, subscribePush, unsubscribePush } from "@partcommune/shared/platform/api/push";
import { isPushService, mostDevices, mostFailures, objectionToDevice } from "@partcommune/shared/platform/rules/push";
import { dayMs } from "@partcommune/shared/platform/time";
import { keysFrom } from "@partcommune/server/platform/keys";
import { realSend } from "@partcommune/server/platform/world";
import { openCoop, secret, type Caller, type TestCoop } from "../support/coop.ts";
import { engaged, type Engaged } from "../support/engagements.ts";
import { founder, signInAgain } from "../support/people.ts";
import { openPushService, type PushService } from "../support/push-service.ts";

type Stand = Engaged & {
  readonly coop: TestCoop;
  readonly board: Caller;
  readonly service: PushService;
  /** The client writes to the member, so that a notice waits. */
  readonly write: (text?: string) => Promise<string>;
  /** Lets the clock come round; what is due leaves. Says how many messages arrived. */
  readonly minute: () => Promise<number>;
};

async function stage(t: Test): Promise<Stand> {
  const service = await openPushService(t);
  const coop = await openCoop(t, { world: { push: { services: [service.origin], send: realSend } } });
  const board = await founder(coop);
  const stand = await engaged(coop, board);
  await coop.settle();
  const write = async (text = "The 2000.00 EUR are fine."): Promise<string> => {
    const { id } = (await stand.buyer.call(writeMessage, { subjectKind: "engagement", subject: stand.engagement, text })).body;
    await coop.settle();
    return id;
  };
  const minute = async (): Promise<number> => {
    const before = service.arrived.length;
    await coop.keepTime();
    await coop.settle();
    return service.arrived.length - before;
  };
  return { coop, board, service, write, minute, ...stand };
}

const devices = async (by: Caller): Promise<number> => (await by.call(readPush, {})).body.devices.length;
const language = "en" as const;

test("a push service is one of a known browser, or one the operator named, and nothing that looks like it", (t) => {
  const named = ["https://push.coop.example", "http://127.0.0.1:4242"];
  const rows = [
    ["https://fcm.googleapis.com/fcm/send/a:b", true],
    ["https://updates.push.services.mozilla.com/wpush/v2/a", true],
    ["https://wns2-par02p.notify.windows.com/w/?token=a%2fb", true],
    ["https://web.push.apple.com/a", true],
    ["https://push.coop.example/a", true],
    ["http://127.0.0.1:4242/a", true],
    ["http://fcm.googleapis.com/a", false],
    ["https://fcm.googleapis.com:8443/a", false],
    ["https://fcm.googleapis.com", false],
    ["https://fcm.googleapis.com.evil.example/a", false],
    ["https://evil.example/fcm.googleapis.com/", false],
    ["https://evilnotify.windows.com/a", false],
    ["https://fcm.googleapis.com@10.0.0.1/a", false],
    ["https://10.0.0.1\\.push.apple.com/a", false],
    ["https://10.0.0.1#.push.apple.com/a", false],
    ["https://10.0.0.1?.push.apple.com/a", false],
    ["https://10.0.0.1\t.push.apple.com/a", false],
    ["https://fcm.googleapis.com/\\10.0.0.1", false],
    ["http://127.0.0.1:4243/a", false],
    ["http://localhost:4242/a", false],
    ["https://169.254.169.254/latest", false],
    ["https://[::1]/a", false],
  ] as const;
  for (const [address, is] of rows) t.equal(isPushService(address, named), is, address);
  const endpoint = "https://web.push.apple.com/a";
  t.equal(objectionToDevice({ endpoint, keysReadable: true }, mostDevices - 1, []), undefined);
  t.equal(objectionToDevice({ endpoint, keysReadable: false }, mostDevices, [])?.type, "push-keys-unreadable");
  t.end();
});

test("a device is told that something waits, and no amount, name or title", async (t) => {
  const { coop, board, buyer, worker, service, write, minute } = await stage(t);
  t.equal(await minute(), 0, "nobody is pushed what they did not ask for");
  await write();
  const phone = service.browser("phone");
  for (const endpoint of ["https://127.0.0.1/a", "https://10.0.0.1/a", "http://fcm.googleapis.com/a", "http://127.0.0.1:1/a"])
    t.equal((await worker.call(subscribePush, { ...phone, endpoint, language })).problem, "push-service-unknown", endpoint);
  for (const p256dh of ["B".repeat(87), phone.p256dh.slice(0, 80)])
    t.equal((await worker.call(subscribePush, { ...phone, p256dh, language })).problem, "push-keys-unreadable", p256dh);
  t.equal(await devices(worker), 0);
  const { id } = (await worker.call(subscribePush, { ...phone, language })).body;
  t.equal(await minute(), 0, "what was told before stays in the coop");

  for (const text of ["A secret.", "Another."]) await write(text);
  t.equal(await minute(), 1, "two of one kind are one");
  const [first] = service.arrived;
  t.same(first?.message, {
    says: "Somebody has written where you take part.",
    language: "en",
    topic: "messageWritten",
    path: "/en/my/messages",
  });
  t.match(first?.headers, { ttl: "86400", "content-encoding": "aes128gcm" });
  t.notMatch(String(first?.headers["topic"]), /message/i, "the service is not told what it is about");
  const { key } = (await worker.call(readPush, {})).body;
  t.match(first?.signed, { aud: service.origin, sub: "mailto:coop@localhost", key });
  t.equal(keysFrom(secret).signing("push").publicKey, key, "a coop restored with its secret signs as before");
  t.notSame(keysFrom(Buffer.alloc(32, 8)).signing("push").publicKey, key);
  await write();
  t.equal(await minute(), 1);
  t.equal(service.arrived[1]?.headers["topic"], first?.headers["topic"], "the next takes the place of one that sleeps");
  t.equal(await minute(), 0, "once");

  for (const other of [board, buyer, coop.someone()]) t.ok([401, 404].includes((await other.call(unsubscribePush, { device: id })).status));
  t.same((await board.call(readPush, {})).body.devices, [], "nobody sees another's");
  t.match((await worker.call(readPush, {})).body.devices, [{ id, here: true }]);
  t.equal((await worker.call(unsubscribePush, { device: id })).status, 200);
  await write();
  t.equal(await minute(), 0);
  t.equal((await worker.call(unsubscribePush, { device: id })).status, 404);
});

test("nothing is pushed in quiet hours, of a kind that was not chosen, or once it was read", async (t) => {
  const { coop, worker, service, write, minute } = await stage(t);
  await worker.call(subscribePush, { ...service.browser("phone"), language: "fr" });
  const choices = (await worker.call(readNoticeChoices, {})).body;
  t.ok(choices.push.messageWritten, "a device that was asked for hears of everything at first");
  await worker.call(markRead, { message: await write() });
  t.equal(await minute(), 0, "read already");
  await worker.call(chooseNotices, { ...choices, push: { ...choices.push, messageWritten: false } });
  await write();
  t.equal(await minute(), 0, "not chosen");
  await worker.call(chooseNotices, { ...choices, quiet: { from: "09:30", to: "11:00" } });
  await write(); // 10:00 in Brussels
  t.equal(await minute(), 0, "quiet");
  coop.wait(3_599_000);
  t.equal(await minute(), 0, "quiet to the last second");
  coop.wait(1_000);
  t.equal(await minute(), 1, "it waited for the end of the quiet hours");
  t.equal(service.arrived.at(-1)?.message.says, "On a écrit là où vous participez.");
});

test("a device ends with its session, when its service says so, and after ten failures in a row; no answer leads elsewhere", async (t) => {
  const { coop, buyer, worker, service, write, minute } = await stage(t);
  const again = async (caller: Caller): Promise<Caller> => (await signInAgain(coop, caller, "Marc"), caller);
  const pushed = async (): Promise<number> => (await write(), await minute());
  const phone = await again(coop.someone());
  await phone.call(subscribePush, { ...service.browser("phone"), language });
  coop.wait(1_000);
  await worker.call(subscribePush, { ...service.browser("desk"), language });
  t.match((await worker.call(readPush, {})).body.devices, [{ here: false }, { here: true }]);
  t.equal(await pushed(), 2);
  await phone.call(closeSession, {});
  t.equal(await devices(worker), 1);
  t.equal(await pushed(), 1, "whoever signed out is told nothing there");
  t.equal(service.arrived.at(-1)?.device, "desk");

  service.answer(307, { location: `${service.origin}/elsewhere` });
  await pushed();
  t.notOk(service.asked.includes("elsewhere"), "an answer does not lead to another address");
  service.answer(503);
  for (let failure = 2; failure < mostFailures; failure += 1) await pushed();
  service.answer(201);
  t.equal(await pushed(), 1, "what arrives ends the row");
  service.answer(503);
  for (let failure = 1; failure < mostFailures; failure += 1) await pushed();
  t.equal(await devices(worker), 1);
  await pushed();
  t.equal(await devices(worker), 0, "the tenth in a row was the last");

  await worker.call(subscribePush, { ...service.browser("desk"), language });
  service.answer(410);
  await pushed();
  t.equal(await devices(worker), 0, "gone is gone");
  service.answer(201);
  await worker.call(subscribePush, { ...service.browser("desk"), language });
  coop.sleep(14 * dayMs);
  await signInAgain(coop, buyer, "Carla");
  const asked = service.asked.length;
  t.match(await write(), /-/, "something waits");
  await minute();
  t.equal(service.asked.length, asked, "a session that ran out takes its device with it");
  t.same(await coop.db.selectFrom("platform.push_device").select("id").execute(), [], "and nothing of it is kept");
});

test("ten devices of one person are enough, and a browser is one device whoever signs in on it", async (t) => {
  const { coop, worker, board, service } = await stage(t);
  const screens = [worker, ...Array.from({ length: mostDevices }, () => coop.someone())];
  for (const [at, screen] of screens.entries()) {
    if (at > 0) await signInAgain(coop, screen, "Marc").then(() => coop.wait(3_600_000));
    const { problem } = await screen.call(subscribePush, { ...service.browser(`device-${at}`), language });
    t.equal(problem, at < mostDevices ? undefined : "push-devices-full", `device ${at + 1}`);
  }
  const shared = service.browser("shared");
  t.equal((await worker.call(subscribePush, { ...shared, language })).status, 201, "the same screen anew is no eleventh");
  t.equal((await board.call(subscribePush, { ...shared, language })).status, 201);
  t.equal(await devices(board), 1);
  t.equal(await devices(worker), mostDevices - 1, "who signed in there later is told there");
});
