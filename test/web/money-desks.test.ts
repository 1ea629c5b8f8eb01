// Money's pages as those meet them whom they do not concern: absent in the very document, with nothing refused behind the page.
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import { openSite } from "../support/browser.ts";
import { entered } from "../support/entering.ts";
import { confirmedMember, founder, signedUp, withRole } from "../support/people.ts";

test("the treasury's desk", async (t) => {
  const site = await openSite(t);
  const board = await founder(site.coop);
  await confirmedMember(site.coop, board, "Anna");
  await signedUp(site.coop, "Otto");
  for (const [name, role] of [
    ["Tess", "treasurer"],
    ["Abel", "accountant"],
  ] as const)
    await withRole(site.coop, board, name, role);
  await t.test("is not there for a visitor, a member, or somebody without a part here", async (step) => {
    for (const page of [await site.visit(), await entered(site, "Anna"), await entered(site, "Otto")]) await absent(step, page);
  });
  await t.test("is read by an accountant and used by a treasurer", async (step) => {
    for (const [name, fields] of [
      ["Abel", 0],
      ["Tess", 1],
    ] as const)
      await there(step, await entered(site, name), fields);
  });
});

/** Several times, since a question refused late shows only in some answers. */
async function absent(t: Test, page: Page): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    const answer = await page.goto("/en/desk/treasury");
    t.equal(answer?.status(), 404, "told like an address that is not there");
    t.equal(await page.locator("h1").count(), 1, "one heading");
    await page.getByText("There is nothing here").waitFor();
    await page.waitForLoadState("networkidle");
  }
}

async function there(t: Test, page: Page, fields: number): Promise<void> {
  const answer = await page.goto("/en/desk/treasury");
  t.equal(answer?.status(), 200, "the desk");
  await page.getByRole("heading", { level: 1 }).waitFor();
  t.equal((await page.locator("main input").count()) > 0, fields > 0, "only a treasurer finds something to fill in");
}
