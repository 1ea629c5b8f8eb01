// Where a coop has passwords, one is set on the settings page and opens the door on the sign-in page.
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import { foundCoop } from "@partcommune/shared/governance/api";
import { dayMs } from "@partcommune/shared/platform/time";
import { lookIn, openSite, type Site } from "../support/browser.ts";
import { atelierCommun } from "../support/founding.ts";
import { cookieOf } from "../support/line.ts";
import { addressOf, signedUp } from "../support/people.ts";

const spoken = {
  en: {
    fresh: "New password",
    set: "Set the password",
    held: "You have a password.",
    address: "Address of your account",
    word: "Password",
    enter: "Sign in with the password",
    hello: "Hello, Anna",
    change: "Change the password",
    beside: "Sign in, in a new window",
    ended: "Your session has ended",
    again: "Sign in and come back to this page",
    searches: "Saved searches",
  },
  fr: {
    fresh: "Nouveau mot de passe",
    set: "Choisir ce mot de passe",
    held: "Vous avez un mot de passe.",
    address: "Adresse de votre compte",
    word: "Mot de passe",
    enter: "Entrer avec le mot de passe",
    hello: "Bonjour, Anna",
    change: "Changer le mot de passe",
    beside: "Se connecter dans une nouvelle fenêtre",
    ended: "Votre session a pris fin",
    again: "Se connecter et revenir à cette page",
    searches: "Recherches gardées",
  },
} as const;

type Says = (typeof spoken)[keyof typeof spoken];

const password = "quatre moulins sous la pluie";

for (const [language, says] of Object.entries(spoken)) {
  test(`a password, told in ${language}`, async (t) => {
    const site = await openSite(t);
    await site.coop.someone().call(foundCoop, { ...atelierCommun, passwords: true });
    const [name = "", value = ""] = (await cookieOf(await signedUp(site.coop, "Anna"))).split("=", 2);
    const page = await site.visit({ locale: language });
    await page.context().addCookies([{ name, value, url: site.origin }]);
    await t.test("is set", (step) => set(step, page, language, says));
    const other = await site.visit({ locale: language });
    await t.test("opens the door", (step) => opens(step, other, language, says));
    await t.test("is asked again of whoever was away, and leads back", (step) => comesBack(step, site, page, other, language, says));
  });
}

async function set(t: Test, page: Page, language: string, says: Says): Promise<void> {
  await page.goto(`/${language}/my/settings`);
  await page.getByLabel(says.fresh).fill("aaaaaaaaaaaaaaaa");
  await page.getByRole("button", { name: says.set }).click();
  await page.getByRole("alert").filter({ hasText: "password-guessable" }).waitFor();
  await page.getByLabel(says.fresh).fill(password);
  await page.getByRole("button", { name: says.set }).click();
  await page.getByText(says.held).waitFor();
  // The page says what holds as soon as it knows, and empties the field once the act has ended.
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>("input[name=newPassword]")?.value === "");
  t.pass("what was typed does not stay");
  await lookIn(t, page, language, "settings-password");
}

async function opens(t: Test, page: Page, language: string, says: Says): Promise<void> {
  await page.goto(`/${language}/sign-in`);
  await page.getByLabel(says.address).fill(addressOf("Anna"));
  await page.getByLabel(says.word, { exact: true }).fill("wrong");
  await page.getByRole("button", { name: says.enter }).click();
  await page.getByRole("alert").filter({ hasText: "password-wrong" }).waitFor();
  await lookIn(t, page, language, "sign-in-password");
  await page.getByLabel(says.word, { exact: true }).fill(password);
  await page.getByRole("button", { name: says.enter }).click();
  await page.getByRole("heading", { name: says.hello }).waitFor();
  t.pass("signed in");
}

/** One device has a page open with something typed; on the other, a page is opened. */
async function comesBack(t: Test, site: Site, page: Page, other: Page, language: string, says: Says): Promise<void> {
  await page.getByLabel(says.fresh).fill(`${password} encore`);
  site.coop.sleep(15 * dayMs);
  await page.getByRole("button", { name: says.change }).click();
  const refusal = page.getByRole("alert").filter({ hasText: "session-ended" });
  await refusal.getByRole("link", { name: says.beside }).waitFor();
  t.equal(await page.getByLabel(says.fresh).inputValue(), `${password} encore`, "what was typed stays");
  await lookIn(t, page, language, "session-ended");
  await other.goto(`/${language}/my/searches?from=there`);
  await other.getByRole("heading", { name: says.ended }).waitFor();
  await lookIn(t, other, language, "come-back");
  await other.getByRole("link", { name: says.again }).click();
  await other.getByLabel(says.address).fill(addressOf("Anna"));
  await other.getByLabel(says.word, { exact: true }).fill(password);
  await other.getByRole("button", { name: says.enter }).click();
  await other.waitForURL(`**/${language}/my/searches?from=there`);
  await other.getByRole("heading", { name: says.searches }).waitFor();
  t.pass("the page that was wanted stands open");
}
