// Where a coop has passwords, one is set on the settings page and opens the door on the sign-in page.
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import { foundCoop } from "@partcommune/shared/governance/api";
import { lookAt, openSite } from "../support/browser.ts";
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
  },
  fr: {
    fresh: "Nouveau mot de passe",
    set: "Choisir ce mot de passe",
    held: "Vous avez un mot de passe.",
    address: "Adresse de votre compte",
    word: "Mot de passe",
    enter: "Entrer avec le mot de passe",
    hello: "Bonjour, Anna",
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
  await lookAt(t, page, `${language}-settings-password`);
}

async function opens(t: Test, page: Page, language: string, says: Says): Promise<void> {
  await page.goto(`/${language}/sign-in`);
  await page.getByLabel(says.address).fill(addressOf("Anna"));
  await page.getByLabel(says.word, { exact: true }).fill("wrong");
  await page.getByRole("button", { name: says.enter }).click();
  await page.getByRole("alert").filter({ hasText: "password-wrong" }).waitFor();
  await lookAt(t, page, `${language}-sign-in-password`);
  await page.getByLabel(says.word, { exact: true }).fill(password);
  await page.getByRole("button", { name: says.enter }).click();
  await page.getByRole("heading", { name: says.hello }).waitFor();
  t.pass("signed in");
}
