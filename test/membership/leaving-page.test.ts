// Leaving the coop in a real browser: read, confirmed, thought over, and done; and what board and treasury see of it.
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import { hourMs } from "@partcommune/shared/platform/time";
import { prove, proving } from "../support/authenticator.ts";
import { glanceAt, lookIn, openSite, signInAs, type Site } from "../support/browser.ts";
import type { Caller } from "../support/coop.ts";
import { confirmedMember, founder, signInAgain, withRole } from "../support/people.ts";
import { bankBooked } from "../support/treasury.ts";

const spoken = {
  fr: {
    title: "Quitter la coopérative",
    none: "Rien n’est en cours entre vous et la coopérative.",
    read: "J’ai lu ce qui est en cours et ce qui prend fin",
    give: "Annoncer mon départ",
    since: "Vous avez annoncé votre départ le",
    stay: "Rester dans la coopérative",
    left: "Vous avez quitté la coopérative le",
    close: "Elle attend que les comptes soient clos jusqu’au",
    papers: "Votre argent et vos documents",
    money: "Mon argent",
  },
  en: {
    title: "Leaving the coop",
    none: "Nothing is open between you and the coop.",
    read: "I have read what is open and what ends",
    give: "Give notice",
    since: "You gave notice on",
    stay: "Take my notice back",
    left: "You left the coop on",
    close: "It waits until the books are closed up to",
    papers: "Your money and your papers",
    money: "My money",
  },
} as const;
type Language = keyof typeof spoken;

test("a member leaves by a page of their own", async (t) => {
  const site = await openSite(t);
  const { coop } = site;
  const board = await founder(coop);
  const { caller: anna, member } = await confirmedMember(coop, board, "Anna");
  const treasurer = async (name: string) => proving(coop, await withRole(coop, board, name, "treasurer"));
  const [tess, tom] = [await treasurer("Tess"), await treasurer("Tom")];
  await bankBooked({ coop, tess, tom }, { kind: "sharePaid", member }, "20.00");
  await prove(coop, anna);
  const page = await site.visit({ locale: "fr" });
  await signInAs(page, site.origin, anna);
  for (const language of ["fr", "en"] as const)
    await t.test(`gives notice in ${language}, and takes it back`, (step) => thoughtOver(step, page, language));
  await t.test("the board reads who is leaving, and since when", (step) => seenByBoard(step, site, page, board));
  coop.wait(25 * hourMs);
  await coop.keepTime();
  for (const language of ["fr", "en"] as const) await t.test(`has left, told in ${language}`, (step) => gone(step, page, language));
  await t.test("the treasury reads whose share is to be repaid, and what it waits for", (step) => seenByTreasury(step, site, tess));
});

async function thoughtOver(t: Test, page: Page, language: Language): Promise<void> {
  const says = spoken[language];
  await page.goto(`/${language}/my/settings`);
  await page.getByRole("link", { name: says.title }).click();
  await page.getByRole("heading", { name: says.title, level: 1 }).waitFor();
  await page.getByText(says.none).waitFor();
  await glanceAt(t, page, `${language}-leaving-before`);
  await noticeGiven(t, page, language);
  await lookIn(t, page, language, "leaving-under-way");
  await page.getByRole("button", { name: says.stay }).click();
  await page.getByRole("button", { name: says.give }).waitFor();
}

async function noticeGiven(t: Test, page: Page, language: Language): Promise<void> {
  const says = spoken[language];
  const give = page.getByRole("button", { name: says.give });
  t.ok(await give.isDisabled(), "nobody leaves by one click");
  await page.getByLabel(says.read).check();
  await give.click();
  await page.getByText(says.since).waitFor();
}

async function seenByBoard(t: Test, { visit, origin }: Site, page: Page, board: Caller): Promise<void> {
  await noticeGiven(t, page, "en");
  const desk = await visit({ locale: "en" });
  await signInAs(desk, origin, board);
  await desk.goto("/en/desk/people");
  const anna = desk.locator("li.person").filter({ has: desk.getByRole("heading", { name: "Anna" }) });
  t.match(await anna.textContent(), /Is leaving.*Gave notice on 1 December 2026/);
}

async function gone(t: Test, page: Page, language: Language): Promise<void> {
  const says = spoken[language];
  await page.goto(`/${language}/my/leaving`);
  await page.getByText(says.left).waitFor();
  await page.getByText(says.close).waitFor();
  await lookIn(t, page, language, "leaving-left");
  await page.getByRole("link", { name: says.papers }).click();
  await page.getByRole("heading", { name: says.money, level: 1 }).waitFor();
  await glanceAt(t, page, `${language}-money-of-one-who-left`);
}

async function seenByTreasury(t: Test, { coop, visit, origin }: Site, tess: Caller): Promise<void> {
  await signInAgain(coop, tess, "Tess");
  const desk = await visit({ locale: "fr" });
  await signInAs(desk, origin, tess);
  await desk.goto("/fr/desk/treasury");
  const owed = desk.getByRole("region", { name: "Parts à rembourser" });
  t.match(await owed.textContent(), /Anna.*Départ le 2 décembre 2026.*Les comptes sont à clore jusqu’au 31 décembre 2026/);
  await glanceAt(t, desk, "fr-treasury-shares-owed");
}
