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

export const spoken = {
  en: {
    people: "People and roles",
    roleFor: "Role for",
    treasurerRole: "treasurer",
    giveTo: "Give this role to",
    treasurerOf: "End the role treasurer of",
    confirmAs: "Confirm",
    isMember: "Member",
    found: "Found this coop",
    name: "Name of the coop",
    country: "Country",
    next: "Go on",
    offer: "Next time without a code",
    addPasskey: "Add a passkey",
    firstPasskey: "Passkey 1",
    coopTown: "Town of the coop",
    coopVat: "VAT number, if there is one",
    coopIban: "IBAN, if there is an account already",
    person: "Your name",
    email: "Your e-mail address",
    make: "Found the coop",
    done: "Atelier Commun exists",
    home: "See its first page",
    budget: "1 830.00 EUR",
    rules: "Read the rules in force",
    fee: "8.5%",
    hire: "I have work to give",
    join: "I want to work here",
    send: "Send me a code",
    code: "Code from the e-mail",
    open: "Sign in",
    org: "Name of the organisation",
    street: "Street and number",
    postcode: "Postcode",
    town: "Town",
    enter: "Register the organisation",
    entered: "Musée du Canal is registered. You speak for it here.",
    trade: "Your trade",
    apply: "Apply",
    applied: "Your application is with the board.",
    desk: "Who waits for admission",
    admissions: "Admissions",
    tooNear: "Bids need at least a day. The earliest end is 2 December 2026 at 10:00.",
    admit: "Admit Marc Member",
    nobody: "Nobody is waiting.",
    postAJob: "Post a job",
    what: "What is to be done, in one line",
    text: "The work in your own words",
    jobTrade: "Trade",
    starts: "Begins on",
    ends: "Ends on",
    price: "Price in EUR, excl. VAT",
    until: "Bids until the end of",
    post: "Post the job",
    see: "See the job",
    isOpen: "Open for bids",
    jobs: "Jobs",
    words: "What do you look for?",
    show: "Show",
    amount: "2 000.00 EUR",
    pitch: "Why you",
    place: "Place the bid",
    way: "1 830.00 EUR go to your budget; 170.00 EUR become common money.",
    yours: "Your bid",
    oneBid: "1 bid",
    trial: "You are a member on trial: you may bid and work.",
    bidsClose: "until the end of 7 December 2026",
    accept: "Accept this bid",
    acceptFor: "Accept Marc Member for 2 000.00 EUR",
    quote: "The quote",
    quoteRule: "8.5% (version 1)",
    signBy: "Read the quote and sign it. You have until 15 December 2026, 10:00.",
    sign: "Sign the quote",
    waits: "You have signed. Marc Member can sign until 15 December 2026, 10:00.",
    seeEngagement: "See the engagement",
    decline: "Decline instead",
    covered: "Covered, may begin",
    notAhead: "The fund does not pay ahead for this engagement",
    potShort: "The guarantee pot does not hold enough above what it must keep.",
    begin: "Begin the work",
    message: "Your message",
    sendMessage: "Send",
    kept: "Kept on this device at",
    addFiles: "Add files",
    handInText: "What you hand in",
    handIn: "Hand in the work",
    approveBy: "Approve, ask for changes or dispute until the end of 11 December 2026.",
    askChanges: "Ask for changes",
    points: "What is to be changed",
    sendPoints: "Send these points",
    changesAsked: "Musée du Canal asks for changes.",
    approve: "Approve the work",
    payBy: "Pay invoice BE-2026-000001, 2 420.00 EUR, by 31 December 2026.",
    onBudget: "1 830.00 EUR are on your budget; you are paid when Musée du Canal has paid.",
    fund: "Fund",
    common: "170.00 EUR",
    myMoney: "My money",
    iban: "IBAN",
    useIban: "Use this account",
    goesTo: "Your money goes to BE•• •••• 6769.",
    invoices: "Invoices",
    reference: "Reference of the transfer",
    treasury: "Treasury",
    enterPayment: "Enter the payment of BE-2026-000001",
    bookedOn: "Booked by the bank on",
    bankReference: "The bank’s reference",
    enterLine: "Enter the line",
    another: "You entered this line; another treasurer confirms it.",
    confirm: "Confirm and book it",
    noLine: "No line waits for a confirmation.",
    allPaid: "This invoice is paid. Nothing more is asked of you.",
    order: "Order 1 payment, 1 830.00 EUR",
    ordered: "You ordered this; another treasurer signs it.",
    signFor: "Sign for 1 830.00 EUR",
    signedByTwo: "signed by two, at the bank",
    enterPayout: "Enter the bank’s line for Marc Member",
    paidToYou: "Paid to you.",
    allDone: "The client has paid, and the member is paid. All is done.",
    ownPage: "My page",
    showPage: "Show this page to everybody",
    keepPage: "Keep this page",
    pageShown: "Everybody can read this page.",
    workWith: "What it is like to work with",
    againWith: "Would you work with … again?",
    yes: "yes",
    giveReference: "Give this reference",
    sharePrice: "20.00 EUR",
    enterShare: "Enter the payment of a share",
    owned: "You own a share. It gives you one vote, like everybody.",
  },
  fr: {
    people: "Personnes et rôles",
    roleFor: "Rôle pour",
    treasurerRole: "trésorerie",
    giveTo: "Confier ce rôle à",
    treasurerOf: "Retirer le rôle trésorerie à",
    confirmAs: "Confirmer",
    isMember: "Membre",
    found: "Fonder cette coopérative",
    name: "Nom de la coopérative",
    country: "Pays",
    next: "Continuer",
    offer: "La prochaine fois, sans code",
    addPasskey: "Ajouter une clé d’accès",
    firstPasskey: "Clé d’accès 1",
    coopTown: "Ville de la coopérative",
    coopVat: "Numéro de TVA, s’il existe",
    coopIban: "IBAN, si le compte est déjà ouvert",
    person: "Votre nom",
    email: "Votre adresse électronique",
    make: "Fonder la coopérative",
    done: "Atelier Commun existe",
    home: "Voir sa page d’accueil",
    budget: "1 830,00 €",
    rules: "Lire les règles en vigueur",
    fee: "8,5 %",
    hire: "J’ai une mission à confier",
    join: "Je veux travailler ici",
    send: "Recevoir un code",
    code: "Code reçu par e-mail",
    open: "Entrer",
    org: "Nom de l’organisation",
    street: "Rue et numéro",
    postcode: "Code postal",
    town: "Ville",
    enter: "Inscrire l’organisation",
    entered: "Musée du Canal : inscription faite. Vous parlez en son nom ici.",
    trade: "Votre métier",
    apply: "Poser ma candidature",
    applied: "Votre candidature est entre les mains du conseil.",
    desk: "Candidatures en attente",
    admissions: "Candidatures",
    tooNear: "Il faut laisser au moins un jour pour les offres : jusqu’au 2 décembre 2026 à 10:00 au plus tôt.",
    admit: "Admettre Marc Member",
    nobody: "Aucune candidature n’attend.",
    postAJob: "Publier une mission",
    what: "Ce qu’il y a à faire, en une ligne",
    text: "Le travail, dans vos mots",
    jobTrade: "Métier",
    starts: "Commence le",
    ends: "Se termine le",
    price: "Prix en EUR, hors TVA",
    until: "Offres jusqu’à la fin du",
    post: "Publier la mission",
    see: "Voir la mission",
    isOpen: "Ouverte aux offres",
    jobs: "Missions",
    words: "Que cherchez-vous ?",
    show: "Voir",
    amount: "2 000,00 €",
    pitch: "Pourquoi vous",
    place: "Faire une offre",
    way: "1 830,00 € vont sur votre budget ; 170,00 € deviennent de l’argent commun.",
    yours: "Votre offre",
    oneBid: "1 offre",
    trial: "Vous êtes membre à l’essai\u00a0: vous pouvez faire des offres et travailler.",
    bidsClose: "jusqu’à la fin du 7 décembre 2026",
    accept: "Accepter cette offre",
    acceptFor: "Confier la mission à Marc Member pour 2 000,00 €",
    quote: "Le devis",
    quoteRule: "8,5 % (version 1)",
    signBy: "Lisez le devis et signez-le : vous avez jusqu’au 15 décembre 2026, 10:00.",
    sign: "Signer le devis",
    waits: "Vous avez signé. Marc Member peut signer jusqu’au 15 décembre 2026, 10:00.",
    seeEngagement: "Voir l’engagement",
    decline: "Plutôt refuser",
    covered: "Couvert, peut commencer",
    notAhead: "La caisse ne paie pas d’avance pour cet engagement",
    potShort: "La caisse garantie ne contient pas assez au-delà de ce qu’elle doit garder.",
    begin: "Commencer le travail",
    message: "Votre message",
    sendMessage: "Envoyer",
    kept: "Gardé sur cet appareil à",
    addFiles: "Joindre des fichiers",
    handInText: "Ce que vous remettez",
    handIn: "Remettre le travail",
    approveBy: "Approuvez, demandez des corrections ou contestez jusqu’à la fin du 11 décembre 2026.",
    askChanges: "Demander des corrections",
    points: "Ce qui est à corriger",
    sendPoints: "Envoyer ces points",
    changesAsked: "Musée du Canal demande des corrections.",
    approve: "Approuver le travail",
    payBy: "Payez la facture BE-2026-000001, 2 420,00 €, au plus tard le 31 décembre 2026.",
    onBudget: "1 830,00 € sont sur votre budget ; votre paiement suit celui du client, Musée du Canal.",
    fund: "Caisse",
    common: "170,00 €",
    myMoney: "Mon argent",
    iban: "IBAN",
    useIban: "Utiliser ce compte",
    goesTo: "Votre argent part vers le compte BE•• •••• 6769.",
    invoices: "Factures",
    reference: "Référence du virement",
    treasury: "Trésorerie",
    enterPayment: "Saisir le paiement de BE-2026-000001",
    bookedOn: "Comptabilisée par la banque le",
    bankReference: "Référence de la banque",
    enterLine: "Saisir la ligne",
    another: "Vous avez saisi cette ligne ; une autre personne de la trésorerie la confirme.",
    confirm: "Confirmer et comptabiliser",
    noLine: "Aucune ligne n’attend de confirmation.",
    allPaid: "Cette facture est payée. Rien de plus ne vous est demandé.",
    order: "Ordonner 1 versement, 1 830,00 €",
    ordered: "Vous l’avez ordonné ; une autre personne de la trésorerie le signe.",
    signFor: "Signer pour 1 830,00 €",
    signedByTwo: "deux signatures, transmis à la banque",
    enterPayout: "Saisir la ligne de la banque pour Marc Member",
    paidToYou: "Versé sur votre compte.",
    allDone: "Le client a payé, et le budget du membre lui a été versé. Tout est fait.",
    ownPage: "Ma page",
    showPage: "Montrer cette page à tout le monde",
    keepPage: "Garder cette page",
    pageShown: "Tout le monde peut lire cette page.",
    workWith: "Comment se passe le travail avec",
    againWith: "Retravailleriez-vous avec … ?",
    yes: "oui",
    giveReference: "Donner cette référence",
    sharePrice: "20,00 €",
    enterShare: "Saisir le paiement d’une part",
    owned: "Vous possédez une part. Elle vous donne une voix, comme à chaque membre.",
  },
} as const;

