// What people write stays text: programs hidden in titles, names and pitches change no page's markup and run in no browser, not even without the content policy.
import { test, type Test } from "tap";
import { searchJobs, placeBid, postJob, readJob } from "@partcommune/shared/marketplace/api";
import { foundClient } from "@partcommune/shared/membership/api";
import { openSite, type Site } from "../support/browser.ts";
import type { Caller, TestCoop } from "../support/coop.ts";
import { posterJob } from "../support/jobs.ts";
import { cookieOf } from "../support/line.ts";
import { payloads } from "../support/payloads.ts";
import { clientOwner, confirmedMember, founder, organisation } from "../support/people.ts";

const amount = { amount: "2000.00", currency: "EUR" };
/** As much of a text as a field of one line takes. */
const fitting = (text: string, longest: number): string => text.replaceAll("\n", "·").slice(0, longest).padEnd(3, ".");

type Written = { readonly job: string; readonly client: string };

/** A job with one text wherever its poster says what is wanted, and another wherever it says who wants it and where. */
async function written(buyer: Caller, member: Caller, text: string, name: string): Promise<Written> {
  const founded = await buyer.call(foundClient, {
    ...organisation,
    name: fitting(name, 120),
    street: fitting(name, 120),
    town: fitting(name, 80),
  });
  const client = founded.body.id;
  const words = { title: fitting(text, 120), text, trade: fitting(name, 80), place: { town: fitting(name, 80), country: "BE" } };
  const posted = await buyer.call(postJob, { ...posterJob(client), ...words });
  if (posted.status !== 201) throw new Error(`${text}: ${founded.text} ${posted.text}`);
  const bid = await member.call(placeBid, { job: posted.body.id, amount, pitch: text });
  if (bid.status !== 201) throw new Error(`${text}: ${bid.text}`);
  return { job: posted.body.id, client };
}

