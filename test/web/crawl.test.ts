// Every page that somebody can reach by links, followed once for each kind of person and each language: no dead end, no missing text. In French as most people read; in English as it comes over the line, and each page once laid out without any script.
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import { callGathering } from "@partcommune/shared/community/api";
import { closeAssembly, conveneAssembly, openAssembly } from "@partcommune/shared/community/api/meeting";
import { approveHandIn, handIn, postJob, startEngagement } from "@partcommune/shared/marketplace/api";
import {
  applyAsMember,
  askToSignIn,
  confirmMember,
  listApplicants,
  listPeople,
  openSession,
  refuseApplicant,
} from "@partcommune/shared/membership/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { languages, type Language } from "@partcommune/shared/platform/page";
import { axe, callAs, openSite, type Site } from "../support/browser.ts";
import { appealProposal, argueProposal, draftProposal, judgeProposal, publishProposal } from "@partcommune/shared/governance/api";
import { associates } from "../support/associates.ts";
import { proving } from "../support/authenticator.ts";
import type { Caller, TestCoop } from "../support/coop.ts";
import { bankBooked } from "../support/treasury.ts";
import { engaged } from "../support/engagements.ts";
import { days } from "../support/members.ts";
import { atelierCommun } from "../support/founding.ts";
import { posterJob } from "../support/jobs.ts";
import { addressOf, codeFor, founder, withRole } from "../support/people.ts";

/** Who walks through the house, by the address they sign in with, and the fewest pages they must find there. */
const walkers = {
  visitor: [undefined, 8],
  client: [addressOf("Carla"), 13],
  member: [addressOf("Marc"), 11],
  board: [atelierCommun.founder.email, 11],
  treasurer: [addressOf("Tess"), 10],
} as const;

test("the house, walked through by its links", async (t) => {
  const site = await openSite(t, { now: "2026-11-10T09:00:00Z" });
  const proposal = await furnished(site);
  const wording = await site.coop.app.inject(`/en/proposals/${proposal}/revisions/1`);
  t.equal(wording.statusCode, 200, "the first wording of a proposal is there, though no link leads to it before a second one");
  for (const [who, [email, fewest]] of Object.entries(walkers))
    await t.test(`as ${who}`, async (step) => {
      for (const language of languages) {
        const page = await site.visit({ javaScriptEnabled: language === "fr" });
        if (email) await signIn(site, page, email);
        const readPage = language === "fr" ? readFrench : email ? readOnTheLine : readLaidOut;
        await walk(step, page, language, readPage, fewest);
        await page.context().close();
      }
    });
});

/** Work that was approved and invoiced, one more job that is open, and a treasurer. A proposal of a member. */
async function furnished(site: Site): Promise<string> {
  const { coop } = site;
  const board = await founder(coop);
  await assembled(site, board);
  const { buyer, client, worker, engagement, milestone, page } = await engaged(coop, board);
  await worker.call(startEngagement, { engagement });
  await worker.call(handIn, { milestone, text: "Three files." });
  await buyer.call(approveHandIn, { milestone, version: (await page()).milestones[0]?.version ?? 0 });
  await buyer.call(postJob, posterJob(client));
  const marc = (await board.call(listPeople, { limit: 200 })).body.items.find(({ name }) => name === "Marc");
  await board.call(confirmMember, { member: marc?.member ?? "" });
  const treasurer = async (name: string) => proving(coop, await withRole(coop, board, name, "treasurer"));
  const [tess, tom] = [await treasurer("Tess"), await treasurer("Tom")];
  await bankBooked({ coop, tess, tom }, { kind: "sharePaid", member: marc?.member ?? "" }, "20.00");
  // One applied and waits, one was refused: what both read is their own page.
  for (const caller of [tess, tom]) await caller.call(applyAsMember, { status: "invoiced", trade: "printing" });
  const refused = (await board.call(listApplicants, {})).body.items.find(({ name }) => name === "Tess");
  await board.call(refuseApplicant, { member: refused?.id ?? "", because: "Ask again next year." });
  const { id: proposal } = (await worker.call(draftProposal, lowerFee)).body;
  await worker.call(publishProposal, { proposal });
  await worker.call(callGathering, lunch);
  await worker.call(argueProposal, { proposal, side: "for", text: "The reserve is full." });
  await appealed(coop, board, worker);
  return proposal;
}

/** A text that was kept from the vote, and the lot of the panel that looks at it once more. */
async function appealed(coop: TestCoop, board: Caller, worker: Caller): Promise<void> {
  const { id: proposal } = (await worker.call(draftProposal, { ...lowerFee, title: "A day", payload: { kind: "resolution" } })).body;
  await worker.call(publishProposal, { proposal });
  await days(coop, 14);
  await board.call(judgeProposal, { proposal, admissible: false, ground: "unclear", text: "Which day?" });
  await associates(coop, 3);
  await worker.call(appealProposal, { proposal, text: "It says which." });
}

/** An assembly that was held, with its minutes, and one that is called. */
async function assembled({ coop }: Site, board: Caller): Promise<void> {
  const items: Convocation["items"] = [{ kind: "report", title: "What the year was" }];
  const hours = { begins: "2026-12-01T09:00", ends: "2026-12-01T11:00" };
  const { id: gathering } = (await board.call(conveneAssembly, { ...lunch, ...hours, items })).body;
  coop.wait(Date.parse("2026-12-01T09:00:00Z") - Date.parse(coop.now()));
  await board.call(openAssembly, { gathering });
  await board.call(closeAssembly, { gathering });
  await board.call(conveneAssembly, { ...lunch, title: "The next assembly", items });
}

