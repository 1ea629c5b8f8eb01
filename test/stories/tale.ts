// One telling of the story: who is in it, in which words, and how a page is read.
import type { Test } from "tap";
import type { Page } from "playwright-core";
import type { Site } from "../support/browser.ts";
import { codeFor } from "../support/people.ts";
import type { spoken } from "./words.ts";

export type Says = (typeof spoken)[keyof typeof spoken];

/** These words, whatever kind of space is between them. */
export const named = (words: string): RegExp => new RegExp(words.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "\\s"));

/** Waits until these words stand on the page. */
export async function reads(t: Test, page: Page, words: string, why: string): Promise<void> {
  await page.getByText(named(words)).first().waitFor();
  t.pass(why);
}

/** One telling: in which language, by which way the two sides met, and whether every picture is kept. */
export type Tale = {
  readonly language: string;
  readonly says: Says;
  readonly way: "bid" | "declaration";
  readonly look: (t: Test, page: Page, name: string) => Promise<void>;
};

export type People = { readonly board: Page; readonly client: Page; readonly member: Page };
export type Treasurers = { readonly tess: Page; readonly tom: Page };

/** Becomes known with a name and the code from the letter. */
export async function becomeKnown(t: Test, { coop }: Site, page: Page, { says, look }: Tale, picture: string, name: string): Promise<void> {
  const email = `${name.toLowerCase().replaceAll(" ", ".")}@people.example`;
  await page.getByLabel(says.person).fill(name);
  await page.getByLabel(says.email).fill(email);
  await page.getByRole("button", { name: says.send }).click();
  await page.getByLabel(says.code).waitFor();
  await look(t, page, `${picture}-code`);
  await coop.settle();
  await page.getByLabel(says.code).fill(codeFor(coop, email));
  await page.getByRole("button", { name: says.open }).click();
}
