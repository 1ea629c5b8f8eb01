// Money's pages as those meet them whom they do not concern: absent in the very document, with nothing refused behind the page.
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import { z } from "zod";
import { post } from "@partcommune/server/money/index";
import { readMe } from "@partcommune/shared/membership/api";
import { approveHandIn, handIn, startEngagement } from "@partcommune/shared/marketplace/api";
import { confirmLoss, listBankLines, listPayables, nameLender, proposeLoss } from "@partcommune/shared/money/api";
import { budgetOfMember, pot } from "@partcommune/shared/money/rules/accounts";
import { credit, debit } from "@partcommune/shared/money/rules/legs";
import { operator } from "@partcommune/shared/platform/actor";
import { Nothing } from "@partcommune/shared/platform/api";
import { moneyFrom } from "@partcommune/shared/platform/money";
import type { Day } from "@partcommune/shared/platform/time";
import { prove } from "../support/authenticator.ts";
import { lookAt, openSite, signInAs, type Site } from "../support/browser.ts";
import { camt } from "../support/camt.ts";
import type { Caller } from "../support/coop.ts";
import { entered } from "../support/entering.ts";
import { endow } from "../support/endowment.ts";
import { agreed } from "../support/engagements.ts";
import { invoiced } from "../support/invoices.ts";
import { clientOwner, confirmedMember, founder, signedUp, withRole } from "../support/people.ts";
import { bills, paidTo } from "../support/paid-to.ts";
import { told } from "../support/told.ts";
import { bankBooked, houseAccount, ibans, signedPayout } from "../support/treasury.ts";

test("the treasury's desk", async (t) => {
  const site = await openSite(t);
  const board = await founder(site.coop);
  const { caller: anna } = await confirmedMember(site.coop, board, "Anna");
  const otto = await signedUp(site.coop, "Otto");
  const [tess, abel] = [await withRole(site.coop, board, "Tess", "treasurer"), await withRole(site.coop, board, "Abel", "accountant")];
  await t.test("is not there for a visitor, a member, or somebody without a part here", async (step) => {
    const pages = [await site.visit(), await shownTo(site, anna), await shownTo(site, otto)];
    await Promise.all(pages.map(async (page) => absent(step, page)));
  });
  await t.test("is read by an accountant and used by a treasurer", async (step) => {
    for (const [caller, fields] of [
      [abel, 0],
      [tess, 1],
    ] as const)
      await there(step, await shownTo(site, caller), fields);
  });
  await t.test("tells a member by keyboard alone how much is advanced, and why no more", async (step) => advances(step, site, anna, tess));
  const two = [await withRole(site.coop, board, "Tessa", "treasurer"), await withRole(site.coop, board, "Tom", "treasurer")] as const;
  for (const each of two) await prove(site.coop, each);
  await t.test("explains what the bank's file leaves open by keyboard alone", async (step) => explains(step, site, board, two));
  await t.test("lets a pot bear a budget below zero, and asks what the tax office said of a loss", async (step) =>
    putsRight(step, site, anna, two),
  );
  await t.test("answers a member who calls their invoice wrong: it is written anew", async (step) => writesAnew(step, site, board, two));
  await t.test("says a rate, by which a job in francs is posted, signed, and paid", async (step) => francs(step, site, two));
});

/** Two treasurers. */
type Two = readonly [Caller, Caller];

/** The year as files, in both languages. */
async function takesBooks(t: Test, { coop }: Site, desk: Page): Promise<void> {
  await coop.keepTime();
  await desk.goto("/en/desk/treasury");
  await desk.getByRole("link", { name: "Books of each year" }).click();
  await desk.getByRole("heading", { level: 2, name: "2026" }).waitFor();
  const [file] = await Promise.all([desk.waitForEvent("download"), desk.getByRole("link", { name: "For hledger" }).click()]);
  t.equal(file.suggestedFilename(), "2026.journal");
  await desk.getByRole("button", { name: "See how the report of 2026 stands" }).click();
  await desk.getByText("Nobody waits to be reported.").waitFor();
  await lookAt(t, desk, "books");
  await desk.getByText("The checks have not been asked yet.").waitFor();
  const found = [{ name: "ledger-balances", says: "A balance row is not the sum of its legs.", rows: 2 }];
  await coop.db
    .insertInto("platform.checking")
    .values({ at: coop.now(), asked: 60, found: JSON.stringify(found) })
    .execute();
  await desk.goto("/fr/desk/books");
  await desk.getByText("Un contrôle a trouvé que les comptes ne sont pas justes.").waitFor();
  await desk.getByRole("heading", { name: "La clôture des comptes" }).waitFor();
  await lookAt(t, desk, "books-fr");
}

