// A coop with its pages in a real browser: what people see is clicked, read, checked by axe and kept as pictures.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import type { Test } from "tap";
import { openPages } from "@partcommune/server/platform/pages";
import { paramsOf, pathWith, type AskedOf, type Endpoint, type ToldOf } from "@partcommune/shared/platform/endpoint";
import { openCoop, seededRandom, type Caller, type TestCoop, type Wishes } from "./coop.ts";
import { cookieOf } from "./line.ts";

const pictures = join(import.meta.dirname, "../../.cache/pictures");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export type Site = { readonly coop: TestCoop; readonly origin: string; readonly visit: (options?: BrowserContextOptions) => Promise<Page> };

/** Opens a coop with its pages on a port of its own, and a browser beside it. Any console line or page error fails the test. */
export async function openSite(t: Test, { now }: Pick<Wishes, "now"> = {}): Promise<Site> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const coop = await openCoop(t, { settings: { origin }, ...(now ? { now } : {}) });
  await openPages(coop.app, { origin, random: seededRandom("nonce") });
  await coop.app.listen({ host: "localhost", port });
  return { coop, origin, visit: async (options) => newPage(t, await openBrowser(), origin, options) };
}

let opened: Browser | undefined;

/** One browser for all files of a lane: each person has cookies, storage and cache of their own in it. */
export const openBrowser = async (): Promise<Browser> => (opened?.isConnected() ? opened : (opened = await launch()));

/** A process does not end before its browser has. */
export const closeBrowser = async (): Promise<void> => opened?.close();

async function launch(): Promise<Browser> {
  const executablePath = process.env["CHROME_PATH"];
  if (!executablePath) throw new Error("No browser: run the tests through `npm test`, or set CHROME_PATH.");
  // Never the package's own flags: they turn off the very protections these tests look at.
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"] });
}

/** A page of one person: their own cookies, the width of a phone unless said. */
export async function newPage(t: Test, browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin, viewport: { width: 390, height: 844 }, reducedMotion: "reduce", ...options });
  t.teardown(() => context.close());
  const page = await context.newPage();
  if (options.javaScriptEnabled !== false) arriveAwake(page);
  page.on("console", (line) => void (isRefusal(line.text()) || isSignOut(line.text()) || t.fail(`console ${line.type()}: ${line.text()}`)));
  page.on("pageerror", (error) => t.fail(`page error: ${error.message}`));
  page.on("request", (request) => void (request.url().startsWith(origin) || t.fail(`asks another origin: ${request.url()}`)));
  return page;
}

/** Whoever opens a page waits until it is awake, as a person does without knowing: buttons are asleep until then. */
function arriveAwake(page: Page): void {
  const goto = page.goto.bind(page);
  page.goto = async (...where) => {
    const answer = await goto(...where);
    const scheme = page.locator("footer select");
    if ((await scheme.count()) > 0) await page.locator("footer select:enabled").waitFor();
    return answer;
  };
}

/** Opens a page whose scripts are held back on their way, as on a slow line; what is returned lets them come, and waits until the page is awake. */
export async function arriveAsleep(page: Page, url: string): Promise<() => Promise<void>> {
  const gate = Promise.withResolvers<undefined>();
  await page.route("**/*.js", async (route) => {
    await gate.promise;
    await route.continue();
  });
  await page.evaluate((address) => void location.assign(address), url);
  await page.locator("footer select:disabled").waitFor();
  return async () => {
    gate.resolve(undefined);
    await page.locator("footer select:enabled").waitFor();
    await page.unroute("**/*.js");
  };
}

/** Chromium notes each refused request by itself; a refusal is an answer, and the page shows it. */
const isRefusal = (line: string): boolean => /^Failed to load resource: the server responded with a status of 4\d\d/.test(line);

/** Chromium notes by itself that signing out cleared what this browser kept. */
const isSignOut = (line: string): boolean =>
  /^Clear-Site-Data header on '[^']+\/api\/v1\/sessions(\/current)?': Cleared data types/.test(line);

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "localhost");
  await new Promise((ready, failed) => probe.once("listening", ready).once("error", failed));
  const { port } = probe.address() as { port: number };
  await new Promise((closed) => probe.close(closed));
  return port;
}

