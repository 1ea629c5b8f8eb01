// A member writes their page and shows it; a stranger finds it with and without script, and finds nobody who did not want it.
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import { lookIn, openSite, signInAs, type Site } from "../support/browser.ts";
import { confirmedMember, founder } from "../support/people.ts";

const spoken = {
  en: {
    mine: "My page",
    handle: "Address of the page: /members/…",
    line: "In one line",
    about: "In your own words",
    places: "Places where you work",
    language: "French",
    shown: "Show this page to everybody",
    save: "Keep this page",
    see: "See it as others do",
    title: "Members",
    text: "A name, a trade, a place, a word",
    search: "Search",
    none: "On no page stands “plumber”.",
  },
  fr: {
    mine: "Ma page",
    handle: "Adresse de la page\u00a0: /members/…",
    line: "En une ligne",
    about: "Dans vos mots",
    places: "Lieux où vous travaillez",
    language: "français",
    shown: "Montrer cette page à tout le monde",
    save: "Garder cette page",
    see: "La voir comme les autres",
    title: "Membres",
    text: "Un nom, un métier, un lieu, un mot",
    search: "Chercher",
    none: "Aucune page ne contient «\u00a0plumber\u00a0».",
  },
} as const;
type Says = (typeof spoken)[keyof typeof spoken];

for (const [language, says] of Object.entries(spoken)) {
  test(`the directory, told in ${language}`, async (t) => {
    const site = await openSite(t);
    const { caller: marc } = await confirmedMember(site.coop, await founder(site.coop), "Marc");
    const page = await site.visit({ locale: language });
    await signInAs(page, site.origin, marc);
    await t.test("a member writes their page and shows it", (step) => wrote(step, page, language, says));
    await t.test("a stranger finds it without script", (step) => foundIt(step, site, language, says));
    await t.test("taken back, it is not there", (step) => tookBack(step, site, page, language, says));
  });
}

async function wrote(t: Test, page: Page, language: string, says: Says): Promise<void> {
  await page.goto(`/${language}/members`);
  await page.locator("footer select:enabled").waitFor();
  await page.getByRole("link", { name: says.mine, exact: true }).click();
  await page.getByLabel(says.handle).fill("marc");
  await page.getByLabel(says.line).fill("Posters and signs");
  await page.getByLabel(says.about).fill("Ten years of silk screen.\nBy hand.");
  await page.getByLabel(says.places).fill("Bruxelles, Lille");
  await page.getByLabel(says.language, { exact: true }).check();
  await page.getByLabel(says.shown).check();
  await page.getByRole("button", { name: says.save }).click();
  await page.getByRole("link", { name: says.see }).waitFor();
  await lookIn(t, page, language, "my-profile");
  await page.getByRole("link", { name: says.see }).click();
  await page.getByRole("heading", { name: "Marc" }).waitFor();
  await lookIn(t, page, language, "member");
}

async function foundIt(t: Test, site: Site, language: string, says: Says): Promise<void> {
  const page = await site.visit({ locale: language, javaScriptEnabled: false });
  await page.goto(`/${language}/members`);
  await page.getByLabel(says.text).fill("plumber");
  await page.getByRole("button", { name: says.search }).click();
  await page.getByText(says.none).waitFor();
  await page.getByLabel(says.text).fill("signs lille");
  await page.getByRole("button", { name: says.search }).click();
  await page.getByRole("link", { name: "Marc" }).click();
  await page.getByText("Ten years of silk screen.").waitFor();
  t.equal(await page.locator("h1").innerText(), "Marc");
}

async function tookBack(t: Test, site: Site, page: Page, language: string, says: Says): Promise<void> {
  const stranger = await site.visit({ locale: language });
  await stranger.goto(`/${language}/members`);
  await lookIn(t, stranger, language, "members");
  await page.goto(`/${language}/my/profile`);
  await page.locator("footer select:enabled").waitFor();
  await page.getByLabel(says.shown).uncheck();
  await page.getByRole("button", { name: says.save }).click();
  await page.getByRole("link", { name: says.see }).waitFor({ state: "detached" });
  t.equal((await stranger.goto(`/${language}/members/marc`))?.status(), 404);
}
