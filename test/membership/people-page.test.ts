// The board gives roles and ends them on a page of its own, which is not there for anybody else.
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import { lookIn, openSite, signInAs, type Site } from "../support/browser.ts";
import type { Caller } from "../support/coop.ts";
import { founder, signedUp, trialMember, withRole } from "../support/people.ts";

const spoken = {
  en: {
    title: "People and roles",
    forMarc: "Role for Marc",
    treasurer: "treasurer",
    give: "Give this role to Marc",
    end: "End the role treasurer of Marc",
    confirm: "Confirm Marc as a member",
    endOwn: "End the role board of Fanny Founder",
    member: "Member",
  },
  fr: {
    title: "Personnes et rôles",
    forMarc: "Rôle pour Marc",
    treasurer: "trésorerie",
    give: "Confier ce rôle à Marc",
    end: "Retirer le rôle trésorerie à Marc",
    confirm: "Confirmer Marc comme membre",
    endOwn: "Retirer le rôle conseil d’administration à Fanny Founder",
    member: "Membre",
  },
} as const;

for (const [language, says] of Object.entries(spoken)) {
  test(`people and roles, told in ${language}`, async (t) => {
    const site = await openSite(t);
    const board = await founder(site.coop);
    const marc = await trialMember(site.coop, board, "Marc");
    const page = await site.visit({ locale: language });
    await signInAs(page, site.origin, board);
    await t.test("a role is given and ended", (step) => givenAndEnded(step, page, language, says));
    await t.test("a trial ends with a membership", (step) => confirmed(step, page, language, says));
    await t.test("the last person of the board cannot go", (step) => lastOfTheBoard(step, page, language, says));
    if (language === "fr") await t.test("for others the page is not there", (step) => absent(step, site, language, board, marc));
  });
}

type Says = (typeof spoken)[keyof typeof spoken];

async function givenAndEnded(t: Test, page: Page, language: string, says: Says): Promise<void> {
  await page.goto(`/${language}/sign-in`);
  await page.getByRole("link", { name: says.title }).click();
  await page.getByLabel(says.forMarc).selectOption({ label: says.treasurer });
  await page.getByRole("button", { name: says.give }).click();
  await page.getByRole("button", { name: says.end }).waitFor();
  await lookIn(t, page, language, "desk-people");
  await page.getByRole("button", { name: says.end }).click();
  await page.getByRole("button", { name: says.end }).waitFor({ state: "detached" });
  t.equal(await page.getByLabel(says.forMarc).locator("option").count(), 4, "every role can be given again");
}

async function confirmed(t: Test, page: Page, language: string, says: Says): Promise<void> {
  await page.getByRole("button", { name: says.confirm }).click();
  await page.getByText(says.member, { exact: true }).waitFor();
  t.equal(await page.getByRole("button", { name: says.confirm }).count(), 0, `confirmed once, ${language}`);
}

async function lastOfTheBoard(t: Test, page: Page, language: string, says: Says): Promise<void> {
  await page.getByRole("button", { name: says.endOwn }).click();
  await page.getByRole("alert").filter({ hasText: "last-board" }).waitFor();
  await lookIn(t, page, language, "desk-people-last-board");
}

async function absent(t: Test, site: Site, language: string, board: Caller, member: Caller): Promise<void> {
  const treasurer = await withRole(site.coop, board, "Tess", "treasurer");
  for (const caller of [member, treasurer, await signedUp(site.coop, "Otto"), undefined]) {
    const page = await site.visit();
    if (caller) await signInAs(page, site.origin, caller);
    t.equal((await page.goto(`/${language}/desk/people`))?.status(), 404);
  }
}