/** The limit in its three lines, an ask above it, and one within. */
async function advances(t: Test, site: Site, anna: Caller, tess: Caller): Promise<void> {
  const { coop } = site;
  for (const [amount, into] of [["20000.00"], ["2000.00", "advances"]] as const) await endow(coop, amount, into);
  const { caller: buyer, client } = await clientOwner(coop, "Carol");
  await agreed({ buyer, client, worker: anna });
  const page = await entered(site, "Anna");
  await page.goto("/en/my/money");
  await page.getByRole("link", { name: "Advances and expenses" }).click();
  await page.getByRole("heading", { name: "You may ask for 915.00 EUR" }).waitFor();
  const amount = page.getByLabel("Amount in EUR", { exact: true });
  await amount.focus();
  await page.keyboard.type("1000");
  await page.keyboard.press("Enter");
  await page.getByText(/You asked for 1.000\.00.EUR and 915\.00.EUR is free\./).waitFor();
  await lookAt(t, page, "my-expenses-refused");
  await amount.fill("");
  await amount.focus();
  await page.keyboard.type("300");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "You may ask for 615.00 EUR" }).waitFor();
  await page.getByLabel("Add files").setInputFiles({ name: "receipt.txt", mimeType: "text/plain", buffer: Buffer.from("Pens, 62.40") });
  for (const [label, value] of [
    ["What for", "Pens"],
    ["Day", "2026-11-30"],
    ["Amount paid in EUR, VAT included", "62.40"],
    ["Rate of VAT in %", "21"],
    ["VAT in it, in EUR", "10.83"],
  ] as const)
    await page.getByLabel(label, { exact: true }).fill(value);
  await page.locator("button:enabled", { hasText: "Hand in" }).press("Enter");
  await page.getByText("51.57 EUR is missing.").waitFor();
  await page.goto("/fr/my/expenses");
  await page.getByText("Elle attend votre compte bancaire.").waitFor();
  await lookAt(t, page, "my-expenses-fr");
  const desk = await shownTo(site, tess);
  await desk.goto("/en/desk/treasury");
  await desk.getByRole("heading", { name: "Expenses of members" }).waitFor();
  await lookAt(t, desk, "treasury-expenses");
}

/** A statement is read in; two of its lines that nothing checks are explained without a mouse, the third is said to be two things, and another treasurer confirms. */
async function explains(t: Test, site: Site, board: Caller, [tess, tom]: Two): Promise<void> {
  const { coop } = site;
  const { client } = await clientOwner(coop, "Carla");
  const { member } = await confirmedMember(coop, board, "Mona");
  await houseAccount({ tess, tom });
  const { invoice } = await invoiced(coop, { client, member });
  const { id: loss } = (await tess.call(proposeLoss, { invoice, because: "insolvent" })).body;
  await tom.call(confirmLoss, { loss });
  for (let at = 0; at < 2; at += 1) await invoiced(coop, { client, member });
  const { id: lender } = await told(tess, nameLender, { name: "Caisse des Quais" });
  await bankBooked({ coop, tess, tom }, { kind: "loanReceived", lender }, "1000.00");
  const desk = await shownTo(site, tess);
  await desk.goto("/en/desk/treasury");
  const file = camt([
    { amount: "2420.00", ref: "K1", words: "facture de novembre", party: "Carla SA" },
    { amount: "20.00", ref: "K2", words: `part ${member}`, party: "Mona" },
    { amount: "-110.00", ref: "K3", words: "annuité", party: "Caisse des Quais" },
  ]);
  await desk.getByLabel("Statement of the account").setInputFiles({ name: "camt.xml", mimeType: "text/xml", buffer: Buffer.from(file) });
  await desk.getByRole("button", { name: "Read the file" }).click();
  await desk.getByText("3 lines to explain").waitFor();
  await lookAt(t, desk, "treasury-bank");
  const first = desk.locator("input[name^=means]:checked").first();
  await first.focus();
  for (const key of ["ArrowDown", "ArrowUp", "Enter"]) await desk.keyboard.press(key);
  await desk.getByText("2 lines to explain").waitFor();
  await desk.locator("input[name^=means]:checked:focus").waitFor();
  await desk.keyboard.press("Enter");
  await desk.getByText("1 line to explain").waitFor();
  await instalment(t, desk);
  await desk.getByText("Every line is explained.").waitFor();
  const row = desk.locator("li", { has: desk.getByRole("heading", { name: "Several things" }) });
  await row.locator("summary", { hasText: "Add a bill" }).click();
  await row.locator("input[type=file]").setInputFiles({ name: "plan.txt", mimeType: "text/plain", buffer: Buffer.from("Annuités") });
  await row.getByRole("button", { name: "Keep it with the line" }).click();
  await row.getByRole("link", { name: "plan.txt" }).waitFor();
  const lines = (await told(tom, listBankLines, {})).items.filter(({ state }) => state === "entered");
  t.equal(lines.length, 3, "all wait for another treasurer");
  t.match(lines.find(({ kind }) => kind === "several")?.parts, [
    { kind: "loanRepaid", about: "Caisse des Quais", amount: { amount: "100.00" }, came: false },
    { kind: "costPaid", about: "Caisse des Quais", amount: { amount: "10.00" }, came: false },
  ]);
  await desk.goto("/fr/desk/treasury");
  await lookAt(t, desk, "treasury-bank-fr");
  await takesBooks(t, site, desk);
}

