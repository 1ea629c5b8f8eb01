// Work of one's own off the straight way, in English: below the floor, declined by link, and milestones that wait for the same hand at once.
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import {
  acceptBid,
  declareWork,
  handIn,
  placeBid,
  postJob,
  readEngagement,
  signEngagement,
  startEngagement,
} from "@partcommune/shared/marketplace/api";
import { admitMember, applyAsMember, foundClient } from "@partcommune/shared/membership/api";
import { callAs, lookAt, openSite, type Site } from "../support/browser.ts";
import { signedIn } from "../support/entering.ts";
import { posterWork, tokenFor } from "../support/declarations.ts";
import { posterJob } from "../support/jobs.ts";
import { founder, organisation } from "../support/people.ts";

const eur = (amount: string) => ({ amount, currency: "EUR" });
const reads = async (page: Page, words: string | RegExp): Promise<void> => page.getByText(words).first().waitFor();

test("work of one's own, and work in milestones, off the straight way", async (t) => {
  const site = await openSite(t);
  const board = await founder(site.coop);
  const [client, member] = [await signedIn(site, "Carla Client"), await signedIn(site, "Marc Member")];
  const { id: of } = await callAs(client, foundClient, organisation);
  const { id: membership } = await callAs(member, applyAsMember, { status: "invoiced", trade: "graphic design" });
  await board.call(admitMember, { member: membership });
  await t.test("below the floor: refused in words, with the way out", (step) => belowFloor(step, member));
  await t.test("declined by link: both read that it lapsed", (step) => declinedByLink(step, site, member));
  await t.test("a job is posted in milestones", (step) => posted(step, client));
  await t.test("two milestones wait for the client at once, and each can be answered", (step) => atOnce(step, client, member, of));
  await t.test("a change of what was signed: every difference is read before it is signed", (step) => changed(step, client, member));
});

async function belowFloor(t: Test, member: Page): Promise<void> {
  await member.goto("/en/my/engagements/new");
  await member.getByLabel("Name of the organisation").fill("Canal Museum");
  await member.getByLabel("Street and number").fill("Quay 1");
  await member.getByLabel("Postcode").fill("1000");
  await member.getByLabel("Town", { exact: true }).fill("Brussels");
  await member.getByLabel("Who signs for the client").fill("Clara Canal");
  await member.getByLabel("Their e-mail address").fill("clara@musee.example");
  await member.getByLabel("What is to be done, in one line").fill("Poster for the spring fair");
  await member.getByLabel("The work in your own words").fill("One poster, three sizes.");
  await member.getByLabel("Begins on").fill("2026-12-14");
  await member.getByLabel("Ends on").fill("2026-12-18");
  await member.getByLabel("Price in EUR, excl. VAT").fill("1000");
  await member.getByRole("button", { name: "Make the quote and send it" }).click();
  await reads(member, /Raise it to 1.120\.00.EUR, or shorten the work to 4 of its 5 days\./);
  await lookAt(t, member, "own-below-floor");
}

async function declinedByLink(t: Test, site: Site, member: Page): Promise<void> {
  const work = posterWork();
  const { engagement } = await callAs(member, declareWork, work);
  await site.coop.settle();
  await member.goto(`/en/my/engagements/${engagement}`);
  await reads(member, "Musée du Canal has an e-mail with a link to sign the same quote by, without an account.");
  await lookAt(t, member, "own-declared-en");
  const reader = await site.visit();
  await reader.goto(`/en/sign/${tokenFor(site.coop, "clara@musee.example")}`);
  await lookAt(t, reader, "own-link-en");
  await reader.locator("summary", { hasText: "Decline instead" }).click();
  await reader.getByRole("button", { name: "Decline the quote" }).click();
  await reader.getByRole("heading", { name: "The quote is declined" }).waitFor();
  await lookAt(t, reader, "own-declined-en");
  await reads(member, "This quote has lapsed. You can declare the work anew.");
  t.pass("the member's open page hears of it");
}

