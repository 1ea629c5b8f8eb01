// What the bank answers, as the treasury's desk says it: a payout in one sum, money of a stranger, and a transfer that was refused.
import { test } from "tap";
import type { Page } from "playwright-core";
import { confirmBankLine, listBankLines, listPayables, listPayouts, takePayoutFile } from "@partcommune/shared/money/api";
import { bankIdOf } from "@partcommune/shared/money/rules/bank-id";
import { prove } from "../support/authenticator.ts";
import { lookAt, openSite, signInAs, type Site } from "../support/browser.ts";
import { camt } from "../support/camt.ts";
import type { Caller } from "../support/coop.ts";
import { invoiced } from "../support/invoices.ts";
import { paidTo } from "../support/paid-to.ts";
import { clientOwner, confirmedMember, founder, withRole } from "../support/people.ts";
import { pain002 } from "../support/report.ts";
import { told } from "../support/told.ts";
import { bankBooked, houseAccount, signedPayout } from "../support/treasury.ts";

type Stage = { readonly site: Site; readonly tess: Caller; readonly tom: Caller; readonly client: string; readonly member: string };

test("a treasurer reads what the bank answers, and says what it means", async (t) => {
  const site = await openSite(t);
  const { coop } = site;
  const board = await founder(coop);
  const { client } = await clientOwner(coop, "Carla");
  const { caller: anna, member } = await confirmedMember(coop, board, "Anna");
  await prove(coop, anna);
  const [tess, tom] = [await withRole(coop, board, "Tess", "treasurer"), await withRole(coop, board, "Tom", "treasurer")];
  for (const each of [tess, tom]) await prove(coop, each);
  await houseAccount({ tess, tom });
  await paidTo(anna, member, "BE71 0961 2345 6769");
  const stage = { site, tess, tom, client, member };
  const desk = await site.visit();
  await signInAs(desk, site.origin, tess);
  await desk.goto("/en/desk/treasury");
  await t.test("a payout as one sum, of which one transfer did not leave", async (step) => {
    const payout = await paidOut(stage, 2);
    await readIn(desk, camt([{ amount: "-1830.00", ref: "K1", batch: bankIdOf(payout) }]));
    await desk.getByText("The bank may have refused one.").waitFor();
    await desk.getByText("It is a payout as one sum").click();
    const form = desk.locator("details", { has: desk.getByText("Untick those that did not leave") });
    await form.getByText("Ticked: 3 660.00 EUR. The line says 1 830.00 EUR.").waitFor();
    step.ok(await form.getByRole("button", { name: "Say so" }).isDisabled(), "the sum must fit first");
    await form.getByRole("checkbox").first().uncheck();
    await form.getByText("Ticked: 1 830.00 EUR.").waitFor();
    await lookAt(step, desk, "treasury-one-sum");
    await form.getByRole("button", { name: "Say so" }).click();
    await desk.getByText("Every line is explained.").waitFor();
    const said = (await told(tom, listBankLines, {})).items.find(({ kind }) => kind === "batchSettled");
    step.match(said, { state: "entered", without: ["Anna"] });
    await desk.goto("/fr/desk/treasury");
    await desk.getByText(/^Versement du \S+ \S+ 2026 en une somme, 1 virement sur 2, sans Anna$/).waitFor();
    await lookAt(step, desk, "treasury-one-sum-fr");
  });
  await t.test("a stranger's transfer, until it went back", async (step) => {
    await desk.goto("/en/desk/treasury");
    await readIn(desk, camt([{ amount: "250.00", ref: "K2", party: "Zoé Peeters" }], { opening: "-1830.00", name: "2" }));
    await desk.getByText("It is a stranger’s, and goes back").click();
    const form = desk.locator("details", { has: desk.getByText("It is nobody’s income") });
    step.equal(await form.getByLabel("Who sent it, as the bank says").inputValue(), "Zoé Peeters");
    await form.getByRole("button", { name: "Say so" }).click();
    await desk.getByText("From a stranger, to be sent back: Zoé Peeters").waitFor();
    await confirmed(tom, "strayReceived");
    await desk.reload();
    const strays = desk.getByRole("region", { name: "Money of strangers" });
    await strays.getByText("Waits to be sent back").waitFor();
    await strays.getByText("Enter the line by which it went back").click();
    await strays.getByLabel("Booked by the bank on").fill(coop.now().slice(0, 10));
    await strays.getByLabel("The bank’s reference").fill("K3");
    await lookAt(step, desk, "treasury-strays");
    await strays.getByRole("button", { name: "Enter the line" }).click();
    await strays.getByText("Waits for a second treasurer").waitFor();
    await confirmed(tom, "straySentBack");
    await desk.goto("/fr/desk/treasury");
    await desk.getByText("1 somme renvoyée").click();
    await desk.getByText(/^Renvoyé le/).waitFor();
    await lookAt(step, desk, "treasury-strays-fr");
  });
  await t.test("a report by which one transfer was refused, with the reason in words", async (step) => {
    const payout = await paidOut(stage, 2);
    await told(tess, takePayoutFile, { payout });
    const [refused] = (await told(tess, listPayouts, {})).items.find(({ id }) => id === payout)?.items ?? [];
    await desk.goto("/en/desk/treasury");
    const report = { status: "PART", items: [{ item: refused?.id ?? "", status: "RJCT", reason: "AC04", words: "compte clôturé" }] };
    await readIn(desk, pain002(payout, report));
    await desk.getByText("The bank reports on 1 transfer. Refused, and owed again: 1.").waitFor();
    await desk.getByText("The bank has accepted a part of it.").waitFor();
    await desk.getByText(/^The bank refused it\. The account is closed \(AC04\)\. It writes: compte clôturé/).waitFor();
    await desk.getByText("Owed again since").waitFor();
    await desk.getByText("An earlier transfer of this: The bank refused it. The account is closed (AC04).").waitFor();
    await lookAt(step, desk, "treasury-report");
    await readIn(desk, pain002(payout, { ...report, name: "r2", items: [{ item: refused?.id ?? "", status: "RJCT", reason: "XX99" }] }));
    await desk.getByText("Refused, and owed again: 0.").waitFor();
    await desk.goto("/fr/desk/treasury");
    await desk.getByText("La banque l’a refusé. Son motif : XX99.").waitFor();
    step.equal((await told(tess, listPayables, {})).items.length, 1, "owed again once");
    await lookAt(step, desk, "treasury-report-fr");
  });
});

/** So many transfers of 1 830.00 to the member, which both treasurers have signed. */
async function paidOut({ site: { coop }, tess, tom, client, member }: Stage, transfers: number): Promise<string> {
  const payables = [];
  for (let at = 0; at < transfers; at += 1) {
    const { invoice, payable } = await invoiced(coop, { client, member });
    await bankBooked({ coop, tess, tom }, { kind: "clientPaid", invoice }, "2420.00");
    payables.push(payable);
  }
  return signedPayout({ tess, tom }, payables);
}

/** The other treasurer says the same of the line that waits. */
async function confirmed(by: Caller, kind: string): Promise<void> {
  const line = (await told(by, listBankLines, {})).items.find((each) => each.kind === kind && each.state === "entered");
  await told(by, confirmBankLine, { line: line?.id ?? "" });
}

async function readIn(desk: Page, file: string): Promise<void> {
  await desk.getByLabel("Statement of the account").setInputFiles({ name: "camt.xml", mimeType: "text/xml", buffer: Buffer.from(file) });
  await desk.getByRole("button", { name: "Read the file" }).click();
}
