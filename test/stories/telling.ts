// How one job is told from nothing to paid, in a real browser, by both ways in which a client and a member meet. It begins where a newcomer begins: at `/` of an empty house.
import { readFile } from "node:fs/promises";
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import {
  approveHandIn,
  coverEngagement,
  handIn,
  listEngagements,
  listUncovered,
  readEngagement,
} from "@partcommune/shared/marketplace/api";
import { giveRole, listPeople } from "@partcommune/shared/membership/api";
import { confirmBankLine, enterBankLine, listPayables, listPayouts, orderPayouts, signPayout } from "@partcommune/shared/money/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { authenticator, callAs, openSite, type Site } from "../support/browser.ts";
import { tokenFor } from "../support/declarations.ts";
import { codeFor, signedUp } from "../support/people.ts";
import { own, type spoken } from "./words.ts";

type Says = (typeof spoken)[keyof typeof spoken];

/** These words, whatever kind of space is between them. */
const named = (words: string): RegExp => new RegExp(words.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "\\s"));

/** Waits until these words stand on the page. */
async function reads(t: Test, page: Page, words: string, why: string): Promise<void> {
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

async function metByBid(t: Test, site: Site, { board, client, member }: People, tale: Tale): Promise<void> {
  await t.test("a client signs up and enters their organisation", (step) => hired(step, site, client, tale));
  await t.test("somebody applies, the board admits them, and they may bid", (step) => joined(step, site, board, member, tale));
  await t.test("the client posts the job, and the member reads it", (step) => posted(step, client, member, tale));
  await t.test("the member asks, the client answers, and everybody may read it", (step) => asked(step, client, member, tale));
  await t.test("the member bids, and the client sees it", (step) => offered(step, client, member, tale));
  await t.test("the client accepts, and both sign the same quote", (step) => signed(step, client, member, tale));
}

async function metByDeclaration(t: Test, site: Site, { board, client, member }: People, tale: Tale): Promise<void> {
  await t.test("somebody applies, and the board admits them", (step) => joined(step, site, board, member, tale));
  await t.test("the member declares work with a client of their own, in two milestones", (step) => declared(step, member, tale));
  await t.test("the client signs by the mailed link, without an account, and then comes in by a code", (step) =>
    signedByLink(step, site, client, member, tale),
  );
  await t.test("an adviser looks at the new client once", (step) => vouched(step, site, board, member));
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

/** The first milestone is approved: the client pays it while the member works on. */
async function atTheSecond(t: Test, client: Page, member: Page, look: Tale["look"]): Promise<void> {
  await reads(t, member, own.second, "what is approved is the client's to pay; the member is at the next milestone");
  await look(t, member, "own-7-at-the-second");
  await look(t, client, "own-8-first-approved");
}

async function ownClients(t: Test, member: Page, look: Tale["look"]): Promise<void> {
  await member.getByRole("heading", { name: own.clients }).waitFor();
  await look(t, member, "own-9-engagements");
}

/** What the declared work has besides its first milestone: handed in, approved, paid by the client and to the member. */
async function settledTheRest({ coop }: Site, { client, member }: People, { tess, tom }: Treasurers): Promise<void> {
  const [engagement] = (await callAs(member, listEngagements, {})).items;
  const rest = async () => (await callAs(client, readEngagement, { engagement: engagement?.id ?? "" })).milestones[1];
  await callAs(member, handIn, { milestone: (await rest())?.id ?? "", text: "Imprimé." });
  const { id: milestone = "", version = 0 } = (await rest()) ?? {};
  const { invoice } = await callAs(client, approveHandIn, { milestone, version });
  const booking = async (means: AskedOf<typeof enterBankLine>["means"], amount: string): Promise<void> => {
    const money = { amount, currency: "EUR" };
    const { id: line } = await callAs(tess, enterBankLine, {
      bookedOn: "2026-12-01",
      amount: money,
      reference: `own ${means.kind}`,
      means,
    });
    await callAs(tom, confirmBankLine, { line });
    await coop.settle();
  };
  await booking({ kind: "clientPaid", invoice: invoice.id }, "605.00");
  const { items } = await callAs(tess, listPayables, {});
  const { id: payout, hash } = await callAs(tess, orderPayouts, { payables: items.flatMap(({ id, waitsFor }) => (waitsFor ? [] : [id])) });
  await callAs(tom, signPayout, { payout, hash });
  const batch = (await callAs(tess, listPayouts, {})).items.find(({ id }) => id === payout);
  await booking({ kind: "payoutSettled", item: batch?.items[0]?.id ?? "" }, "457.50");
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

/** Becomes known with a name and the code from the letter. */
async function becomeKnown(t: Test, { coop }: Site, page: Page, { says, look }: Tale, picture: string, name: string): Promise<void> {
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

/** The two write to each other; neither reloads. */
async function talked(t: Test, client: Page, member: Page, { says, look }: Tale): Promise<void> {
  await client.getByLabel(says.message).fill("Le logo est-il **dans** le dossier ?");
  await client.getByRole("button", { name: says.sendMessage, exact: true }).click();
  await member.locator(".written strong", { hasText: "dans" }).waitFor();
  await member.getByLabel(says.message).fill("Oui, en deux couleurs.");
  await member.getByText(says.kept).waitFor();
  await member.reload();
  await member.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("textarea[name=message]")?.value.startsWith("Oui"));
  t.pass("what is not sent yet is kept on this device");
  await member.getByRole("button", { name: says.sendMessage, exact: true }).click();
  await reads(t, client, "Oui, en deux couleurs.", "the client's open page shows the answer");
  await look(t, client, "26b-thread");
}

/** A file goes with the hand-in; the form waits until it has arrived. */
async function attached(member: Page, says: Says): Promise<void> {
  const form = member
    .locator("form")
    .filter({ has: member.getByLabel(says.handInText) })
    .first();
  await form
    .getByLabel(says.addFiles)
    .setInputFiles({ name: "affiche-A3.txt", mimeType: "text/html", buffer: Buffer.from("Trois formats.\n") });
  await form.getByRole("button", { name: `affiche-A3.txt` }).waitFor();
  await form.getByRole("progressbar").waitFor({ state: "detached" });
}

/** The client saves the very bytes that were handed in. */
async function saved(t: Test, client: Page): Promise<void> {
  const link = client.getByRole("link", { name: "affiche-A3.txt" }).first();
  const [file] = await Promise.all([client.waitForEvent("download"), link.click()]);
  t.equal(file.suggestedFilename(), "affiche-A3.txt");
  t.equal(await readFile(await file.path(), "utf8"), "Trois formats.\n", "the client saves the very bytes that were handed in");
}

async function worked(t: Test, client: Page, member: Page, tale: Tale): Promise<void> {
  const { way, says, look } = tale;
  await member.getByRole("button", { name: says.begin }).click();
  await talked(t, client, member, tale);
  await member.getByLabel(says.handInText).first().fill("Trois fichiers, prêts pour l’imprimerie.");
  await attached(member, says);
  await look(t, member, "27-handing-in");
  await member.getByRole("button", { name: says.handIn }).click();
  await reads(t, client, says.approveBy, "the client's open page asks them, with the last day of their silence");
  await look(t, client, "28-handed-in");
  await saved(t, client);
  await client.locator("summary", { hasText: says.askChanges }).click();
  await client.getByLabel(says.points).fill("Le titre plus grand.\nLa date en bas.");
  await look(t, client, "29-asking-changes");
  await client.getByRole("button", { name: says.sendPoints }).click();
  await reads(t, member, says.changesAsked, "the member's open page hears of the changes");
  await member.getByLabel(says.handInText).first().fill("Titre plus grand, date en bas.");
  await look(t, member, "30-changes-asked");
  await member.getByRole("button", { name: says.handIn }).click();
  await client.getByRole("button", { name: says.approve }).click();
  await reads(t, client, says.payBy, "the approval is the invoice, VAT and all");
  await look(t, client, "31-approved-client");
  if (way === "bid") await reads(t, member, says.onBudget, "the golden budget, and when it is paid");
  else await atTheSecond(t, client, member, look);
  await look(t, member, "32-approved-member");
  await member.getByRole("link", { name: says.fund, exact: true }).click();
  await reads(t, member, says.common, "the fee is common money at once");
  await look(t, member, "33-fund");
}

/** Money asks for more than a session: somebody makes a passkey on their settings page, and from then on it is asked where it is needed. */
async function withPasskey(page: Page, { language, says }: Tale): Promise<void> {
  await authenticator(page);
  await page.goto(`/${language}/my/settings`);
  await page.getByRole("button", { name: says.addPasskey }).click();
  await page.getByRole("heading", { name: says.firstPasskey }).waitFor();
}

type People = { readonly board: Page; readonly client: Page; readonly member: Page };
type Treasurers = { readonly tess: Page; readonly tom: Page };

/** Somebody becomes known, and the board makes them a treasurer; their next page knows. */
async function treasurer(t: Test, site: Site, board: Page, tale: Tale, name: string): Promise<Page> {
  const { language, says, look } = tale;
  const page = await site.visit({ locale: language });
  await page.goto("/");
  await page.getByRole("link", { name: says.join }).click();
  await becomeKnown(t, site, page, tale, "34-treasurer", name);
  await page.getByLabel(says.trade).waitFor();
  await board.goto(`/${language}/jobs`);
  await board.getByRole("link", { name: says.people, exact: true }).click();
  await board.getByLabel(`${says.roleFor} ${name}`).selectOption({ label: says.treasurerRole });
  await board.getByRole("button", { name: `${says.giveTo} ${name}` }).click();
  await board.getByRole("button", { name: `${says.treasurerOf} ${name}` }).waitFor();
  await look(t, board, "34-roles");
  await withPasskey(page, tale);
  return page;
}

async function twoTreasurers(t: Test, site: Site, board: Page, tale: Tale): Promise<Treasurers> {
  const tess = await treasurer(t, site, board, tale, "Tess Treasurer");
  return { tess, tom: await treasurer(t, site, board, tale, "Tom Treasurer") };
}

/** One treasurer enters a line of the bank, the other confirms it. */
async function booked(t: Test, { coop }: Site, { tess, tom }: Treasurers, { language, says, look }: Tale, opens: string): Promise<void> {
  await tess.locator("summary", { hasText: opens }).click();
  await tess.getByLabel(says.bookedOn).fill("2026-12-01");
  await tess.getByLabel(says.bankReference).fill(`KBC ${opens.length}`);
  await look(t, tess, `36-line-${opens.length}`);
  await tess.getByRole("button", { name: says.enterLine }).click();
  await reads(t, tess, says.another, "nobody confirms their own line");
  await tom.goto(`/${language}/desk/treasury`);
  await tom.getByRole("button", { name: says.confirm }).click();
  await reads(t, tom, says.noLine, "the second person's word books it");
  await coop.settle();
}

async function paid(t: Test, site: Site, { client, member }: People, two: Treasurers, tale: Tale): Promise<void> {
  const { language, says, look } = tale;
  await client.getByRole("link", { name: says.invoices, exact: true }).click();
  await client.getByRole("heading", { name: says.invoices }).waitFor();
  await look(t, client, "37-invoices");
  await client.getByRole("link", { name: "BE-2026-000001", exact: true }).click();
  await reads(t, client, says.reference, "how to pay, with a reference");
  await reads(t, client, "BE68 5390 0754 7034", "and to which account, as the founder said");
  await look(t, client, "38-invoice");
  await withPasskey(member, tale);
  await member.getByRole("link", { name: says.myMoney, exact: true }).click();
  await member.getByRole("heading", { name: says.myMoney }).waitFor();
  await member.getByLabel(says.iban, { exact: true }).fill("BE71 0961 2345 6769");
  await member.getByRole("button", { name: says.useIban }).click();
  await reads(t, member, says.goesTo, "the account is shown masked");
  await look(t, member, "39-my-money");
  await two.tess.goto(`/${language}/desk/treasury`);
  await two.tess.getByRole("heading", { name: says.treasury }).waitFor();
  await look(t, two.tess, "40-treasury");
  await booked(t, site, two, tale, says.enterPayment);
  await reads(t, client, says.allPaid, "the client's open invoice hears that it is paid");
  await look(t, client, "41-invoice-paid");
}

async function paidOut(t: Test, site: Site, people: People, two: Treasurers, tale: Tale): Promise<void> {
  const { language, way, says, look } = tale;
  const { member } = people;
  const { tess, tom } = two;
  await tess.reload();
  await tess.getByRole("button", { name: named(says.order) }).waitFor();
  await look(t, tess, "42-ready");
  await tess.getByRole("button", { name: named(says.order) }).click();
  await reads(t, tess, says.ordered, "whoever orders does not sign a second time");
  await tom.reload();
  await tom.getByRole("button", { name: named(says.signFor) }).waitFor();
  await look(t, tom, "43-second-signature");
  await tom.getByRole("button", { name: named(says.signFor) }).click();
  await reads(t, tom, says.signedByTwo, "two signatures send it to the bank");
  await tess.reload();
  await booked(t, site, two, tale, says.enterPayout);
  await member.reload();
  await reads(t, member, says.paidToYou, "said only once the bank has booked it");
  await look(t, member, "44-paid-to-you");
  if (way === "declaration") await settledTheRest(site, people, two);
  await member.goto(`/${language}/my/engagements`);
  if (way === "declaration") await ownClients(t, member, look);
  await member.getByRole("link", { name: "Affiche pour la fête de printemps" }).click();
  await reads(t, member, says.allDone, "the engagement says that all is done");
  await look(t, member, "45-finished");
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

async function shared(t: Test, site: Site, { board, member }: People, two: Treasurers, tale: Tale): Promise<void> {
  const { says, look } = tale;
  await board.getByRole("button", { name: `${says.confirmAs} Marc Member` }).click();
  await board.getByText(says.isMember, { exact: true }).waitFor();
  await member.getByRole("link", { name: says.myMoney, exact: true }).click();
  await reads(t, member, says.sharePrice, "what a share costs");
  await look(t, member, "46-share");
  const reference = (await member.locator(".reference").last().textContent()) ?? "";
  await two.tess.reload();
  await two.tess.getByLabel(says.reference).fill(reference);
  await booked(t, site, two, tale, says.enterShare);
  await member.reload();
  await reads(t, member, says.owned, "one share, one vote");
}
