// How the two sides meet: by a bid on a posted job, or by work that a member declares with a client of their own.
import type { Test } from "tap";
import type { Page } from "playwright-core";
import { coverEngagement, listUncovered } from "@partcommune/shared/marketplace/api";
import { giveRole, listPeople } from "@partcommune/shared/membership/api";
import { callAs, type Site } from "../support/browser.ts";
import { tokenFor } from "../support/declarations.ts";
import { codeFor, signedUp } from "../support/people.ts";
import { own } from "./words.ts";
import { named, reads, type Tale, type People, becomeKnown } from "./tale.ts";

export async function metByBid(t: Test, site: Site, { board, client, member }: People, tale: Tale): Promise<void> {
  await t.test("a client signs up and enters their organisation", (step) => hired(step, site, client, tale));
  await t.test("somebody applies, the board admits them, and they may bid", (step) => joined(step, site, board, member, tale));
  await t.test("the client posts the job, and the member reads it", (step) => posted(step, client, member, tale));
  await t.test("the member asks, the client answers, and everybody may read it", (step) => asked(step, client, member, tale));
  await t.test("the member bids, and the client sees it", (step) => offered(step, client, member, tale));
  await t.test("the client accepts, and both sign the same quote", (step) => signed(step, client, member, tale));
}

export async function metByDeclaration(t: Test, site: Site, { board, client, member }: People, tale: Tale): Promise<void> {
  await t.test("somebody applies, and the board admits them", (step) => joined(step, site, board, member, tale));
  await t.test("the member declares work with a client of their own, in two milestones", (step) => declared(step, member, tale));
  await t.test("the client signs by the mailed link, without an account, and then comes in by a code", (step) =>
    signedByLink(step, site, client, member, tale),
  );
  await t.test("an adviser looks at the new client once", (step) => vouched(step, site, board, member));
}

async function hired(t: Test, site: Site, page: Page, tale: Tale): Promise<void> {
  const { says, look } = tale;
  await page.goto("/");
  await page.getByRole("link", { name: says.hire }).click();
  await becomeKnown(t, site, page, tale, "9-client", "Carla Client");
  await page.getByLabel(says.org).fill("Musée du Canal");
  await page.getByLabel(says.street).fill("Quai du Canal 1");
  await page.getByLabel(says.postcode).fill("1000");
  await page.getByLabel(says.town).fill("Bruxelles");
  await look(t, page, "10-client-organisation");
  await page.getByRole("button", { name: says.enter }).click();
  await page.getByText(says.entered).waitFor();
  await look(t, page, "11-client-entered");
}

async function joined(t: Test, site: Site, board: Page, page: Page, tale: Tale): Promise<void> {
  const { says, look } = tale;
  await page.goto("/");
  await page.getByRole("link", { name: says.join }).click();
  await becomeKnown(t, site, page, tale, "12-member", "Marc Member");
  await page.getByLabel(says.trade).fill("graphisme");
  await look(t, page, "13-member-application");
  await page.getByRole("button", { name: says.apply }).click();
  await page.getByText(says.applied).waitFor();
  await board.getByRole("link", { name: says.admissions }).click();
  await board.getByRole("heading", { name: says.desk }).waitFor();
  await board.getByRole("heading", { name: "Marc Member" }).waitFor();
  await look(t, board, "14-board-desk");
  await board.getByRole("button", { name: says.admit }).click();
  await board.getByText(says.nobody).waitFor();
  await page.reload();
  await page.getByText(says.trial).waitFor();
  await look(t, page, "15-member-on-trial");
}

