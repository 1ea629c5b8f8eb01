// News as a person sees it: the bell counts on an open page, the list leads to each thing, the choices are theirs, and the link in a letter ends the letters.
import type { Page } from "playwright-core";
import { test, type Test } from "tap";
import { chooseNotices, readNoticeChoices } from "@partcommune/shared/platform/api/notices";
import { writeMessage } from "@partcommune/shared/platform/api/messages";
import { subscribePush } from "@partcommune/shared/platform/api/push";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { exampleOf } from "../support/example.ts";
import { callAs, lookIn, openSite } from "../support/browser.ts";
import { engaged } from "../support/engagements.ts";
import { cookieOf } from "../support/line.ts";
import { addressOf, founder } from "../support/people.ts";

for (const language of ["en", "fr"] as const) {
  const says = {
    en: {
      news: "News",
      wrote: "Carla has written",
      all: "Mark all as read",
      save: "Save these choices",
      saved: "Saved.",
      messages: "Messages",
      weekly: "weekly, on Monday",
      off: "Switch these letters off",
      done: "Switched off.",
      denied: "This browser does not let the coop show notices.",
      hear: "Tell me on this device",
      hearing: "This device tells you.",
      which: "Which news comes to my devices",
      silence: "Tell me nothing more here",
    },
    fr: {
      news: "Nouvelles",
      wrote: "Carla a écrit",
      all: "Tout marquer comme lu",
      save: "Enregistrer ces choix",
      saved: "Enregistré.",
      messages: "Messages",
      weekly: "chaque lundi",
      off: "Ne plus recevoir ces lettres",
      done: "C’est fait.",
      denied: "Ce navigateur n’autorise pas la coopérative à afficher des avis.",
      hear: "M’avertir sur cet appareil",
      hearing: "Cet appareil vous avertit.",
      which: "Ce qui arrive sur mes appareils",
      silence: "Ne plus m’avertir ici",
    },
  }[language];
  test(`news, in ${language}`, async (t) => {
    const site = await openSite(t);
    const { coop } = site;
    const { buyer, worker, engagement } = await engaged(coop, await founder(coop));
    await coop.settle();
    const page = await site.visit({ locale: language });
    const [name = "", value = ""] = (await cookieOf(worker)).split("=");
    await page.context().addCookies([{ name, value, url: site.origin }]);
    await page.goto(`/${language}/jobs`);
    const bell = page.locator(".bell");
    await bell.filter({ hasText: /^2/ }).waitFor();
    await buyer.call(writeMessage, { subjectKind: "engagement", subject: engagement, text: "By when?" });
    await coop.settle();
    await bell.filter({ hasText: /^3/ }).waitFor();
    await page.getByRole("link", { name: new RegExp(`^${says.news}`) }).click();
    await page.getByRole("link", { name: new RegExp(says.wrote) }).waitFor();
    await lookIn(t, page, language, "news-1-list");
    await page.getByRole("button", { name: says.all }).click();
    await bell.waitFor({ state: "detached" });
    await page.getByRole("link", { name: new RegExp(says.wrote) }).click();
    await page.getByText("By when?").waitFor();
    await page.goto(`/${language}/my/settings`);
    await tellsHere(t, page, says, language);
    await page.getByLabel(says.messages, { exact: true }).selectOption({ label: says.weekly });
    await lookIn(t, page, language, "news-2-choices");
    await page.getByRole("button", { name: says.save }).click();
    await page.getByText(says.saved, { exact: true }).waitFor();
    const chosen = (await worker.call(readNoticeChoices, {})).body;
    t.equal(chosen.mail.messageWritten, "weekly");
    await worker.call(chooseNotices, { ...chosen, mail: { ...chosen.mail, messageWritten: "atOnce" } });
    await buyer.call(writeMessage, { subjectKind: "engagement", subject: engagement, text: "By Friday?" });
    await coop.settle();
    await coop.keepTime();
    await coop.settle();
    const letter = coop.mails.findLast(({ to }) => to === addressOf("Marc"));
    const stranger = await site.visit({ locale: language });
    await stranger.goto(/http\S+unsubscribe\S+/.exec(letter?.text ?? "")?.[0] ?? "");
    await lookIn(t, stranger, language, "news-3-unsubscribe");
    await stranger.getByRole("button", { name: says.off }).click();
    await stranger.getByText(says.done).waitFor();
    t.equal((await worker.call(readNoticeChoices, {})).body.mail.messageWritten, "never");
  });
}