/** What left for a lender is partly the loan, partly its interest. */
async function instalment(t: Test, desk: Page): Promise<void> {
  await desk.locator("summary", { hasText: "It means several things" }).click();
  await desk.getByRole("button", { name: "Add what was paid back of a loan" }).click();
  await desk.getByRole("button", { name: "Add a cost" }).click();
  const [loan, interest] = [desk.getByRole("group", { name: "Part 1" }), desk.getByRole("group", { name: "Part 2" })];
  await loan.getByLabel("Amount in EUR").fill("100.00");
  await interest.getByLabel("What it was for").selectOption({ label: "Interest on a loan" });
  await interest.getByLabel("Amount in EUR").fill("11.00");
  const say = desk.locator("details", { has: loan }).getByRole("button", { name: "Say so" });
  await say.click();
  await desk.getByText(/^The parts come to .*111\.00.*, and the line says .*110\.00/).waitFor();
  await lookAt(t, desk, "treasury-several");
  await interest.getByLabel("Amount in EUR").fill("10.00");
  await say.click();
}

/** One treasurer proposes both, another confirms in French, and the member reads by whom and why. */
async function putsRight(t: Test, site: Site, anna: Caller, [tess, tom]: Two): Promise<void> {
  const { coop } = site;
  const member = (await anna.call(readMe, {})).body.person?.member ?? "";
  await endow(coop, "10000.00", "reserve");
  await tookTooMuch(coop, member);
  const [desk, other, page] = [await shownTo(site, tess), await shownTo(site, tom), await shownTo(site, anna)];
  await desk.goto("/en/desk/treasury");
  await desk.getByText("Let a pot bear it: Anna").click();
  await desk.getByLabel("Why", { exact: true }).fill("An old rate was used.");
  await desk.getByRole("region", { name: "Budgets below zero" }).getByRole("button", { name: "Propose" }).click();
  await desk.getByText("waits for a second treasurer · proposed by Tessa").waitFor();
  await desk.getByText("The tax office has answered").click();
  await lookAt(t, desk, "treasury-put-right");
  await desk.getByRole("region", { name: "Given up as lost" }).getByRole("button", { name: "Propose" }).click();
  await desk.getByText("You entered it; another treasurer confirms.").waitFor();
  await other.goto("/fr/desk/treasury");
  await other.getByRole("button", { name: /Confirmer 30,00.€ de la caisse/ }).click();
  await other.getByText(/inscrit · proposée par Tessa/).waitFor();
  await other.getByRole("button", { name: "Confirmer qu’elle est rendue" }).click();
  await other.getByText(/rendue · proposée par Tessa · confirmée par Tom/).waitFor();
  await page.goto("/fr/my/money");
  await page.getByText("An old rate was used.").waitFor();
  const who = page.getByRole("region", { name: "Qui vous êtes pour l’administration fiscale" });
  for (const [label, value] of [
    ["Prénom", "Anna"],
    ["Nom", "Bricole"],
    ["Date de naissance", "1990-02-28"],
    ["Numéro fiscal", "90022812345"],
  ] as const)
    await who.getByLabel(label, { exact: true }).fill(value);
  await prove(coop, anna);
  await who.getByRole("button", { name: "Enregistrer" }).click();
  await who.getByText("28 février 1990").waitFor();
  await lookAt(t, page, "my-money-borne-fr");
}

