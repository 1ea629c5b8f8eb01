// How one job is told from nothing to paid, in a real browser, by both ways in which a client and a member meet. It begins where a newcomer begins: at `/` of an empty house.
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import { authenticator, openSite } from "../support/browser.ts";
import { named, reads, type Tale, type People } from "./tale.ts";
import { metByBid, metByDeclaration } from "./meeting.ts";
import { worked } from "./working.ts";
import { twoTreasurers, paid, paidOut, shared } from "./paying.ts";

/** Tells a job once, step by step. */
export function tell(tale: Tale): void {
  const { language, way } = tale;
  void test(`a job by ${way}, told in ${language}`, async (t) => {
    const site = await openSite(t);
    const page = await site.visit({ locale: language });
    await t.test("the founder makes the coop with the wizard", (step) => found(step, page, tale));
    const [client, member] = [await site.visit({ locale: language }), await site.visit({ locale: language })];
    const people = { board: page, client, member };
    await (way === "bid" ? metByBid(t, site, people, tale) : metByDeclaration(t, site, people, tale));
    await t.test("the member works, the client asks for changes and approves", (step) => worked(step, client, member, tale));
    const treasurers = await twoTreasurers(t, site, page, tale);
    await t.test("the client pays, and two treasurers book it", (step) => paid(step, site, people, treasurers, tale));
    await t.test("two treasurers pay the member", (step) => paidOut(step, site, people, treasurers, tale));
    await t.test("the member pays a share and votes from then on", (step) => shared(step, site, people, treasurers, tale));
    if (tale.way === "bid") await t.test("both write a reference, and the member's page shows it", (step) => referred(step, people, tale));
  });
}

async function found(t: Test, page: Page, { language, says, look }: Tale): Promise<void> {
  await page.goto("/");
  t.equal(new URL(page.url()).pathname, `/${language}`, "the reader's own language");
  t.same(await page.context().cookies(), [], "no cookie before anyone signs in");
  await look(t, page, "1-empty");
  await page.getByRole("link", { name: says.found, exact: true }).click();
  await page.getByLabel(says.name).fill("Atelier Commun");
  await page.getByLabel(says.country).selectOption("BE");
  await look(t, page, "2-wizard-coop");
  await page.getByRole("button", { name: says.next }).click();
  await page.getByLabel(says.street).fill("Rue du Canal 7");
  await page.getByLabel(says.postcode).fill("1000");
  await page.getByLabel(says.coopTown).fill("Bruxelles");
  await page.getByLabel(says.coopVat).fill("BE 0123.456.749");
  await page.getByLabel(says.coopIban).fill("BE68 5390 0754 7034");
  await look(t, page, "2-wizard-letterhead");
  await page.getByRole("button", { name: says.next }).click();
  await look(t, page, "3-wizard-fee");
  await page.getByRole("button", { name: says.next }).click();
  await look(t, page, "4-wizard-split");
  await page.getByRole("button", { name: says.next }).click();
  await reads(t, page, says.belowFloor, "an empty pot promises nothing");
  await look(t, page, "4-wizard-opening-empty");
  await page.locator("input[name=endow-guarantee]").fill(says.endowed);
  await page.locator("input[name=endow-reserve]").fill("20000");
  await reads(t, page, says.carries, "what it can carry follows what is typed");
  await look(t, page, "4-wizard-opening");
  await page.getByRole("button", { name: says.next }).click();
  await page.getByLabel(says.person).fill("Fanny Founder");
  await page.getByLabel(says.email).fill("fanny@atelier.example");
  await look(t, page, "5-wizard-person");
  await page.getByRole("button", { name: says.make }).click();
  await page.getByRole("heading", { name: says.done }).waitFor();
  await page.getByRole("heading", { name: says.offer }).waitFor();
  await look(t, page, "6-founded");
  const device = await authenticator(page);
  await page.getByRole("button", { name: says.addPasskey }).click();
  await page.getByRole("heading", { name: says.offer }).waitFor({ state: "detached" });
  t.equal(await device.passkeys(), 1, "the founder has a passkey before anything else");
  await page.getByRole("link", { name: says.home }).click();
  await page.getByRole("heading", { level: 2 }).first().waitFor();
  await reads(t, page, says.budget, "the golden price leaves the golden budget");
  await look(t, page, "7-home");
  await page.getByRole("link", { name: says.rules }).click();
  await page.getByRole("table").waitFor();
  await reads(t, page, says.fee, "the fee in force is the founders'");
  await look(t, page, "8-rules");
}

async function referred(t: Test, { client, member }: People, { language, says, look }: Tale): Promise<void> {
  await member.getByRole("link", { name: says.ownPage, exact: true }).click();
  await member.locator("input[name=handle]").fill("marc");
  await member.getByLabel(says.showPage).check();
  await member.getByRole("button", { name: says.keepPage }).click();
  await member.getByText(says.pageShown).first().waitFor();
  for (const page of [client, member]) {
    await page.goto(`/${language}/my/engagements`);
    await page.getByRole("link", { name: "Affiche pour la fête de printemps" }).click();
  }
  for (const [page, name, text] of [
    [client, "Marc Member", "Soigné, à l’heure."],
    [member, "Musée du Canal", "Clear wishes, quick answers."],
  ] as const) {
    await page.getByLabel(`${says.workWith} ${name}`).fill(text);
    await page.getByLabel(named(says.againWith.replace("…", name))).selectOption({ label: says.yes });
    if (page === client) await look(t, page, "47-reference");
    await page.getByRole("button", { name: says.giveReference }).click();
    await page.getByText(text).waitFor();
  }
  await reads(t, client, "Clear wishes, quick answers.", "with the second both are seen");
  await look(t, member, "47-references");
  await client.goto(`/${language}/members/marc`);
  await reads(t, client, "Soigné, à l’heure.", "the member's page shows what the client wrote");
  await look(t, client, "47-member");
}