async function posted(t: Test, client: Page, member: Page, { says, look }: Tale): Promise<void> {
  await client.getByRole("main").getByRole("link", { name: says.postAJob }).click();
  await client.getByLabel(says.what).fill("Affiche pour la fête de printemps");
  await client.getByLabel(says.text).fill("Une affiche, trois formats.\n<script>alert(1)</script>");
  await client.getByLabel(says.jobTrade).fill("graphisme");
  await client.getByLabel(says.town).fill("Bruxelles");
  await client.getByLabel(says.starts).fill("2026-12-14");
  await client.getByLabel(says.ends).fill("2026-12-18");
  await client.getByLabel(says.price).fill("2000");
  await client.getByLabel(says.until).fill("2026-12-01");
  await client.getByRole("button", { name: says.post }).click();
  await client.getByRole("alert").filter({ hasText: "deadline-too-near" }).waitFor();
  await reads(t, client, says.tooNear, "a refusal speaks the reader's language, with the day in words");
  await look(t, client, "16-job-refused");
  await client.getByLabel(says.until).fill("2026-12-07");
  await client.getByRole("button", { name: says.post }).click();
  await client.getByRole("link", { name: says.see }).click();
  await client.getByText(says.isOpen, { exact: true }).waitFor();
  await reads(t, client, says.bidsClose, "the day on which bids end is the day that was chosen, not the instant after it");
  await look(t, client, "17-job");
  await member.getByRole("link", { name: says.jobs, exact: true }).click();
  await member.getByLabel(says.words).fill("fete printemps");
  await member.getByRole("button", { name: says.show }).first().click();
  await member.waitForURL("**/jobs?q=fete+printemps");
  await member.getByRole("link", { name: "Affiche pour la fête de printemps" }).waitFor();
  await reads(t, member, says.amount, "the price in the list");
  await look(t, member, "18-jobs");
  await member.getByRole("link", { name: "Affiche pour la fête de printemps" }).click();
  await member.getByText(says.isOpen, { exact: true }).waitFor();
  await reads(t, member, "<script>alert(1)</script>", "what a stranger wrote is text");
}

async function asked(t: Test, client: Page, member: Page, { says, look }: Tale): Promise<void> {
  await member.locator("summary", { hasText: says.ask }).click();
  await member.getByLabel(says.question).fill("Le papier est-il choisi ?");
  await member.getByRole("button", { name: says.sendQuestion }).click();
  // Nobody reloads: the question arrives on the client's open page, and the answer on the member's.
  await client.getByLabel(says.answer).fill("Oui : recyclé, 170 grammes.");
  await client.getByRole("button", { name: says.reply, exact: true }).click();
  await reads(t, member, "Oui : recyclé, 170 grammes.", "the member's open page hears of the answer");
  await look(t, client, "18-answered");
}

async function offered(t: Test, client: Page, member: Page, { says, look }: Tale): Promise<void> {
  await member.getByLabel(says.pitch).fill("Dix ans d’affiches.");
  await reads(t, member, says.way, "the golden price, to the cent, before the bid is placed");
  await look(t, member, "19-bid");
  await member.getByRole("button", { name: says.place }).click();
  await member.getByRole("heading", { name: says.yours }).waitFor();
  await look(t, member, "20-bid-placed");
  // Nobody reloads: the client's open page hears of the bid and asks again.
  await client.getByRole("heading", { name: says.oneBid }).waitFor();
  await client.getByRole("heading", { name: "Marc Member" }).waitFor();
  await look(t, client, "21-bids");
}

async function signed(t: Test, client: Page, member: Page, { says, look }: Tale): Promise<void> {
  await client.locator("summary", { hasText: says.accept }).click();
  await look(t, client, "22-accepting");
  await client.getByRole("button", { name: named(says.acceptFor) }).click();
  await client.getByRole("heading", { name: says.quote, exact: true }).waitFor();
  await reads(t, client, says.signBy, "the time to sign, in the coop's zone");
  await reads(t, client, says.quoteRule, "the quote says which rules it stands on, with their values");
  await look(t, client, "23-quote");
  await client.getByRole("button", { name: says.sign }).click();
  await reads(t, client, says.waits, "one signature waits for the other");
  await look(t, client, "24-signed-once");
  // The member's open page of the job has heard of the acceptance.
  await member.getByRole("link", { name: says.seeEngagement }).click();
  await reads(t, member, says.way, "the budget, to the cent, before the signature");
  await member.locator("summary", { hasText: says.decline }).waitFor();
  await look(t, member, "25-member-reads-quote");
  await member.getByRole("button", { name: says.sign }).click();
  await reads(t, member, says.covered, "two signatures and every check make it covered");
  await reads(t, client, says.covered, "the client's open page hears of it");
  await look(t, client, "26-signed");
  await reads(t, member, says.notAhead, "a young fund promises nothing it does not hold");
  await reads(t, member, says.potShort, "and says which line is lacking");
}

