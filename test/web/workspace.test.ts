// The workspace off the straight way: declined, sent back, cancelled, disputed, approved by silence. Each time both sides read what holds.
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import {
  acceptBid,
  handIn,
  openDispute,
  placeBid,
  postJob,
  readEngagement,
  sendBackEngagement,
  signEngagement,
  startEngagement,
} from "@partcommune/shared/marketplace/api";
import { admitMember, applyAsMember, foundClient, giveRole } from "@partcommune/shared/membership/api";
import { dayMs } from "@partcommune/shared/platform/time";
import { callAs, lookAt, openSite, type Site } from "../support/browser.ts";
import { signedIn } from "../support/entering.ts";
import type { Caller } from "../support/coop.ts";
import { posterJob } from "../support/jobs.ts";
import { founder, organisation, personNamed, withRole } from "../support/people.ts";

type Sides = { readonly client: Page; readonly member: Page; readonly organisation: string };

const amount = { amount: "2000.00", currency: "EUR" };

/** A quote that lies ready, with both sides on its page. */
async function quoted({ client, member, organisation: of }: Sides, wish: Partial<ReturnType<typeof posterJob>> = {}): Promise<string> {
  const { id: job } = await callAs(client, postJob, { ...posterJob(of), ...wish });
  const { id: bid } = await callAs(member, placeBid, { job, amount, pitch: "Ten years of posters." });
  const { engagement } = await callAs(client, acceptBid, { bid, version: 1, amount });
  return engagement;
}

async function signed(sides: Sides, engagement: string): Promise<void> {
  const { hash } = await callAs(sides.client, readEngagement, { engagement });
  for (const side of [sides.client, sides.member]) await callAs(side, signEngagement, { engagement, hash });
}

/** Signed, begun and handed in, with the client's page open on it. */
async function handedIn(sides: Sides): Promise<string> {
  const engagement = await quoted(sides);
  await signed(sides, engagement);
  await callAs(sides.member, startEngagement, { engagement });
  const { milestones } = await callAs(sides.member, readEngagement, { engagement });
  await callAs(sides.member, handIn, { milestone: milestones[0]?.id ?? "", text: "Three files." });
  await sides.client.goto(`/en/my/engagements/${engagement}`);
  return engagement;
}

const reads = async (page: Page, words: string): Promise<void> => page.getByText(words).first().waitFor();

test("the workspace off the straight way", async (t) => {
  const site = await openSite(t);
  const board = await founder(site.coop);
  const [client, member] = [await signedIn(site, "Carla Client"), await signedIn(site, "Marc Member")];
  const { id } = await callAs(client, foundClient, organisation);
  const { id: membership } = await callAs(member, applyAsMember, { status: "invoiced", trade: "graphic design" });
  await board.call(admitMember, { member: membership });
  const sides = { client, member, organisation: id };
  await t.test("declined: the quote lapses for both", (step) => declined(step, sides));
  await t.test("sent back: both read why and sign anew", (step) => sentBack(step, site, board, sides));
  await t.test("held up: an adviser covers it in writing, and the member reads it", (step) => covered(step, site, board, sides));
  await t.test("cancelled: both read why", (step) => cancelled(step, sides));
  await t.test("disputed and withdrawn: the clock begins anew", (step) => disputed(step, sides));
  await t.test("disputed and settled: an adviser suggests a share, both agree, and the page says what is owed", (step) =>
    settled(step, site, board, sides),
  );
  await t.test("changed before anybody was chosen: the bidder reads what differs and bids anew", (step) => changed(step, sides));
  await t.test("silent: the work counts as approved, and the page says so", (step) => silent(step, site, sides));
});

