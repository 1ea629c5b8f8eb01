// One job from nothing to paid, in a real browser, in both languages. It begins where a newcomer begins: at `/` of an empty house.
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import { lookAt, openSite } from "../support/browser.ts";

const spoken = {
  en: {
    found: "Found this coop",
    name: "Name of the coop",
    next: "Go on",
    person: "Your name",
    email: "Your e-mail address",
    make: "Found the coop",
    done: "Atelier Commun exists",
    home: "See its first page",
    budget: "1 830.00 EUR",
    rules: "Read the rules in force",
    fee: "8.5%",
  },
  fr: {
    found: "Fonder cette coopérative",
    name: "Nom de la coopérative",
    next: "Continuer",
    person: "Votre nom",
    email: "Votre adresse électronique",
    make: "Fonder la coopérative",
    done: "Atelier Commun existe",
    home: "Voir sa première page",
    budget: "1 830,00 €",
    rules: "Lire les règles en vigueur",
    fee: "8,5 %",
  },
} as const;

/** The words on a page with every kind of space as a plain one. */
const wordsOf = async (page: Page): Promise<string> => (await page.locator("body").innerText()).replaceAll(/[\u00a0\u202f]/g, " ");

for (const [language, says] of Object.entries(spoken)) {
  test(`a job, told in ${language}`, async (t) => {
    const site = await openSite(t);
    const page = await site.visit({ locale: language });
    await t.test("the founder makes the coop with the wizard", (step) => found(step, page, language, says));
  });
}

async function found(t: Test, page: Page, language: string, says: (typeof spoken)[keyof typeof spoken]): Promise<void> {
  await page.goto("/");
  t.equal(new URL(page.url()).pathname, `/${language}`, "the reader's own language");
  t.same(await page.context().cookies(), [], "no cookie before anyone signs in");
  await lookAt(t, page, `${language}-1-empty`);
  await page.getByRole("link", { name: says.found, exact: true }).click();
  await page.getByLabel(says.name).fill("Atelier Commun");
  await lookAt(t, page, `${language}-2-wizard-coop`);
  await page.getByRole("button", { name: says.next }).click();
  await lookAt(t, page, `${language}-3-wizard-fee`);
  await page.getByRole("button", { name: says.next }).click();
  await lookAt(t, page, `${language}-4-wizard-split`);
  await page.getByRole("button", { name: says.next }).click();
  await page.getByLabel(says.person).fill("Fanny Founder");
  await page.getByLabel(says.email).fill("fanny@atelier.example");
  await lookAt(t, page, `${language}-5-wizard-person`);
  await page.getByRole("button", { name: says.make }).click();
  await page.getByRole("heading", { name: says.done }).waitFor();
  await lookAt(t, page, `${language}-6-founded`);
  await page.getByRole("link", { name: says.home }).click();
  await page.getByRole("heading", { level: 2 }).first().waitFor();
  t.match(await wordsOf(page), says.budget, "the golden price leaves the golden budget");
  await lookAt(t, page, `${language}-7-home`);
  await page.getByRole("link", { name: says.rules }).click();
  await page.getByRole("table").waitFor();
  t.match(await wordsOf(page), says.fee, "the fee in force is the founders'");
  await lookAt(t, page, `${language}-8-rules`);
}
