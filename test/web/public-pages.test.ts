// The public pages as a stranger meets them: by night, without script, in the other language, at an address that is not there.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import { sql } from "kysely";
import { kyselyOn, openPool } from "@partcommune/server/platform/database";
import { admitMember, applyAsMember } from "@partcommune/shared/membership/api";
import { axe, callAs, lookAt, openSite, type Site } from "../support/browser.ts";
import type { Caller, TestCoop } from "../support/coop.ts";
import { endow } from "../support/endowment.ts";
import { signedIn } from "../support/entering.ts";
import { lille } from "../support/founding.ts";
import { founder } from "../support/people.ts";

const addresses = [
  "/en",
  "/fr",
  "/en/jobs",
  "/fr/members",
  "/fr/bylaws",
  "/en/gatherings",
  "/en/fund",
  "/fr/fund",
  "/en/fund/stress",
  "/fr/fund/stress",
  "/fr/fund/entries",
  "/fr/fund/history",
  "/fr/compare",
  "/en/sign-in",
  "/fr/hire",
  "/en/join",
] as const;

test("the public pages", async (t) => {
  const site = await openSite(t);
  await t.test("lead to the wizard while there is no coop", (step) => unfounded(step, site));
  const board = await founder(site.coop, { ...lille, name: "Atelier Commun" });
  await t.test("by night axe finds nothing and nothing sticks out", (step) => byNight(step, site));
  await t.test("are complete without script", (step) => withoutScript(step, site));
  await t.test("keep the reader's place when the language changes", (step) => inTheOtherLanguage(step, site));
  await t.test("say in words that a page is not there", (step) => absent(step, site));
  await t.test("reckon the seal of an entry in the reader's browser", (step) => reckoned(step, site));
  await t.test("set in hand against in hand", (step) => compared(step, site));
  await t.test("lead on, for who is employed, to what a price brings into the hand", (step) => inHand(step, site, board));
  await t.test("carry a strict policy with a fresh nonce", (step) => guarded(step, site));
});

