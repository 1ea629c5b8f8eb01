// How everybody is paid: the client pays, two treasurers book and order, the member is paid and buys a share.
import type { Test } from "tap";
import type { Page } from "playwright-core";
import { approveHandIn, handIn, listEngagements, readEngagement } from "@partcommune/shared/marketplace/api";
import { confirmBankLine, enterBankLine, listPayables, listPayouts, orderPayouts, signPayout } from "@partcommune/shared/money/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { authenticator, callAs, type Site } from "../support/browser.ts";
import { own } from "./words.ts";
import { named, reads, type Tale, type People, becomeKnown, type Treasurers } from "./tale.ts";

/** Money asks for more than a session: somebody makes a passkey on their settings page, and from then on it is asked where it is needed. */
async function withPasskey(page: Page, { language, says }: Tale): Promise<void> {
  await authenticator(page);
  await page.goto(`/${language}/my/settings`);
  await page.getByRole("button", { name: says.addPasskey }).click();
  await page.getByRole("heading", { name: says.firstPasskey }).waitFor();
}

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

export async function twoTreasurers(t: Test, site: Site, board: Page, tale: Tale): Promise<Treasurers> {
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

export async function paid(t: Test, site: Site, { client, member }: People, two: Treasurers, tale: Tale): Promise<void> {
  const { language, says, look } = tale;
  await client.getByRole("link", { name: says.invoices, exact: true }).click();
  await client.getByRole("heading", { name: says.invoices }).waitFor();
  await look(t, client, "37-invoices");
  await client.getByRole("link", { name: "BE-2026-000001", exact: true }).click();
  await reads(t, client, says.reference, "how to pay, with a reference");
  t.ok(
    await client.locator(".scan img").evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth > 0)),
    "or by the code of a bank's app",
  );
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

export async function paidOut(t: Test, site: Site, people: People, two: Treasurers, tale: Tale): Promise<void> {
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

export async function shared(t: Test, site: Site, { board, member }: People, two: Treasurers, tale: Tale): Promise<void> {
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
