// What a person settles for themselves, in a real browser with a passkey device of Chromium's own, in both languages.
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import { authenticator, lookIn, openSite, type Device, type Site } from "../support/browser.ts";
import { addressOf, codeFor, founder, signedUp } from "../support/people.ts";

const spoken = {
  en: {
    signIn: "Sign in",
    use: "Use a passkey",
    add: "Add a passkey",
    email: "Your e-mail address",
    send: "Send me a code",
    code: "Code from the e-mail",
    open: "Sign in",
    hello: "Hello, Anna",
    offer: "Next time without a code",
    settings: "Settings",
    yours: "Your settings",
    first: "Passkey 1",
    remove: "Remove passkey 1",
    none: "You have no passkey here yet.",
    notGiven: "No passkey was given.",
    everywhere: "Sign out everywhere",
    out: "Sign out here",
    signedOut: "You are signed out.",
  },
  fr: {
    signIn: "Se connecter",
    use: "Entrer avec une clé d’accès",
    add: "Ajouter une clé d’accès",
    email: "Votre adresse électronique",
    send: "Recevoir un code",
    code: "Code reçu par e-mail",
    open: "Entrer",
    hello: "Bonjour, Anna",
    offer: "La prochaine fois, sans code",
    settings: "Réglages",
    yours: "Vos réglages",
    first: "Clé d’accès 1",
    remove: "Retirer la clé d’accès 1",
    none: "Vous n’avez pas encore de clé d’accès ici.",
    notGiven: "Aucune clé d’accès n’a été donnée.",
    everywhere: "Se déconnecter partout",
    out: "Se déconnecter ici",
    signedOut: "Votre session est fermée.",
  },
} as const;

type Says = (typeof spoken)[keyof typeof spoken];

for (const [language, says] of Object.entries(spoken)) {
  test(`passkeys and sessions, told in ${language}`, async (t) => {
    const site = await openSite(t);
    await founder(site.coop);
    await signedUp(site.coop, "Anna");
    const page = await site.visit({ locale: language });
    const device = await authenticator(page);
    await t.test("a code opens the door, and a passkey is offered", (step) => offered(step, site, page, device, language, says));
    await t.test("the passkey signs in by itself", (step) => signedIn(step, page, device, language, says));
    await t.test("a removal asks for the passkey once, and waits if it is not given", (step) =>
      removed(step, site, page, device, language, says),
    );
    await t.test("signing out everywhere ends the sessions of the other devices", (step) => everywhere(step, site, page, says));
  });
}

async function enterByCode(site: Site, page: Page, says: Says): Promise<void> {
  await page.getByLabel(says.email).fill(addressOf("Anna"));
  await page.getByRole("button", { name: says.send }).click();
  await page.getByLabel(says.code).waitFor();
  await site.coop.settle();
  await page.getByLabel(says.code).fill(codeFor(site.coop, addressOf("Anna")));
  await page.getByRole("button", { name: says.open, exact: true }).click();
  await page.getByRole("heading", { name: says.hello }).waitFor();
}

async function offered(t: Test, site: Site, page: Page, device: Device, language: string, says: Says): Promise<void> {
  await page.goto(`/${language}/sign-in`);
  await lookIn(t, page, language, "sign-in-passkey");
  await enterByCode(site, page, says);
  await page.getByRole("heading", { name: says.offer }).waitFor();
  await lookIn(t, page, language, "passkey-offer");
  await page.getByRole("button", { name: says.add }).click();
  await page.getByRole("heading", { name: says.offer }).waitFor({ state: "detached" });
  t.equal(await device.passkeys(), 1, "the device holds it");
  await page.getByRole("link", { name: says.settings, exact: true }).click();
  await page.getByRole("heading", { name: says.first }).waitFor();
  await lookIn(t, page, language, "settings");
}

async function signedIn(t: Test, page: Page, device: Device, language: string, says: Says): Promise<void> {
  await page.getByRole("button", { name: says.out }).click();
  await page.getByText(says.signedOut).waitFor();
  await lookIn(t, page, language, "settings-signed-out");
  await page.getByRole("main").getByRole("link", { name: says.signIn }).click();
  await device.willing(false);
  await page.getByRole("button", { name: says.use }).click();
  await page.getByText(says.notGiven).waitFor();
  await device.willing(true);
  await page.getByRole("button", { name: says.use }).click();
  await page.getByRole("heading", { name: says.hello }).waitFor();
  t.equal(await page.getByRole("heading", { name: says.offer }).count(), 0, "nothing is offered to whoever has it");
}

async function removed(t: Test, site: Site, page: Page, device: Device, language: string, says: Says): Promise<void> {
  site.coop.wait(6 * 60_000);
  await page.getByRole("link", { name: says.settings, exact: true }).click();
  await device.willing(false);
  await page.getByRole("button", { name: says.remove }).click();
  const refusal = page.getByRole("alert").filter({ hasText: "proof-needed" });
  await refusal.waitFor();
  t.match(await refusal.getByRole("link", { name: says.yours }).getAttribute("href"), `/${language}/my/settings`);
  await lookIn(t, page, language, "settings-proof-needed");
  await device.willing(true);
  await page.getByRole("button", { name: says.remove }).click();
  await page.getByText(says.none).waitFor();
  await lookIn(t, page, language, "settings-empty");
}

async function everywhere(t: Test, site: Site, page: Page, says: Says): Promise<void> {
  const other = await site.visit({ locale: "en" });
  await other.goto("/en/sign-in");
  await enterByCode(site, other, spoken.en);
  await page.getByRole("button", { name: says.everywhere }).click();
  await page.getByText(says.signedOut).waitFor();
  await other.goto("/en/my/settings");
  await other.getByText(spoken.en.signedOut).waitFor();
  t.equal(await other.getByRole("heading", { name: spoken.en.first }).count(), 0, "the other device sees nothing of theirs");
}