/** The client changes the price of an open job; its bidder reads the old and the new one, and revises. */
async function changed(t: Test, { client, member, organisation: of }: Sides): Promise<void> {
  const { id: job } = await callAs(client, postJob, { ...posterJob(of), title: "Poster for the summer fair" });
  await callAs(member, placeBid, { job, amount, pitch: "Ten years of posters." });
  await client.goto(`/en/jobs/${job}`);
  await client.getByRole("link", { name: "Change the job" }).click();
  await client.getByLabel("Price in EUR, excl. VAT").fill("2400");
  await lookAt(t, client, "change-job");
  await client.getByRole("button", { name: "Save the changes" }).click();
  await reads(client, "until then it cannot be accepted");
  await member.goto(`/fr/jobs/${job}`);
  await member.getByText("dont le prix n’est plus celui de la mission").waitFor();
  await member.locator("summary", { hasText: "Revoir mon offre" }).click();
  await lookAt(t, member, "bid-to-confirm");
  await member.getByRole("button", { name: "Envoyer l’offre revue" }).click();
  await member.getByText("Ce qu’elle disait avant").waitFor();
  await client.locator("summary", { hasText: "What it said before" }).click();
  await client.locator("summary", { hasText: "Take bids for longer" }).click();
  await lookAt(t, client, "bid-revised");
  await client.getByRole("link", { name: "My jobs" }).click();
  const row = client.getByRole("listitem").filter({ hasText: "Poster for the summer fair" });
  await row.getByRole("link", { name: "Post one like it" }).click();
  await client.getByLabel("What is to be done, in one line").fill("Poster for the autumn fair");
  await reads(client, "Kept in your drafts at");
  await client.getByRole("main").getByRole("link", { name: "My jobs" }).click();
  await client.getByRole("link", { name: "Poster for the autumn fair" }).waitFor();
  await lookAt(t, client, "own-jobs");
  await client.getByRole("link", { name: "Poster for the autumn fair" }).click();
  t.equal(await client.getByLabel("Price in EUR, excl. VAT").inputValue(), "2400.00", "the draft says all that the earlier job said");
}

/** Work in another country waits for an adviser, whose one written word begins it. */
async function covered(t: Test, site: Site, board: Caller, sides: Sides): Promise<void> {
  const engagement = await quoted(sides, { place: { town: "Lille", country: "FR" } });
  await signed(sides, engagement);
  const adviser = await signedIn(site, "Ada Adviser");
  await board.call(giveRole, { person: await personNamed(board, "Ada Adviser"), role: "adviser" });
  await adviser.goto("/en/desk/engagements");
  await reads(adviser, "The work is done in another country: a paper for it, such as an A1, is needed first.");
  await adviser.locator("summary", { hasText: "Cover it" }).first().click();
  await adviser.getByLabel("Why it may begin").fill("A1 no. 2026/118.");
  await lookAt(t, adviser, "adviser-desk");
  await adviser.getByRole("button", { name: "Cover it with this note" }).click();
  await reads(adviser, "Nothing waits for you.");
  await sides.member.goto(`/en/my/engagements/${engagement}`);
  await reads(sides.member, "A1 no. 2026/118.");
}

async function declined(t: Test, sides: Sides): Promise<void> {
  const engagement = await quoted(sides);
  const { client, member } = sides;
  await client.goto(`/en/my/engagements/${engagement}`);
  await member.goto(`/en/my/engagements/${engagement}`);
  await client.getByRole("button", { name: "Sign the quote" }).waitFor();
  await member.locator("summary", { hasText: "Decline instead" }).click();
  await member.getByRole("button", { name: "Decline the quote" }).click();
  await reads(member, "This quote has lapsed.");
  await reads(client, "This quote has lapsed.");
  t.equal(await client.getByRole("button", { name: "Sign the quote" }).count(), 0, "nothing is left to sign");
  await lookAt(t, client, "workspace-lapsed");
}

async function sentBack(t: Test, site: Site, board: Parameters<typeof withRole>[1], sides: Sides): Promise<void> {
  const engagement = await quoted(sides, { place: { town: "Lille", country: "FR" } });
  await signed(sides, engagement);
  const { client } = sides;
  await client.goto(`/en/my/engagements/${engagement}`);
  await reads(client, "An adviser now looks at the lines of “Cover”");
  await lookAt(t, client, "workspace-held-up");
  const adviser = await withRole(site.coop, board, "Ada", "adviser");
  await adviser.call(sendBackEngagement, { engagement, reason: "The dates are a holiday there." });
  await reads(client, "The dates are a holiday there.");
  await client.getByRole("button", { name: "Sign the quote" }).waitFor();
  t.pass("the open page asks for the signature anew");
}