async function declared(t: Test, member: Page, { language, says, look }: Tale): Promise<void> {
  await member.goto(`/${language}/my/engagements`);
  await member.getByRole("link", { name: own.declare }).click();
  await member.getByRole("heading", { name: own.declare }).waitFor();
  await member.getByLabel(says.org).fill("Musée du Canal");
  await member.getByLabel(says.street).fill("Quai du Canal 1");
  await member.getByLabel(says.postcode).fill("1000");
  await member.getByLabel(says.town, { exact: true }).fill("Bruxelles");
  await member.getByLabel(own.contact).fill("Carla Client");
  await member.getByLabel(own.address).fill("carla.client@people.example");
  await member.getByLabel(says.what).fill("Affiche pour la fête de printemps");
  await member.getByLabel(says.text).fill("Une affiche, trois formats, et son impression.");
  await member.getByLabel(says.starts).fill("2026-12-14");
  await member.getByLabel(says.ends).fill("2026-12-18");
  await member.getByLabel(says.price).fill("2500");
  await member.getByRole("button", { name: own.part }).click();
  await member.getByLabel(own.whatIs(1)).fill("Dessin");
  await member.getByLabel(own.costs(1)).fill("2000");
  await reads(t, member, own.left, "what is left of the price, at every key");
  await member.getByLabel(own.whatIs(2)).fill("Impression");
  await member.getByLabel(own.costs(2)).fill("500");
  await reads(t, member, own.whole, "and that it is whole");
  await reads(t, member, own.way, "each milestone is an invoice, and the fee is reckoned of each");
  await look(t, member, "own-1-declaring");
  await member.getByRole("button", { name: own.make }).click();
  await reads(t, member, own.mailed, "the client has a letter");
  await look(t, member, "own-2-declared");
}

async function signedByLink(t: Test, { coop }: Site, client: Page, member: Page, tale: Tale): Promise<void> {
  const { language, says, look } = tale;
  await coop.settle();
  const link = `/${language}/sign/${tokenFor(coop, "carla.client@people.example")}`;
  await client.goto(link);
  await reads(t, client, own.asks, "what it costs and until when, before anything else");
  t.same(await client.context().cookies(), [], "no cookie, no account");
  await look(t, client, "own-3-link");
  await client.getByRole("button", { name: says.sign }).click();
  await client.getByRole("heading", { name: own.signed }).waitFor();
  await look(t, client, "own-4-signed");
  await client.getByRole("button", { name: says.send }).click();
  await client.getByLabel(says.code).waitFor();
  await coop.settle();
  await client.getByLabel(says.code).fill(codeFor(coop, "carla.client@people.example"));
  await client.getByRole("button", { name: says.open }).click();
  await client.getByRole("link", { name: own.engagements, exact: true }).last().click();
  await client.getByRole("link", { name: "Affiche pour la fête de printemps" }).click();
  await client.getByRole("heading", { name: "Affiche pour la fête de printemps" }).waitFor();
  await member.getByRole("button", { name: says.sign }).click();
  await reads(t, member, own.heldUp, "a client whom only the member knows is looked at once");
  await look(t, member, "own-5-held-up");
  const other = await client.context().newPage();
  await other.goto(link);
  await other.getByRole("heading", { name: own.spent }).waitFor();
  await look(t, other, "own-6-spent");
  await other.close();
}

async function vouched(t: Test, { coop }: Site, board: Page, member: Page): Promise<void> {
  const adviser = await signedUp(coop, "Ada Adviser");
  const { items } = await callAs(board, listPeople, {});
  await callAs(board, giveRole, { person: items.find(({ name }) => name === "Ada Adviser")?.id ?? "", role: "adviser" });
  const [waiting] = (await adviser.call(listUncovered, {})).body.items;
  const { status } = await adviser.call(coverEngagement, { engagement: waiting?.id ?? "", note: "J’ai appelé le musée." });
  t.equal(status, 200);
  await reads(t, member, "J’ai appelé le musée.", "the member's open page hears of it");
  await reads(t, member, own.later, "the second milestone waits for the first");
}