/** Every address that any screen has, as a stranger asks for it; a thing in it is one that is not there. */
function allAddresses(): readonly string[] {
  const web = join(import.meta.dirname, "../../web/src");
  const routes = globSync("*/screens/routes.tsx", { cwd: web }).map((file) => readFileSync(join(web, file), "utf8"));
  return routes.flatMap((text) => Array.from(text.matchAll(/^ {2}path: "([^"]+)"/gm), ([, path = ""]) => path.replaceAll(/\$\w+/g, "1")));
}

async function unfounded(t: Test, { coop }: Site): Promise<void> {
  const all = allAddresses();
  t.ok(all.length >= 50 && all.includes("/setup"), `${all.length} addresses`);
  for (const address of all) {
    const { statusCode, body } = await arrivedAt(coop, `/en${address === "/" ? "" : address}`);
    t.ok(statusCode === 200 || statusCode === 404, `${address}: ${statusCode}`);
    t.match(body, 'href="/en/setup"', `${address} has the way to the wizard`);
  }
  for (const address of ["/en/fund", "/fr/participation"])
    t.equal((await coop.app.inject(address)).headers.location, `${address.slice(0, 3)}/setup`, `${address} leads there by itself`);
}

/** Where a browser stands that was sent on, once at most. */
async function arrivedAt(coop: TestCoop, address: string): Promise<Awaited<ReturnType<TestCoop["app"]["inject"]>>> {
  const answer = await coop.app.inject(address);
  return answer.statusCode === 307 ? coop.app.inject(String(answer.headers.location)) : answer;
}

/** An entry that is sealed and signed for; then the log says something else of its seal than was signed. */
async function reckoned(t: Test, site: Site): Promise<void> {
  const { coop } = site;
  await endow(coop, "500.00");
  for (const _ of ["sealed", "signed"]) {
    coop.wait(60_000);
    await coop.keepTime();
  }
  const { uid } = await coop.db.selectFrom("ledger.entry").select("uid").executeTakeFirstOrThrow();
  const page = await site.visit();
  await page.goto(`/en/fund/entries/${uid}`);
  await page.getByText("the entry, its seal and the signed state belong together").waitFor();
  await lookAt(t, page, "an-entry-reckoned");
  const admin = kyselyOn<never>(openPool(coop.url, "owner", 1, () => undefined));
  t.teardown(async () => admin.destroy());
  const turn = async (): Promise<unknown> =>
    sql
      .raw(
        `set session_replication_role = replica;
        update platform.log_leaf set leaf = set_byte(leaf, octet_length(leaf) - 4, get_byte(leaf, octet_length(leaf) - 4) # 1);
        reset session_replication_role`,
      )
      .execute(admin);
  await turn();
  await page.goto(`/fr/fund/entries/${uid}`);
  await page.getByText("ce sceau n’appartient pas à l’état du livre").waitFor();
  await turn();
}

async function byNight(t: Test, site: Site): Promise<void> {
  const page = await site.visit({ colorScheme: "dark" });
  for (const address of addresses) {
    await page.goto(address);
    await lookAt(t, page, `night${address.replaceAll("/", "-")}`);
  }
  const ground = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  t.equal(ground, "rgb(20, 32, 31)", "the ground is the night's");
}

async function withoutScript(t: Test, site: Site): Promise<void> {
  const page = await site.visit({ javaScriptEnabled: false });
  for (const address of addresses) {
    await page.goto(address);
    t.equal(await page.locator("h1").count(), 1, `${address} has one heading`);
    t.ok(await page.locator("h1").isVisible(), `${address} shows it`);
    t.ok(((await page.locator("main").innerText()).trim().length ?? 0) > 20, `${address} has its text`);
  }
  await page.goto("/en/bylaws");
  t.ok((await page.getByRole("row").count()) > 10, "every rule in force is in the document itself");
}

async function inTheOtherLanguage(t: Test, site: Site): Promise<void> {
  const page = await site.visit({ locale: "en" });
  await page.goto("/bylaws");
  t.equal(new URL(page.url()).pathname, "/en/bylaws", "an address without a language gets the reader's");
  await page.getByRole("link", { name: "français" }).click();
  await page.waitForURL("**/fr/bylaws");
  t.equal(await page.locator("html").getAttribute("lang"), "fr", "the document says its language");
  await page.locator("footer select:enabled").waitFor(); // awake: from now on a link is followed without loading a page
  await page.getByRole("navigation").getByRole("link", { name: "Missions" }).click();
  await page.waitForURL("**/fr/jobs");
  await page.waitForFunction(() => document.activeElement?.tagName === "H1");
  t.match(await page.title(), /Atelier Commun$/, "the title names page and coop");
}

async function absent(t: Test, site: Site): Promise<void> {
  const page = await site.visit();
  const answer = await page.goto("/en/no-such-page");
  t.equal(answer?.status(), 404, "the status says it too");
  t.equal(await page.locator("h1").count(), 1, "one heading");
  t.same(await axe(page), [], "axe finds nothing");
}

/** What other visits began to reckon is there by now, without script as well. */
async function compared(t: Test, site: Site): Promise<void> {
  const page = await site.visit();
  const headline = (): ReturnType<Page["locator"]> => page.locator("main p[role=status]");
  await page.goto("/fr/compare");
  await page.getByText("330,20\u00a0€ de plus ici").waitFor();
  for (const figure of ["1\u00a0367,96", "1\u00a0037,76"]) t.ok((await headline().innerText()).includes(figure), figure);
  for (const budget of ["1\u00a0830,00\u00a0€", "1\u00a0400,00\u00a0€"])
    t.ok(await page.getByRole("row", { name: "Reste avant cotisations" }).getByText(budget).isVisible(), budget);
  await lookAt(t, page, "compared");
  await page.getByLabel(/^La plateforme garde/).fill("0");
  await page.getByText("de moins ici").waitFor();
  const plain = await site.visit({ javaScriptEnabled: false });
  await plain.goto("/en/compare?price=2000&rate=30");
  t.match(
    await plain.locator("main p[role=status]").innerText(),
    /330\.20\sEUR more here/,
    "the same without script, at an address of its own",
  );
}

/** The lines under a price that somebody types who is employed. */
async function inHand(t: Test, site: Site, board: Caller): Promise<void> {
  const page = await signedIn(site, "Marc Member");
  const { id } = await callAs(page, applyAsMember, { status: "employed-entrepreneur", trade: "graphic design" });
  await board.call(admitMember, { member: id });
  await page.goto("/en/my/engagements/new");
  await page.getByLabel("Price in EUR, excl. VAT").fill("2000");
  await page.getByText("An estimate by modele-social 11.1.0").waitFor();
  for (const figure of [/74\.18/, /387\.86/, /1.367\.96/]) t.ok(await page.getByRole("definition").filter({ hasText: figure }).isVisible());
}

async function guarded(t: Test, site: Site): Promise<void> {
  const [first, second] = await Promise.all([site.coop.app.inject("/en"), site.coop.app.inject("/en")]);
  const policy = String(first.headers["content-security-policy"]);
  t.match(policy, /script-src 'self' 'nonce-[^']{22,}'/, "only our scripts run");
  t.match(policy, /frame-ancestors 'none'/, "no page frames ours");
  t.not(policy, second.headers["content-security-policy"], "no nonce serves twice");
  for (const { headers } of [first, await site.coop.app.inject("/assets/absent.js"), await site.coop.app.inject("/en/no-such-page")]) {
    t.equal(headers["x-content-type-options"], "nosniff", "types are not guessed");
    t.ok(headers["referrer-policy"], "addresses are not told to others");
  }
  t.match(first.body, /<link rel="modulepreload" href="\/assets\/home-/, "the page's own chunk is announced in its head");
  const away = await site.coop.app.inject("//evil.example/x");
  t.notMatch(String(away.headers.location), /^(https?:)?\/\//, "a redirect stays here");
}
