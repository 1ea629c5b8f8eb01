// The board keeps the tree of branches on a page of its own, and moves members on the page of people.
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import { lookIn, openSite, signInAs, type Site } from "../support/browser.ts";
import type { Caller } from "../support/coop.ts";
import { applicant, confirmedMember, founder } from "../support/people.ts";

const spoken = {
  en: {
    title: "Branches",
    under: "Open a branch under Atelier Commun",
    name: "Name of the new branch",
    open: "Open this branch",
    country: "Country",
    france: "France",
    rest: "Days of rest",
    placed: "France, Bas-Rhin",
    restOf: "Days of rest of Lille",
    national: "Those of the whole country only",
    doRest: "Count by these days from now on",
    closeLille: "Close Lille",
    close: "Close this branch",
    notEmpty: "This branch still holds members or open branches.",
    people: "People and roles",
    move: "Move Marc to another branch",
    to: "To which branch",
    day: "From this day on",
    doMove: "Move them there",
    planned: "From 14 December 2026 on: Lille.",
    mias: "Branch for Mia",
    admit: "Admit Mia",
    yours: "Your branch: Lille.",
  },
  fr: {
    title: "Antennes",
    under: "Ouvrir une antenne sous Atelier Commun",
    name: "Nom de la nouvelle antenne",
    open: "Ouvrir cette antenne",
    country: "Pays",
    france: "France",
    rest: "Jours fériés",
    placed: "France, Bas-Rhin",
    restOf: "Jours fériés de Lille",
    national: "Ceux de tout le pays seulement",
    doRest: "Compter d’après ces jours désormais",
    closeLille: "Fermer Lille",
    close: "Fermer cette antenne",
    notEmpty: "Des membres ou des antennes ouvertes dépendent encore de cette antenne.",
    people: "Personnes et rôles",
    move: "Faire passer Marc dans une autre antenne",
    to: "Vers quelle antenne",
    day: "À partir de ce jour",
    doMove: "Enregistrer le changement",
    planned: "À partir du 14 décembre 2026\u00a0: Lille.",
    mias: "Antenne de Mia",
    admit: "Admettre Mia",
    yours: "Votre antenne\u00a0: Lille.",
  },
} as const;
type Says = (typeof spoken)[keyof typeof spoken];

for (const [language, says] of Object.entries(spoken)) {
  test(`branches, told in ${language}`, async (t) => {
    const site = await openSite(t);
    const board = await founder(site.coop);
    const { caller: marc } = await confirmedMember(site.coop, board, "Marc");
    const { caller: mia } = await applicant(site.coop, "Mia");
    const page = await site.visit({ locale: language });
    await signInAs(page, site.origin, board);
    await t.test("a branch is opened under the coop", (step) => opened(step, page, language, says));
    await t.test("a branch rests by a region, and by the whole country again", (step) => rested(step, page, language, says));
    await t.test("a member moves from a day on", (step) => moved(step, page, language, says));
    await t.test("a branch that somebody is on the way to stays open", (step) => kept(step, page, language, says));
    await t.test("an applicant is admitted to a branch, and reads it", (step) => admitted(step, site, page, mia, language, says));
    if (language === "fr") await t.test("for others the page is not there", (step) => absent(step, site, marc, language));
  });
}

async function opened(t: Test, page: Page, language: string, says: Says): Promise<void> {
  await page.goto(`/${language}/desk/people`);
  await page.getByRole("link", { name: says.title, exact: true }).click();
  await page.getByRole("heading", { name: says.title }).waitFor();
  await page.locator("summary", { hasText: says.under }).click();
  await page.getByLabel(says.name).fill("Lille");
  await page.getByLabel(says.country).selectOption({ label: says.france });
  await page.getByLabel(says.rest).selectOption({ label: "Bas-Rhin" });
  await page.getByRole("button", { name: says.open }).click();
  await page.getByRole("heading", { name: "Lille" }).waitFor();
  await lookIn(t, page, language, "desk-branches");
}

async function rested(t: Test, page: Page, language: string, says: Says): Promise<void> {
  const line = page.locator("article", { has: page.getByRole("heading", { name: "Lille" }) });
  await line.getByText(says.placed).waitFor();
  await line.locator("summary", { hasText: says.restOf }).click();
  const form = line.locator("details", { hasText: says.restOf });
  await form.getByLabel(says.rest).selectOption({ label: says.national });
  await form.getByRole("button", { name: says.doRest }).click();
  await line.getByText(says.placed).waitFor({ state: "detached" });
  await lookIn(t, page, language, "desk-branches-rest");
}

async function moved(t: Test, page: Page, language: string, says: Says): Promise<void> {
  await page.getByRole("link", { name: says.people }).click();
  await page.locator("summary", { hasText: says.move }).click();
  await page.getByLabel(says.to).selectOption({ label: "Lille" });
  await page.getByLabel(says.day).fill("2026-12-14");
  await page.getByRole("button", { name: says.doMove }).click();
  await page.getByText(says.planned).waitFor();
  await lookIn(t, page, language, "desk-people-branch");
}

async function kept(t: Test, page: Page, language: string, says: Says): Promise<void> {
  await page.getByRole("link", { name: says.title, exact: true }).click();
  await page.locator("summary", { hasText: says.closeLille }).click();
  await page.getByRole("button", { name: says.close }).click();
  await page.getByText(says.notEmpty).waitFor();
  await lookIn(t, page, language, "desk-branches-not-empty");
}

async function admitted(t: Test, site: Site, page: Page, mia: Caller, language: string, says: Says): Promise<void> {
  await page.goto(`/${language}/desk/members`);
  await page.getByLabel(says.mias).selectOption({ label: "Lille" });
  await lookIn(t, page, language, "desk-members-branch");
  await page.getByRole("button", { name: says.admit }).click();
  await page.getByRole("button", { name: says.admit }).waitFor({ state: "detached" });
  const hers = await site.visit({ locale: language });
  await signInAs(hers, site.origin, mia);
  await hers.goto(`/${language}/my/settings`);
  await hers.getByText(says.yours).waitFor();
  t.pass("the member reads which branch they are in");
}

async function absent(t: Test, site: Site, member: Caller, language: string): Promise<void> {
  for (const caller of [member, undefined]) {
    const page = await site.visit();
    if (caller) await signInAs(page, site.origin, caller);
    t.equal((await page.goto(`/${language}/desk/branches`))?.status(), 404);
  }
}