type Says = (typeof spoken)[keyof typeof spoken];

/** These words, whatever kind of space is between them. */
const named = (words: string): RegExp => new RegExp(words.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "\\s"));

/** Waits until these words stand on the page. */
async function reads(t: Test, page: Page, words: string, why: string): Promise<void> {
  await page.getByText(named(words)).first().waitFor();
  t.pass(why);
}

/** The words that only a client of a member's own is told. */
const own = {
  declare: "Déclarer une mission à vous",
  contact: "Qui signe pour le client",
  address: "Son adresse électronique",
  part: "Partager en étapes",
  whatIs: (number: number) => `Ce qu’est l’étape ${number}`,
  costs: (number: number) => `Montant de l’étape ${number} en EUR, hors TVA`,
  left: "2 000,00 € sur 2 500,00 € : il reste 500,00 € à partager.",
  whole: "Les étapes font tout le prix, 2 500,00 €.",
  way: "2 287,50 € vont sur votre budget ; 212,50 € deviennent de l’argent commun.",
  make: "Faire le devis et l’envoyer",
  mailed: "Musée du Canal a reçu un e-mail avec un lien pour signer le même devis, sans compte.",
  asks: "2 500,00 €, hors TVA. Lisez le devis ci-dessous et signez-le : vous avez jusqu’au 15 décembre 2026, 10:00.",
  signed: "Vous avez signé",
  spent: "Ce lien n’ouvre rien",
  engagements: "Vos engagements",
  clients: "Vos clients",
  heldUp: "Seul le membre répond de ce client : la première fois, une conseillère ou un conseiller regarde.",
  later: "Commence quand l’étape 1 est remise.",
  second: "Étape 2, Impression",
} as const;

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