type Convocation = AskedOf<typeof conveneAssembly>;

const lunch: AskedOf<typeof callGathering> = {
  title: "Translators’ lunch",
  text: "Bring what you are **reading**.",
  language: "en",
  zone: "Europe/Brussels",
  begins: "2027-12-14T12:30",
  ends: "2027-12-14T14:30",
  place: "Atelier Commun",
  capacity: 12,
};

const lowerFee: AskedOf<typeof draftProposal> = {
  title: "A fee of 7.9 % instead of 8.5 %",
  text: "The reserve is **full**.",
  language: "en",
  payload: { kind: "bylaws", changes: [{ key: "fee.rate", base: 1, value: 79_000 }] },
};

async function signIn({ coop, origin }: Site, page: Page, email: string): Promise<void> {
  await page.goto(`${origin}/en/jobs`);
  await callAs(page, askToSignIn, { email, language: "en" });
  await coop.settle();
  await callAs(page, openSession, { email, code: codeFor(coop, email) });
}

/** Follows each link of this language once, from the first page on. What is no page is asked for, and must be there. */
async function walk(t: Test, page: Page, language: Language, readPage: Reading, fewest: number): Promise<void> {
  const found = new Set([`/${language}`]);
  let pages = 0;
  await page.goto(`/${language}`);
  for (const address of found) {
    if (isPage(address, language)) {
      const { links } = await readPage(t, page, address);
      pages += 1;
      for (const link of links) if ((isPage(link, language) && !isOneOfMany(link)) || link.startsWith("/api/")) found.add(link);
    } else t.ok((await page.request.get(address)).ok(), `${address} is there`);
  }
  t.ok(pages >= fewest, `${pages} pages in ${language}`);
}

const isPage = (address: string, language: Language): boolean => address === `/${language}` || address.startsWith(`/${language}/`);

/** The page of a rule is the same for each of them: of so many, a few are read. */
const isOneOfMany = (address: string): boolean => /^\/\w\w\/bylaws\/(?!fee\.rate$|vote\.colleges$)/.test(address);

/** What a page says: how many first headings, what looks like the id of a text, where its links lead, and all else word for word. */
type Said = {
  readonly headings: number;
  readonly untranslated: readonly string[];
  readonly links: readonly string[];
  readonly words: string;
};

/**
 * What the page that is shown says, or another as it comes over the line. Keys of the bylaws stand on pages as codes. A filter leads to the
 * same page again, and they can be heaped up without end: their own test looks at them. A file is told by its filter which one it is.
 */
const saidBy = async (page: Page, address?: string): Promise<Said> =>
  page.evaluate(async (url) => {
    const text = url === undefined ? document.documentElement.outerHTML : await (await fetch(url)).text();
    const { body } = new DOMParser().parseFromString(text, "text/html");
    const links = Array.from(body.querySelectorAll<HTMLAnchorElement>("a[href]"), ({ pathname, search }) =>
      pathname.startsWith("/api/") ? pathname + search : pathname,
    );
    const headings = body.querySelectorAll("h1").length;
    for (const code of body.querySelectorAll(".code, script, style")) code.remove();
    const words = body.querySelector("main")?.textContent ?? "";
    const ids = /\b(?:community|governance|letter|marketplace|membership|money|mutual|platform|refusal)\.[a-z][\w.-]*/g;
    return { headings, untranslated: body.textContent.match(ids) ?? [], links, words };
  }, address);

type Reading = (t: Test, page: Page, address: string) => Promise<Said>;

const readOnTheLine: Reading = async (t, page, address) => wellSaid(t, address, await saidBy(page, address));

const readLaidOut: Reading = async (t, page, address) => {
  t.equal((await page.goto(address))?.status(), 200, address);
  await fits(t, page, address);
  return wellSaid(t, address, await saidBy(page));
};

/** Where axe has looked, at the width of a desk: once a page is enough, in the language with the longer words. */
const seen = new Set<string>();

/** The pages that somebody has read, by what stood on them: who finds the same words there finds the same page. */
const read = new Set<string>();

/** A page that says something new is opened, woken and looked at; one that another has read already is read as it comes over the line. */
const readFrench: Reading = async (t, page, address) => {
  const said = await readOnTheLine(t, page, address);
  const isNew = !read.has(`${address} ${said.words}`);
  read.add(`${address} ${said.words}`);
  return isNew ? readAwake(t, page, address) : said;
};

async function readAwake(t: Test, page: Page, address: string): Promise<Said> {
  t.equal((await page.goto(address))?.status(), 200, address);
  await page.locator("footer select:enabled").waitFor();
  await page.locator("h1").first().waitFor();
  const said = wellSaid(t, address, await saidBy(page));
  await fits(t, page, address);
  if (!seen.has(address)) t.same(await axe(page), [], `${address}: axe finds nothing`);
  seen.add(address);
  return said;
}

function wellSaid(t: Test, address: string, said: Said): Said {
  t.equal(said.headings, 1, `${address} has one heading`);
  t.same(said.untranslated, [], `${address} has its texts`);
  return said;
}

async function fits(t: Test, page: Page, address: string): Promise<void> {
  for (const width of [320, 1200]) {
    await page.setViewportSize({ width, height: 844 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    t.equal(over, 0, `${address} at ${width} px has no sideways scroll`);
  }
}
