// News as a person sees it: the bell counts on an open page, the list leads to each thing, the choices are theirs, and the link in a letter ends the letters.
import { test } from "tap";
import { chooseNotices, readNoticeChoices } from "@partcommune/shared/platform/api/notices";
import { writeMessage } from "@partcommune/shared/platform/api/messages";
import { lookAt, openSite } from "../support/browser.ts";
import { engaged } from "../support/engagements.ts";
import { cookieOf } from "../support/line.ts";
import { addressOf, founder } from "../support/people.ts";

for (const language of ["en", "fr"] as const) {
  const says = {
    en: {
      news: "News",
      wrote: "Carla has written to you",
      all: "Mark all as read",
      save: "Save these choices",
      saved: "Saved.",
      messages: "Messages",
      weekly: "weekly, on Monday",
      off: "Switch these letters off",
      done: "Switched off.",
    },
    fr: {
      news: "Nouvelles",
      wrote: "Carla vous a écrit",
      all: "Tout marquer comme lu",
      save: "Enregistrer ces choix",
      saved: "Enregistré.",
      messages: "Messages",
      weekly: "chaque lundi",
      off: "Ne plus recevoir ces lettres",
      done: "C’est fait.",
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
    await bell.filter({ hasText: /^1/ }).waitFor();
    await buyer.call(writeMessage, { subjectKind: "engagement", subject: engagement, text: "By when?" });
    await coop.settle();
    await bell.filter({ hasText: /^2/ }).waitFor();
    await page.getByRole("link", { name: new RegExp(`^${says.news}`) }).click();
    await page.getByRole("link", { name: new RegExp(says.wrote) }).waitFor();
    await lookAt(t, page, `${language}-news-1-list`);
    await page.getByRole("button", { name: says.all }).click();
    await bell.waitFor({ state: "detached" });
    await page.getByRole("link", { name: new RegExp(says.wrote) }).click();
    await page.getByText("By when?").waitFor();
    await page.goto(`/${language}/my/settings`);
    await page.getByLabel(says.messages, { exact: true }).selectOption({ label: says.weekly });
    await lookAt(t, page, `${language}-news-2-choices`);
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
    await lookAt(t, stranger, `${language}-news-3-unsubscribe`);
    await stranger.getByRole("button", { name: says.off }).click();
    await stranger.getByText(says.done).waitFor();
    t.equal((await worker.call(readNoticeChoices, {})).body.mail.messageWritten, "never");
  });
}
