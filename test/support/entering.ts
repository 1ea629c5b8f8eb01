// Two ways in which a test's people come to be signed in on a page: as newcomers through the doors, or by hand with the code from the letter.
import type { Page } from "playwright-core";
import { askToSignUp, openSession } from "@partcommune/shared/membership/api";
import { callAs, type Site } from "./browser.ts";
import { addressOf, codeFor } from "./people.ts";

/** A page of a newcomer who is signed in. */
export async function signedIn(site: Site, name: string): Promise<Page> {
  const page = await site.visit();
  await page.goto("/en/jobs");
  const email = addressOf(name);
  await callAs(page, askToSignUp, { name, email, language: "en" });
  await site.coop.settle();
  await callAs(page, openSession, { email, code: codeFor(site.coop, email) });
  return page;
}

/** Somebody known who signs in on the page, with the code from the letter. */
export async function entered(site: Site, name: string): Promise<Page> {
  const page = await site.visit({ locale: "en" });
  await page.goto("/en/sign-in");
  await page.getByLabel("Your e-mail address").fill(addressOf(name));
  await page.getByRole("button", { name: "Send me a code" }).click();
  await page.getByLabel("Code from the e-mail").waitFor();
  await site.coop.settle();
  await page.getByLabel("Code from the e-mail").fill(codeFor(site.coop, addressOf(name)));
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  return page;
}