/** The markup of a page without what people wrote: its tags with the names of their attributes. Scripts count as one. */
function skeletonOf(html: string): string {
  const tags = html
    // What is written as Markdown has markup of its own: which, the test of writing messages says.
    .replaceAll(/(<div class="written"[^>]*>)[\s\S]*?(?=<\/div>)/g, "$1")
    .replaceAll(/(<script\b[^>]*>)[\s\S]*?(?=<\/script)/g, "$1")
    // How many parts a page's own data leaves in is a matter of time, so they count as one.
    .replaceAll(/(<script\b[^>]*data-tsr-stream-part[^>]*><\/script>\s*)+/g, "<script data-tsr-stream-part></script>")
    .matchAll(/<(\/?[a-zA-Z][\w-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>|<!--[\s\S]*?-->/g);
  return Array.from(tags, ([, name = "comment", attributes = ""]) =>
    [name, ...Array.from(attributes.matchAll(/([\w:-]+)(?:="[^"]*")?/g), ([, attribute = ""]) => attribute)].join(" "),
  ).join("\n");
}

const pageOf = async (caller: Caller, url: string): Promise<string> => (await caller.raw({ method: "GET", url })).body;

/** The programs of a page: none may end early, or begin a comment that swallows its end. */
const programsOf = (html: string): readonly string[] =>
  Array.from(html.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script/g), ([, text = ""]) => text);

/** Each text once, in one of the two places; `npm run drill -- texts` puts each in both. */
const turns = Number(process.env["TURNS"] ?? 1);
const half = Math.ceil(payloads.length / 2);
const placed: readonly (readonly [text: string, name: string])[] = payloads
  .slice(0, half * turns)
  .map((text, at) => [text, payloads[(at + half) % payloads.length] ?? ""]);

const bidsOfOne = 18; // under the bylaw's limit of open bids
const clientsOfOne = 45; // so that a page's own list of them stays alike

type Pair = { readonly buyer: Caller; readonly member: Caller };

/** For each text a buyer and a member who have not written too much yet. */
async function pairs(coop: TestCoop): Promise<(at: number) => Pair> {
  const board = await founder(coop);
  const [buyers, members]: [Caller[], Caller[]] = [[], []];
  for (let at = 0; at <= placed.length; at += clientsOfOne) buyers.push((await clientOwner(coop, `Carla ${at}`)).caller);
  for (let at = 0; at <= placed.length; at += bidsOfOne) members.push((await confirmedMember(coop, board, `Anna ${at}`)).caller);
  return (at) => {
    const [buyer, member] = [buyers[Math.floor(at / clientsOfOne)], members[Math.floor(at / bidsOfOne)]];
    if (!buyer || !member) throw new RangeError(`nobody is left for text ${at}`);
    return { buyer, member };
  };
}

test(
  "what people write changes no page's markup, and runs in no browser even with its content policy off",
  { timeout: 200_000 },
  async (t) => {
    t.ok(payloads.length >= 150, `${payloads.length} texts`);
    t.not(skeletonOf("<p><img src=x onerror=hit()></p>"), skeletonOf("<p>&lt;img src=x onerror=hit()></p>"), "an element more is seen");
    const site = await openSite(t);
    const pairFor = await pairs(site.coop);
    const { buyer: last, member } = pairFor(placed.length);
    const plain = await written(last, member, "A plain text.", "A plain name.");
    const wanted = skeletonOf(await pageOf(last, `/en/jobs/${plain.job}`));
    t.ok(wanted.split("\n").length > 40 && wanted.includes("h1"), "a page was looked at");
    for (const [at, [text, name]] of placed.entries()) {
      const { buyer, member: bidder } = pairFor(at);
      const { job } = await written(buyer, bidder, text, name);
      const page = await pageOf(buyer, `/en/jobs/${job}`);
      // Named by its number: a test's own report is one more place that must not be led astray.
      t.equal(skeletonOf(page), wanted, `the markup with text ${at}`);
      t.same(
        programsOf(page).filter((program) => /<\/script|<!--|<script|\u2028|\u2029/i.test(program)),
        [],
        `the page's own programs with text ${at}`,
      );
      t.equal(page.match(/<script\b(?![^>]*nonce=)[^>]*>/g), null, "every program carries the nonce");
      const told = await buyer.call(readJob, { job });
      t.equal(told.body.text, text.trim(), "and it is told as it was written");
      t.match(told.headers, { "content-type": /^application\/json/, "x-content-type-options": "nosniff" });
    }
    await runNothing(t, site, pairFor(0).buyer);
  },
);

async function runNothing(t: Test, site: Site, buyer: Caller): Promise<void> {
  const page = await site.visit({ bypassCSP: true });
  const hits: string[] = [];
  await page.exposeFunction("hit", () => void hits.push(page.url()));
  page.on("dialog", (dialog) => void hits.push(dialog.message()));
  // The net has no holes: the same text, let in, is caught.
  await page.goto("/en");
  await page.evaluate(
    () => void document.body.append(Object.assign(document.createElement("div"), { innerHTML: "<img src=data:, onerror=hit()>" })),
  );
  await page.waitForTimeout(300);
  t.equal(hits.splice(0).length, 1, "a text that runs is noticed");
  const [name = "", value = ""] = (await cookieOf(buyer)).split("=");
  await page.context().addCookies([{ name, value, url: site.origin }]);
  const jobs: string[] = [];
  for (let after: string | undefined = undefined; ;) {
    const { items, next }: { items: { id: string }[]; next?: string | undefined } = (
      await buyer.call(searchJobs, { limit: 200, ...(after ? { after } : {}) })
    ).body;
    jobs.push(...items.map(({ id }) => id));
    if (!next) break;
    after = next;
  }
  t.equal(jobs.length, placed.length + 1);
  for (const address of ["/en/jobs", "/fr/jobs", "/en/hire", ...jobs.filter((_, at) => at % 3 === 0).map((job) => `/en/jobs/${job}`)]) {
    await page.goto(address, { waitUntil: "load" });
    await page
      .locator("main")
      .focus()
      .catch(() => undefined);
  }
  await page.waitForTimeout(300);
  t.same(hits, []);
}
