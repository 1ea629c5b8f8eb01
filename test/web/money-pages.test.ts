// From the invoice to the member's bank account on the pages people use: client, member and two treasurers, in both languages.
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import { approveHandIn, handIn, startEngagement } from "@partcommune/shared/marketplace/api";
import { lookAt, openSite, type Site } from "../support/browser.ts";
import { agreed } from "../support/engagements.ts";
import { addressOf, clientOwner, codeFor, confirmedMember, founder, signedUp, withRole } from "../support/people.ts";
import { ibans } from "../support/treasury.ts";

const spoken = {
  en: {
    email: "Your e-mail address",
    send: "Send me a code",
    code: "Code from the letter",
    open: "Open the door",
    gross: "2 420.00 EUR",
    paidInFull: "Paid in full.",
    onceClientPaid: "You are paid once the client has paid.",
    iban: "Account number (IBAN)",
    use: "Use this account",
    goesTo: "Your money goes to BE•• •••• 6769.",
    unreadable: "iban-unreadable",
    means: "What it means",
    onThe: "Booked by the bank on",
    reference: "The bank's own reference",
    message: "Message of the transfer",
    enter: "Enter the line",
    another: "You entered it; another treasurer confirms it.",
    confirm: "Confirm 2 420.00 EUR",
    nobody: "Nobody can be paid at this moment.",
    order: "Order 1 payment, 1 830.00 EUR",
    ordered: "You ordered it; another treasurer signs it.",
    sign: "Sign the payout of 1 830.00 EUR",
    signed: "signed, on its way",
    sent: "Ordered, on its way to your bank account.",
    settle: "Confirm 1 830.00 EUR",
    reached: "reached every member",
    paidToYou: "Paid to you: it has reached your bank account.",
    sharePaid: "A member paid for a share",
    amount: "Amount in EUR",
    shareConfirm: "Confirm 20.00 EUR",
    shareBooked: "Anna paid a share",
    absent: "There is nothing here",
  },
  fr: {
    email: "Votre adresse électronique",
    send: "Recevoir un code",
    code: "Code de la lettre",
    open: "Entrer",
    gross: "2 420,00 €",
    paidInFull: "Payée en entier.",
    onceClientPaid: "Paiement dès que le client a payé.",
    iban: "Numéro de compte (IBAN)",
    use: "Utiliser ce compte",
    goesTo: "Votre argent va vers BE•• •••• 6769.",
    unreadable: "iban-unreadable",
    means: "Ce qu’elle signifie",
    onThe: "Comptabilisée par la banque le",
    reference: "Référence de la banque",
    message: "Communication du virement",
    enter: "Inscrire la ligne",
    another: "Vous l’avez inscrite ; une autre personne de la trésorerie la confirme.",
    confirm: "Confirmer 2 420,00 €",
    nobody: "Personne n’est payable en ce moment.",
    order: "Ordonner 1 paiement, 1 830,00 €",
    ordered: "Vous l’avez ordonné ; une autre personne de la trésorerie le signe.",
    sign: "Signer le virement de 1 830,00 €",
    signed: "signé, en route",
    sent: "Ordonné, en route vers votre compte.",
    settle: "Confirmer 1 830,00 €",
    reached: "arrivé chez chaque membre",
    paidToYou: "Payé : la somme est arrivée sur votre compte.",
    sharePaid: "Un membre a payé une part",
    amount: "Montant en EUR",
    shareConfirm: "Confirmer 20,00 €",
    shareBooked: "Anna a payé une part",
    absent: "Il n’y a rien ici",
  },
} as const;

type Says = (typeof spoken)[keyof typeof spoken];