type Says = Readonly<Record<"denied" | "hear" | "hearing" | "which" | "silence", string>>;

/** The device of this page: its browser says no, then yes; then it hears, and hears no more. */
async function tellsHere(t: Test, page: Page, says: Says, language: "en" | "fr"): Promise<void> {
  const hear = page.getByRole("button", { name: says.hear });
  await page.getByText(says.denied).waitFor();
  t.equal(await hear.count(), 0, "what cannot be is not offered");
  // Headless, Chromium says no whatever its person allowed; the rest of it behaves as allowed.
  await page.context().grantPermissions(["notifications"], { origin: new URL(page.url()).origin });
  await page.addInitScript(() => void Object.defineProperty(Notification, "permission", { value: "granted" }));
  await page.reload();
  await hear.waitFor();
  // What the button asks first; Chromium's own push service is not reached from a test.
  await page.evaluate(async () => void (await navigator.serviceWorker.register("/sw.js"), await navigator.serviceWorker.ready));
  const told = { says: "Your work is approved.", language, topic: "approved", path: `/${language}/my/messages` };
  t.same(await shownBy(page, told), { title: told.says, options: { lang: language, tag: "approved", data: told.path }, opened: told.path });
  await callAs(page, subscribePush, { ...(exampleOf(subscribePush) as AskedOf<typeof subscribePush>), language });
  await page.reload();
  await page.getByText(says.hearing, { exact: true }).waitFor();
  await page.getByText(says.which, { exact: true }).click();
  await lookIn(t, page, language, "news-4-device");
  await page.getByRole("button", { name: says.silence }).click();
  await hear.waitFor();
}

/** Hands the page's service worker a message as the browser's push service would, and a tap on what it shows: what the browser is asked to show and to open. */
async function shownBy(page: Page, message: object): Promise<unknown> {
  const [worker] = page.context().serviceWorkers();
  const session = await page.context().newCDPSession(page);
  const { promise, resolve } = Promise.withResolvers<string>();
  session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations: [first] }) => void (first && resolve(first.registrationId)));
  await session.send("ServiceWorker.enable");
  // What headless Chromium refuses to show, and to open without a finger, is written down instead.
  await worker?.evaluate(() => {
    const here = globalThis as unknown as { registration: object; clients: object; asked: Record<string, unknown> };
    here.asked = {};
    Object.assign(here.registration, {
      showNotification: async (title: string, options: object) => void Object.assign(here.asked, { title, options }),
    });
    Object.assign(here.clients, { openWindow: async (path: string) => void Object.assign(here.asked, { opened: path }) });
  });
  const [origin, registrationId] = [new URL(page.url()).origin, await promise];
  await session.send("ServiceWorker.deliverPushMessage", { origin, registrationId, data: JSON.stringify(message) });
  return worker?.evaluate(async () => {
    const { asked } = globalThis as unknown as { asked: { options?: { data: unknown } } };
    for (let look = 0; look < 100 && !asked.options; look += 1) await new Promise((rested) => void setTimeout(rested, 20));
    const waited: unknown[] = [];
    const notification = { data: asked.options?.data, close: () => undefined };
    dispatchEvent(Object.assign(new Event("notificationclick"), { notification, waitUntil: (until: unknown) => void waited.push(until) }));
    await Promise.all(waited);
    return asked;
  });
}