async function posted(t: Test, client: Page): Promise<void> {
  await client.goto("/en/client/jobs/new");
  await client.getByLabel("What is to be done, in one line").fill("Poster for the spring fair");
  await client.getByLabel("The work in your own words").fill("One poster, three sizes.");
  await client.getByLabel("Trade").fill("graphic design");
  await client.getByLabel("Begins on").fill("2026-12-14");
  await client.getByLabel("Ends on").fill("2026-12-18");
  await client.getByLabel("Price in EUR, excl. VAT").fill("2000");
  await client.getByLabel("Bids until the end of").fill("2026-12-07");
  await client.getByRole("button", { name: "Part it into milestones" }).click();
  await client.getByLabel("What milestone 1 is").fill("Sketch");
  await client.getByLabel("Amount of milestone 1").fill("500");
  await client.getByLabel("What milestone 2 is").fill("Drawing");
  await client.getByLabel("Amount of milestone 2").fill("1600");
  await reads(client, /too much/);
  t.equal(await client.getByRole("button", { name: "Post the job" }).isDisabled(), true, "what is not the whole price is not posted");
  await client.getByLabel("Amount of milestone 2").fill("1500");
  await client.getByLabel("Taxed as").selectOption("rights of an author: 6 % VAT");
  await reads(client, /tableau A, XXIX\. An adviser looks at the work before it begins/);
  await lookAt(t, client, "post-in-milestones");
  await client.getByRole("button", { name: "Post the job" }).click();
  await client.getByRole("link", { name: "See the job" }).click();
  await reads(client, "Milestone 2, Drawing");
  await reads(client, "rights of an author");
}

async function atOnce(t: Test, client: Page, member: Page, of: string): Promise<void> {
  const milestones = [
    { title: "Sketch", amount: eur("500.00"), parallel: false, dueOn: "2026-12-15" },
    { title: "Drawing", amount: eur("1000.00"), parallel: false },
    { title: "Printing", amount: eur("500.00"), parallel: true },
  ];
  const { id: job } = await callAs(client, postJob, { ...posterJob(of), milestones });
  const { id: bid } = await callAs(member, placeBid, { job, amount: eur("2000.00"), pitch: "Ten years of posters." });
  const { engagement } = await callAs(client, acceptBid, { bid, version: 1, amount: eur("2000.00") });
  const page = async () => callAs(client, readEngagement, { engagement });
  for (const side of [client, member]) await callAs(side, signEngagement, { engagement, hash: (await page()).hash });
  await callAs(member, startEngagement, { engagement });
  const [sketch, , printing] = (await page()).milestones;
  await callAs(member, handIn, { milestone: sketch?.id ?? "", text: "A sketch." });
  await callAs(member, handIn, { milestone: printing?.id ?? "", text: "Printed." });
  await client.goto(`/en/my/engagements/${engagement}`);
  await reads(client, "Milestone 1, Sketch");
  await lookAt(t, client, "milestones-two-handed-in");
  await client.locator("summary", { hasText: "Approve the work" }).click();
  await client.locator("details[open]").getByRole("button", { name: "Approve the work" }).click();
  await client.getByText("Approved and invoiced").first().waitFor();
  t.match((await page()).milestones, [{ state: "handedIn" }, { state: "underWay" }, { state: "invoiced" }], "the third before the first");
  await member.goto(`/en/my/engagements/${engagement}`);
  await reads(member, "Milestone 2, Drawing");
  await lookAt(t, member, "milestones-member");
  await lookAt(t, client, "milestones-client");
}

/** Both pages stand on the work of before: the first milestone is handed in, the second begun, the third invoiced. */
async function changed(t: Test, client: Page, member: Page): Promise<void> {
  await member.locator("summary", { hasText: "Propose to change what was signed" }).click();
  await member.getByLabel("Amount of milestone 2").fill("1200");
  await member.getByRole("button", { name: "Add a milestone" }).click();
  await member.getByLabel("What milestone 4 is").fill("Small cards");
  await member.getByLabel("Amount of milestone 4").fill("300");
  await member.getByLabel("Last day of the work").fill("2026-12-22");
  await member.getByLabel("Why it changes").fill("The fair wants cards, too.");
  await lookAt(t, member, "amend-form");
  await member.getByRole("button", { name: "Propose this change" }).click();
  await member.getByRole("button", { name: "Sign the change" }).click();
  await reads(member, "Signed by Marc Member; ");
  await reads(client, "Marc Member proposes a change.");
  await lookAt(t, client, "amend-to-sign");
  await client.getByRole("button", { name: "Sign the change" }).click();
  await reads(client, "One earlier change");
  await reads(member, "Milestone 4, Small cards");
  await lookAt(t, member, "amend-signed");
}