/** The words with whatever kind of space is between them. */
const pattern = (words: string): RegExp =>
  new RegExp(
    words
      .replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")
      .replaceAll(/['’]/g, "['’]")
      .replaceAll(" ", "\\s?"),
  );

async function reads(t: Test, page: Page, words: string, why: string): Promise<void> {
  await page.getByText(pattern(words)).first().waitFor();
  t.pass(why);
}

const press = (page: Page, words: string): Promise<void> => page.getByRole("button", { name: pattern(words) }).click();

type Stage = { readonly site: Site; readonly language: string; readonly says: Says; readonly client: string; readonly member: string };

for (const [language, says] of Object.entries(spoken)) {
  test(`money on its pages, in ${language}`, async (t) => {
    const site = await openSite(t);
    const board = await founder(site.coop);
    const { caller: carla, client } = await clientOwner(site.coop, "Carla");
    const { caller: worker, member } = await confirmedMember(site.coop, board, "Anna");
    for (const name of ["Tess", "Tom"]) await withRole(site.coop, board, name, "treasurer");
    const stage: Stage = { site, language, says, client, member };
    const [buyer, anna, tess, tom] = [
      await entered(stage, "Carla"),
      await entered(stage, "Anna"),
      await entered(stage, "Tess"),
      await entered(stage, "Tom"),
    ];
    await t.test("empty pages say what will stand there", (step) => empty(step, stage, buyer, anna, tess));
    const { id: invoice, number } = await approved({ buyer: carla, client, worker });
    await t.test("the client reads the invoice and how to pay it", (step) => billed(step, stage, buyer, number));
    await t.test("the member reads when they are paid, and says where", (step) => owed(step, stage, anna, number));
    await t.test("one treasurer enters the client's payment, another confirms it", (step) =>
      collected(step, stage, { tess, tom, buyer }, invoice),
    );
    await t.test("one orders, another signs, the bank's line ends it", (step) => paid(step, stage, { tess, tom, anna }));
    await t.test("a share is bought by a bank line", (step) => shared(step, stage, { tess, tom }));
    await t.test("nobody else finds any of it", (step) => hidden(step, stage, { anna, tom }, invoice));
  });
}

/** Work agreed, done, handed in and approved: its invoice. */
async function approved(parties: Parameters<typeof agreed>[0]): Promise<{ readonly id: string; readonly number: string }> {
  const { engagement, milestone, page, buyer, worker } = await agreed(parties);
  await worker.call(startEngagement, { engagement });
  await worker.call(handIn, { milestone, text: "Three sizes, as agreed." });
  const version = (await page()).milestones[0]?.version ?? 0;
  return (await buyer.call(approveHandIn, { milestone, version })).body.invoice;
}

/** Somebody who signs in on the page, with the code from the letter. */
async function entered({ site, language, says }: Stage, name: string): Promise<Page> {
  const page = await site.visit({ locale: language });
  await page.goto(`/${language}/sign-in`);
  await page.getByLabel(says.email).fill(addressOf(name));
  await page.getByRole("button", { name: says.send }).click();
  await page.getByLabel(says.code).waitFor();
  await site.coop.settle();
  await page.getByLabel(says.code).fill(codeFor(site.coop, addressOf(name)));
  await page.getByRole("button", { name: says.open }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  return page;
}

async function empty(t: Test, { language }: Stage, buyer: Page, anna: Page, tess: Page): Promise<void> {
  await buyer.goto(`/${language}/client/invoices`);
  await lookAt(t, buyer, `${language}-m1-no-invoice`);
  await anna.goto(`/${language}/my/money`);
  await lookAt(t, anna, `${language}-m2-budget-empty`);
  await tess.goto(`/${language}/desk/treasury`);
  await lookAt(t, tess, `${language}-m3-treasury-empty`);
}

async function billed(t: Test, { language, says }: Stage, buyer: Page, number: string): Promise<void> {
  await buyer.reload();
  await reads(t, buyer, says.gross, "what is to be paid stands in the list");
  await lookAt(t, buyer, `${language}-m4-invoices`);
  await buyer.getByRole("link", { name: number }).click();
  await buyer.getByRole("heading", { level: 1 }).filter({ hasText: number }).waitFor();
  await reads(t, buyer, says.gross, "to the cent");
  await lookAt(t, buyer, `${language}-m5-invoice`);
}

async function owed(t: Test, { language, says }: Stage, anna: Page, number: string): Promise<void> {
  await anna.reload();
  await reads(t, anna, says.onceClientPaid, "nothing was promised, so the client comes first");
  await reads(t, anna, number, "the invoice is named");
  await anna.getByLabel(says.iban).fill("BE71 0961 2345 6760");
  await press(anna, says.use);
  await anna.getByRole("alert").filter({ hasText: says.unreadable }).waitFor();
  await lookAt(t, anna, `${language}-m6-iban-refused`);
  await anna.getByLabel(says.iban).fill(ibans[0]);
  await press(anna, says.use);
  await reads(t, anna, says.goesTo, "the account is known, and shown masked");
  await lookAt(t, anna, `${language}-m7-budget`);
}

/** A line of the bank's statement as a treasurer enters it. */
async function enters(page: Page, { says }: Stage, value: string | { readonly label: string }, reference: string): Promise<void> {
  await page.getByLabel(says.means).selectOption(value);
  await page.getByLabel(says.onThe).fill("2026-12-01");
  await page.getByLabel(pattern(says.reference)).fill(reference);
}

async function collected(
  t: Test,
  stage: Stage,
  { tess, tom, buyer }: Record<"tess" | "tom" | "buyer", Page>,
  invoice: string,
): Promise<void> {
  const { says, language } = stage;
  await tess.reload();
  await reads(t, tess, says.nobody, "before the client has paid nobody is ready");
  await enters(tess, stage, invoice, "2026/117");
  await lookAt(t, tess, `${language}-m8-entering`);
  await press(tess, says.enter);
  await reads(t, tess, says.another, "who entered it cannot confirm it");
  t.equal(await tess.getByRole("button", { name: pattern(says.confirm) }).count(), 0, "and is shown no button to");
  await tom.goto(`/${language}/desk/treasury`);
  await lookAt(t, tom, `${language}-m9-to-confirm`);
  await press(tom, says.confirm);
  await tom.getByRole("button", { name: pattern(says.order) }).waitFor();
  await lookAt(t, tom, `${language}-m10-ready`);
  await reads(t, buyer, says.paidInFull, "the client's open page hears that the bank has booked it");
}

async function paid(t: Test, stage: Stage, { tess, tom, anna }: Record<"tess" | "tom" | "anna", Page>): Promise<void> {
  const { says, language } = stage;
  await tess.reload();
  await press(tess, says.order);
  await reads(t, tess, says.ordered, "whoever ordered does not sign second");
  await lookAt(t, tess, `${language}-m11-ordered`);
  await tom.reload();
  await press(tom, says.sign);
  await reads(t, tom, says.signed, "two have signed");
  await anna.reload();
  await reads(t, anna, says.sent, "the member reads that it is on its way, not that it is paid");
  await tess.reload();
  const item = await tess.locator("option").filter({ hasText: "Anna" }).first().getAttribute("value");
  await enters(tess, stage, item ?? "", "2026/118");
  await press(tess, says.enter);
  await reads(t, tess, says.another, "the second line waits as the first did");
  await tom.reload();
  await press(tom, says.settle);
  await reads(t, tom, says.reached, "every item has reached its account");
  await lookAt(t, tom, `${language}-m12-settled`);
  await anna.reload();
  await reads(t, anna, says.paidToYou, "only now the page says paid");
  await lookAt(t, anna, `${language}-m13-paid`);
}

async function shared(t: Test, stage: Stage, { tess, tom }: Record<"tess" | "tom", Page>): Promise<void> {
  const { says, member } = stage;
  await tess.reload();
  await enters(tess, stage, "share", "2026/119");
  await tess.getByLabel(says.message).fill(member);
  await tess.getByLabel(says.amount).fill("20");
  await press(tess, says.enter);
  await reads(t, tess, says.another, "a share too needs two");
  await tom.reload();
  await press(tom, says.shareConfirm);
  await reads(t, tom, says.shareBooked, "the share is booked under the member's name");
}

async function hidden(
  t: Test,
  { site, language, says }: Stage,
  { anna, tom }: Record<"anna" | "tom", Page>,
  invoice: string,
): Promise<void> {
  await signedUp(site.coop, "Otto");
  const stranger = await site.visit({ locale: language });
  for (const [page, address] of [
    [anna, "desk/treasury"],
    [stranger, "desk/treasury"],
    [stranger, "my/money"],
    [stranger, "client/invoices"],
    [stranger, `invoices/${invoice}`],
  ] as const) {
    const answer = await page.goto(`/${language}/${address}`);
    t.equal(answer?.status(), 404, `${address} is not there for whom it is not`);
    await reads(t, page, says.absent, "and the page says so");
  }
  await tom.goto(`/${language}/invoices/${invoice}`);
  await reads(t, tom, says.paidInFull, "a treasurer reads it");
}