async function cancelled(t: Test, sides: Sides): Promise<void> {
  const engagement = await quoted(sides);
  await signed(sides, engagement);
  const { client, member } = sides;
  await client.goto(`/en/my/engagements/${engagement}`);
  await member.goto(`/en/my/engagements/${engagement}`);
  await client.locator("summary", { hasText: "Cancel the engagement" }).click();
  await client.getByLabel("Why it ends").fill("The fair is called off.");
  await lookAt(t, client, "workspace-cancelling");
  await client.getByRole("button", { name: "Cancel it for both" }).click();
  await reads(member, "Cancelled: The fair is called off.");
  t.equal(await member.getByRole("button", { name: "Begin the work" }).count(), 0, "nothing begins any more");
}

async function disputed(t: Test, sides: Sides): Promise<void> {
  await handedIn(sides);
  const { client } = sides;
  await client.locator("summary", { hasText: "Dispute" }).click();
  await client.getByLabel("What is in dispute, and what you wish").fill("One size is missing.");
  await client.getByRole("button", { name: "Open the dispute" }).click();
  await reads(client, "every clock stands still");
  await lookAt(t, client, "workspace-disputed");
  await client.locator("summary", { hasText: "Withdraw the dispute" }).click();
  await client.getByRole("button", { name: "Withdraw it" }).click();
  await reads(client, "Approve, ask for changes or dispute until the end of 11 December 2026.");
  t.pass("handed in again, with a whole new time to answer");
}

async function settled(t: Test, site: Site, board: Caller, sides: Sides): Promise<void> {
  const engagement = await handedIn(sides);
  const { client, member } = sides;
  const { milestones } = await callAs(member, readEngagement, { engagement });
  await callAs(client, openDispute, { milestone: milestones[0]?.id ?? "", reason: "One size is missing." });
  await client.goto(`/en/my/engagements/${engagement}`);
  await client.locator("summary", { hasText: "Propose a share of the price" }).click();
  await client.getByLabel("Share of the price").selectOption("40");
  await client.getByLabel("Why this share").fill("Only the large size can be used.");
  await client.getByRole("button", { name: "Propose 40 %" }).click();
  await reads(client, "Only the large size can be used.");
  const adviser = await signedIn(site, "Abel Adviser");
  await board.call(giveRole, { person: await personNamed(board, "Abel Adviser"), role: "adviser" });
  await adviser.goto("/en/desk/engagements");
  await adviser.getByRole("button", { name: "Take the mediation" }).click();
  await reads(adviser, "One size is missing.");
  await adviser.locator("summary", { hasText: "Suggest a share" }).click();
  await adviser.getByLabel("Share of the price").selectOption("60");
  await adviser.getByLabel("Why this share").fill("Two of the three sizes are in use.");
  await lookAt(t, adviser, "adviser-dispute");
  await adviser.getByRole("button", { name: "Propose 60 %" }).click();
  await reads(adviser, "Abel Adviser proposes 60 %");
  await member.goto(`/en/my/engagements/${engagement}`);
  await reads(member, "Abel Adviser proposes 60 %");
  await lookAt(t, member, "workspace-proposals");
  await member.getByRole("button", { name: "Agree to 60 %" }).click();
  await reads(member, "agreed: Marc Member");
  await client.getByRole("button", { name: "Agree to 60 %" }).click();
  await reads(member, "Settled by both sides at 60 % of the price");
  await lookAt(t, member, "workspace-settled");
}

async function silent(t: Test, site: Site, sides: Sides): Promise<void> {
  await handedIn(sides);
  // Half-way and the day before the last the client is reminded; each reminder is a day on which the clock came.
  for (let day = 0; day < 12; day += 1) {
    site.coop.wait(dayMs);
    await site.coop.keepTime();
    await site.coop.settle();
  }
  await reads(sides.client, "approved by silence");
  await lookAt(t, sides.client, "workspace-silent");
}