/** A member says on their page what is wrong with the invoice in their name, a treasurer has it written anew, and the member reads it. */
async function writesAnew(t: Test, site: Site, board: Caller, [tess, tom]: Two): Promise<void> {
  const { coop } = site;
  const { caller: buyer, client } = await clientOwner(coop, "Cora");
  const { caller: nora, member } = await confirmedMember(coop, board, "Nora");
  await prove(coop, nora);
  await paidTo(nora, member, ibans[1]);
  const { engagement, milestone, page: work } = await agreed({ buyer, client, worker: nora });
  await told(nora, startEngagement, { engagement });
  await told(nora, handIn, { milestone, text: "It is done." });
  const { invoice } = await told(buyer, approveHandIn, { milestone, version: (await work()).milestones[0]?.version ?? 0 });
  await bankBooked({ coop, tess, tom }, { kind: "clientPaid", invoice: invoice.id }, "2420.00");
  const due = (await told(tess, listPayables, {})).items.find(({ invoice: of }) => of === invoice.number);
  await signedPayout({ tess, tom }, [due?.id ?? ""]);
  await bills(nora, member, { name: "Nora Dupont" });
  const page = await shownTo(site, nora);
  await page.goto("/en/my/money");
  await page.getByText("M0001-2026-0001 is wrong").click();
  await page.getByLabel("What is wrong with it").fill("I have married.");
  await page.getByRole("button", { name: "Tell the treasurers" }).click();
  await page.getByText("I have married.").waitFor();
  const desk = await shownTo(site, tess);
  await desk.goto("/fr/desk/treasury");
  const asked = desk.getByRole("region", { name: "Factures dites fausses" });
  await asked.getByText("Nora Dupont").waitFor();
  await asked.getByText("M0001-2026-0001 est juste").click();
  await lookAt(t, desk, "treasury-called-wrong-fr");
  await asked.getByRole("button", { name: /^Annuler et refaire/ }).click();
  await asked.waitFor({ state: "detached" });
  await page.goto("/en/my/money");
  await page.getByText("Taken back and written anew").waitFor();
  await page.getByText("In the place of").waitFor();
  await lookAt(t, page, "my-money-anew");
}

/** A page of somebody who is signed in and has just proved it. */
async function shownTo(site: Site, caller: Caller): Promise<Page> {
  const page = await site.visit();
  await signInAs(page, site.origin, caller);
  return page;
}

/** A correction at the cost of a member: their budget stands below zero, as it does once the payroll office finds more than was paid. */
async function tookTooMuch(coop: Site["coop"], member: string): Promise<void> {
  const verb = { name: "test.take", input: z.strictObject({}), answer: Nothing, status: 200 };
  const money = moneyFrom({ amount: "30.00", currency: "EUR" });
  const legs = [debit(budgetOfMember(member), money), credit(pot("reserve"), money)];
  const on = coop.now().slice(0, 10) as Day;
  const entry = { kind: "correction", key: "took", on, legs, bylaws: [], cites: { bearer: "none" } } as const;
  await coop.perform(operator, verb, async (scope) => (await post(scope, [entry]), {}), {}, { key: "took", cause: "test" });
}

/** A rate is typed at the desk and confirmed by another; a client then chooses francs, its member reads what they are worth, and the desk books euros. */
async function francs(t: Test, site: Site, [tess, tom]: Two): Promise<void> {
  const desk = await shownTo(site, tess);
  await desk.goto("/en/desk/treasury");
  await desk.getByText("Say a rate").click();
  for (const [label, value] of [
    ["Money", "chf"],
    ["Of the day", "2026-11-30"],
    ["is so much CHF", "0.9615"],
    ["Published by", "European Central Bank"],
  ] as const)
    await desk.getByLabel(label, { exact: true }).fill(value);
  await desk.getByRole("button", { name: "Say this rate" }).click();
  await desk.getByRole("heading", { name: "1 EUR = 0.9615 CHF" }).waitFor();
  const other = await shownTo(site, tom);
  await other.goto("/fr/desk/treasury");
  await other.getByRole("button", { name: "Confirmer le cours" }).click();
  await other.getByText(/Tessa, confirmé par Tom/).waitFor();
  await lookAt(t, other, "treasury-rates-fr");
  const buyer = await entered(site, "Carla");
  await buyer.goto("/en/client/jobs/new");
  await buyer.getByLabel("Paid in").selectOption("CHF");
  await buyer.getByText("The members who do the work are paid in EUR").waitFor();
  await buyer.getByLabel("Price in CHF, excl. VAT").waitFor();
  await lookAt(t, buyer, "post-francs");
}

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