/** The violations axe finds in the page as it stands, of any weight. */
export async function axe(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const { result: stands } = await session.send("Runtime.evaluate", { expression: "typeof axe", returnByValue: true });
  if (stands.value === "undefined") await session.send("Runtime.evaluate", { expression: axeSource });
  const { result } = await session.send("Runtime.evaluate", {
    expression: `axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"] }).then((r) => r.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.html)))`,
    awaitPromise: true,
    returnByValue: true,
  });
  return result.value as string[];
}

/** A passkey device of this page's person, in Chromium itself: verified and willing until told otherwise. */
export type Device = {
  /** Whether the person answers with finger or PIN; unwilling, each dialogue ends as if they closed it. */
  readonly willing: (willing: boolean) => Promise<void>;
  readonly passkeys: () => Promise<number>;
};

export async function authenticator(page: Page): Promise<Device> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    willing: async (willing) => void (await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: willing })),
    passkeys: async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials.length,
  };
}

/** The page becomes this caller's: they share the cookie. */
export async function signInAs(page: Page, url: string, caller: Caller): Promise<void> {
  const [name = "", value = ""] = (await cookieOf(caller)).split("=", 2);
  await page.context().addCookies([{ name, value, url }]);
}

/** An act of the person of this page that a test does not tell by clicks, through the same door and with their own cookie. */
export async function callAs<E extends Endpoint>(page: Page, endpoint: E, input: AskedOf<E>): Promise<ToldOf<E>> {
  const params = new Set(paramsOf(endpoint.path));
  const rest = Object.fromEntries(Object.entries(input as Record<string, unknown>).filter(([name]) => !params.has(name)));
  const { origin } = new URL(page.url());
  const reads = endpoint.method === "GET";
  const answer = await page.context().request.fetch(origin + pathWith(endpoint.path, input as Record<string, unknown>), {
    method: endpoint.method,
    headers: { origin, ...(reads ? {} : { "idempotency-key": `story-${(calls += 1)}` }) },
    ...(reads ? {} : { data: rest }),
  });
  if (!answer.ok()) throw new Error(`${endpoint.path}: ${await answer.text()}`);
  return (await answer.json()) as ToldOf<E>;
}

let calls = 0;

/** Looks at a page at phone and desk width: nothing sticks out sideways, a picture is kept. Axe reads it on the phone; at the desk it reads each page on the walk through the house. */
export const lookAt = async (t: Test, page: Page, name: string): Promise<void> =>
  atWidths(t, page, name, async (width) => {
    if (width === 390) t.same(await axe(page), [], `${name}: axe finds nothing`);
    await pictureOf(page, name, width);
  });

/** Looks at a page that axe has seen in another language: nothing sticks out sideways, a picture of the phone is kept. */
export const glanceAt = async (t: Test, page: Page, name: string): Promise<void> =>
  atWidths(t, page, name, async (width) => (width === 390 ? pictureOf(page, name, width) : undefined));

/** Looks at a page that is told in both languages: axe reads it in the one with the longer words. */
export const lookIn = async (t: Test, page: Page, language: string, name: string): Promise<void> =>
  (language === "fr" ? lookAt : glanceAt)(t, page, `${language}-${name}`);

/** Pictures are for people: a whole run takes none unless it is asked to. */
async function pictureOf(page: Page, name: string, width: number): Promise<void> {
  if (!process.env["PICTURES"]) return;
  await page.screenshot({ path: join(pictures, `${name}-${width}.png`), fullPage: true });
}

async function atWidths(t: Test, page: Page, name: string, look: (width: number) => Promise<void>): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  for (const width of [320, 390, 1200]) {
    await page.setViewportSize({ width, height: width > 700 ? 900 : 844 });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    t.equal(over, 0, `${name} at ${width} px has no sideways scroll`);
    if (width > 320) await look(width);
  }
  await page.setViewportSize({ width: 390, height: 844 });
}
