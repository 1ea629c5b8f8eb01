// The rules of a country are looked through before its first paper: where they are a draft no work is agreed on, until the board names who looked them through, after a fresh proof, for everybody to read.
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import { acceptBid, declareWork, placeBid, postJob } from "@partcommune/shared/marketplace/api";
import { readCoop, readLetterhead, reviewCountry } from "@partcommune/shared/platform/api";
import { isDraft, objectionToPapers, rowsOf } from "@partcommune/shared/platform/packs";
import type { Day } from "@partcommune/shared/platform/time";
import { prove } from "../support/authenticator.ts";
import { lookIn, openSite, signInAs } from "../support/browser.ts";
import { openCoop } from "../support/coop.ts";
import { posterWork } from "../support/declarations.ts";
import { atelierCommun } from "../support/founding.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, confirmedMember, founder, withRole } from "../support/people.ts";
import { told } from "../support/told.ts";

const berlin = {
  name: "Werkhof",
  country: "DE",
  zone: "Europe/Berlin",
  letterhead: { street: "Hofstraße 9", postcode: "10999", town: "Berlin" },
} as const satisfies Partial<typeof atelierCommun>;
const review = { reviewer: "Dr. Ada Buch, Steuerberaterin", reviewedOn: "2026-11-30" as Day };

test("which countries are drafts, and what lifts it", (t) => {
  const drafts = ["NL", "DE", "ES", "IT", "SE", "AT", "HU"];
  for (const country of ["BE", "FR", ...drafts]) {
    const draft = drafts.includes(country);
    t.equal(isDraft({ country }), draft, country);
    t.equal(isDraft({ country, review }), false);
    t.equal(objectionToPapers({ country, demo: false })?.type, draft ? "country-not-reviewed" : undefined);
    t.equal(objectionToPapers({ country, demo: true }), undefined, "a demo's papers are specimens");
    t.ok(
      rowsOf(country).every(({ source }) => source !== ""),
      "each line names its law",
    );
  }
  t.end();
});

test("a coop of a draft country agrees on nothing before somebody is named", async (t) => {
  const coop = await openCoop(t);
  const board = await founder(coop, berlin);
  const { caller: carla, client } = await clientOwner(coop, "Carla");
  const { caller: marc } = await confirmedMember(coop, board, "Marc");
  const { id: job } = await told(carla, postJob, posterJob(client));
  const amount = { amount: "2000.00", currency: "EUR" };
  const { id: bid } = await told(marc, placeBid, { job, amount, pitch: "Ten years of posters." });
  const accepted = () => carla.call(acceptBid, { bid, version: 1, amount });
  t.match((await accepted()).problem, "country-not-reviewed");
  t.equal((await marc.call(declareWork, posterWork())).problem, "country-not-reviewed");
  t.match((await coop.someone().call(readCoop, {})).body, { country: "DE", draft: true, review: undefined });

  for (const other of [await withRole(coop, board, "Tess", "treasurer"), marc, carla])
    t.equal((await other.call(reviewCountry, review)).problem, "role-needed");
  t.equal((await coop.someone().call(reviewCountry, review)).problem, "sign-in-first");
  t.equal((await board.call(reviewCountry, review)).problem, "proof-needed");
  await prove(coop, board);
  t.equal((await board.call(reviewCountry, { ...review, reviewedOn: "2026-12-02" })).problem, "review-in-future");
  t.equal((await board.call(reviewCountry, { ...review, reviewer: " " })).problem, "not-as-asked");
  t.equal((await board.call(reviewCountry, review)).status, 200);
  t.match((await coop.someone().call(readCoop, {})).body, { draft: false, review });
  t.equal((await accepted()).status, 201, "and work is agreed on");
  const fact = await coop.db
    .selectFrom("platform.fact")
    .select(["body", "actor"])
    .where("type", "=", "country.reviewed")
    .executeTakeFirst();
  t.match(fact, { body: review, actor: /^person:/ }, "who named whom stands in the log");
});

const spoken = {
  en: {
    title: "The coop’s papers",
    phone: "Telephone, where clients ask about an invoice",
    keep: "Print this from now on",
    kept: "Every paper from now on carries it",
    draft: "These lines are a draft.",
    reviewer: "Who looked through these lines",
    day: "On which day",
    name: "Name them",
    reviewed: "Looked through by Dr. Ada Buch, Steuerberaterin on 30 November 2026",
  },
  fr: {
    title: "Les papiers de la coopérative",
    phone: "Téléphone, pour les questions sur une facture",
    keep: "Imprimer ceci désormais",
    kept: "Chaque papier le portera désormais",
    draft: "Ces lignes ne sont qu’un projet.",
    reviewer: "Qui a relu ces lignes",
    day: "Quel jour",
    name: "Nommer",
    reviewed: "Relues par Dr. Ada Buch, Steuerberaterin le 30 novembre 2026",
  },
} as const;

async function papers(t: Test, page: Page, language: keyof typeof spoken): Promise<void> {
  const says = spoken[language];
  await page.goto(`/${language}/desk/papers`);
  await page.getByRole("heading", { name: says.title }).waitFor();
  await lookIn(t, page, language, "desk-papers");
  await page.getByLabel(says.phone).fill("+49 30 1234567");
  await page.getByRole("button", { name: says.keep }).click();
  await page.getByText(says.kept).waitFor();
  await page.getByText(says.draft).waitFor();
  await page.getByLabel(says.reviewer).fill(review.reviewer);
  await page.getByLabel(says.day).fill(review.reviewedOn);
  await page.getByRole("button", { name: says.name, exact: true }).click();
  await page.getByText(says.reviewed).waitFor();
  await lookIn(t, page, language, "desk-papers-reviewed");
}

for (const language of ["en", "fr"] as const)
  test(`the board's page of papers, told in ${language}`, async (t) => {
    const site = await openSite(t);
    const board = await founder(site.coop, berlin);
    await prove(site.coop, board);
    const page = await site.visit({ locale: language });
    await signInAs(page, site.origin, board);
    await papers(t, page, language);
    t.match((await board.call(readLetterhead, {})).body, { ...berlin.letterhead, phone: "+49 30 1234567" });
    const { caller: marc } = await confirmedMember(site.coop, board, "Marc");
    const other = await site.visit();
    await signInAs(other, site.origin, marc);
    t.equal((await other.goto(`/${language}/desk/papers`))?.status(), 404, "for others the page is not there");
    await other.goto(`/${language}/fund`);
    await other.getByText(review.reviewer).waitFor();
  });
