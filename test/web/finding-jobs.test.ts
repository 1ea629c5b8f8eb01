// Finding a job: without script, by keyboard, with nothing found, and why the order is what it is.
import { test, type Test } from "tap";
import { listSkills, postJob } from "@partcommune/shared/marketplace/api";
import { admitMember, applyAsMember, askToSignUp, openSession } from "@partcommune/shared/membership/api";
import { callAs, lookAt, openSite, type Site } from "../support/browser.ts";
import type { Caller } from "../support/coop.ts";
import { posterJob } from "../support/jobs.ts";
import { addressOf, clientOwner, codeFor, founder } from "../support/people.ts";

const skillCalled = async (caller: Caller, text: string): Promise<string> =>
  (await caller.call(listSkills, { text })).body.items[0]?.id ?? "";

type Stage = Site & { readonly board: Caller; readonly buyer: Caller; readonly client: string };

async function furnished(site: Site): Promise<Stage> {
  const { coop } = site;
  const board = await founder(coop);
  const { caller, client } = await clientOwner(coop, "Carla");
  const [poster, carpentry] = [await skillCalled(caller, "poster design"), await skillCalled(caller, "carpentry")];
  const job = posterJob(client);
  const french = { language: "fr", trade: "imprimerie" } as const;
  await caller.call(postJob, { ...job, ...french, title: "Imprimés pour la fête de printemps", text: "Trois formats.", skills: [poster] });
  await caller.call(postJob, {
    ...job,
    title: "A roof for the bicycle shed",
    trade: "carpentry",
    skills: [carpentry],
    place: { town: "Lille", country: "FR" },
  });
  await caller.call(postJob, {
    ...job,
    title: "Minutes of four assemblies",
    trade: "administration",
    place: undefined,
    price: undefined,
    bidsUntil: "2026-12-02",
  });
  return { ...site, board, buyer: caller, client };
}

test("finding a job", async (t) => {
  const site = await furnished(await openSite(t));
  await t.test("a visitor without script finds the French job by a Dutch word for its skill", (step) => withoutScript(step, site));
  await t.test("filters stand in the address and say how many jobs they leave", (step) => narrowed(step, site));
  await t.test("nothing found names the filter to leave, and what is mistyped is understood", (step) => nothing(step, site));
  await t.test("a search is kept, and ended by the link of its letter", (step) => kept(step, site));
  await t.test("keys walk the list", (step) => byKeyboard(step, site));
  await t.test("the order explains itself", (step) => explained(step, site));
});

async function withoutScript(t: Test, site: Site): Promise<void> {
  const page = await site.visit({ javaScriptEnabled: false });
  await page.goto("/nl/jobs");
  await page.goto("/fr/jobs");
  await page.getByRole("searchbox").fill("afficheontwerp");
  await page.getByRole("search").getByRole("button").click();
  await page.waitForURL("**/fr/jobs?q=afficheontwerp");
  t.equal(await page.locator(".jobCard").count(), 1);
  await page.getByRole("link", { name: "Imprimés pour la fête de printemps" }).click();
  t.match(await page.locator("main").innerText(), /création d’affiches/, "its skill is told in the reader's language");
  await page.goto("/en/jobs");
  await page.locator(".facets > summary").click();
  await page.getByRole("link", { name: "remote" }).click();
  t.match(page.url(), /\/en\/jobs\?place=remote$/, "a filter is a link");
  await page.locator(".facets > summary").click();
  await page.getByRole("textbox", { name: "from" }).fill("100");
  await page.locator(".range").getByRole("button").click();
  await page.getByText("No job with these 2 filters.").waitFor();
  t.match(page.url(), /place=remote&min=100&max=$/, "what is typed joins what was chosen");
}

async function narrowed(t: Test, site: Site): Promise<void> {
  const page = await site.visit();
  await page.goto("/en/jobs");
  await page.getByText("3 jobs", { exact: true }).waitFor();
  await lookAt(t, page, "finding-1-jobs");
  await page.locator(".facets > summary").click();
  await lookAt(t, page, "finding-2-filters");
  await page.getByRole("link", { name: "France" }).click();
  await page.waitForURL("**/en/jobs?place=FR");
  await page.getByText("1 job", { exact: true }).waitFor();
  await page.locator('.heard[role="status"]', { hasText: "1 job" }).waitFor({ state: "attached" });
  await page.getByRole("link", { name: "français" }).click();
  await page.waitForURL("**/fr/jobs?place=FR");
  await page.getByText("1 mission", { exact: true }).waitFor();
  await lookAt(t, page, "finding-3-narrowed-fr");
  await page.getByRole("link", { name: /Retirer/ }).click();
  await page.waitForURL("**/fr/jobs");
  await page.getByText("3 missions", { exact: true }).waitFor();
}

async function nothing(t: Test, site: Site): Promise<void> {
  const page = await site.visit();
  await page.goto("/en/jobs?trade=carpentry&language=fr");
  await page.getByText("No job with these 2 filters.").waitFor();
  await lookAt(t, page, "finding-4-nothing");
  await page.getByRole("link", { name: "Without carpentry: 1 job" }).click();
  await page.waitForURL("**/en/jobs?language=fr");
  await site.coop.keepTime();
  await page.goto("/en/jobs?q=bicicle");
  await page.getByText("Did you mean").waitFor();
  await page.getByRole("link", { name: "bicycle", exact: true }).click();
  await page.getByRole("link", { name: "A roof for the bicycle shed" }).waitFor();
  await page.goto("/en/jobs?min=abc&language=xx&place=nowhere&skills=1&order=sideways&x=1");
  t.equal(await page.locator(".jobCard").count(), 3, "an address that means nothing still shows the jobs");
}

async function kept(t: Test, site: Stage): Promise<void> {
  const page = await site.visit();
  await page.goto("/en/jobs");
  const email = addressOf("Max Member");
  await callAs(page, askToSignUp, { name: "Max Member", email, language: "en" });
  await site.coop.settle();
  await callAs(page, openSession, { email, code: codeFor(site.coop, email) });
  const { id: member } = await callAs(page, applyAsMember, { status: "invoiced", trade: "printing" });
  await site.board.call(admitMember, { member });
  await page.goto("/en/jobs?q=poster");
  await page.locator("summary", { hasText: "Tell me of new ones" }).click();
  await page.getByLabel("A letter comes").selectOption("atOnce");
  await lookAt(t, page, "finding-8-keeping");
  await page.getByRole("button", { name: "Keep this search" }).click();
  await page.getByText("Kept. A letter comes").waitFor();
  await page.getByRole("main").getByRole("link", { name: "Saved searches" }).click();
  await page.getByRole("heading", { name: "“poster”" }).waitFor();
  await page.getByLabel("Skills").fill("afficheontw");
  await page.getByRole("button", { name: "Add: poster design" }).click();
  await page.getByRole("button", { name: "Keep these skills" }).click();
  await page.getByText("Kept.", { exact: true }).waitFor();
  await lookAt(t, page, "finding-9-searches");
  await site.buyer.call(postJob, { ...posterJob(site.client), title: "One more poster" });
  await site.coop.settle();
  await site.coop.keepTime();
  await site.coop.settle();
  const link = /http\S+searches\/end\S+/.exec(site.coop.mails.findLast(({ to }) => to === email)?.text ?? "")?.[0] ?? "";
  const reader = await site.visit();
  await reader.goto(link);
  await lookAt(t, reader, "finding-10-ending");
  await reader.getByRole("button", { name: "End this search" }).click();
  await reader.getByText("This search is ended.").waitFor();
  await page.goto("/fr/my/searches");
  await page.getByText("Vous ne gardez aucune recherche.").waitFor();
  await lookAt(t, page, "finding-11-none-kept-fr");
}

async function byKeyboard(t: Test, site: Site): Promise<void> {
  const page = await site.visit();
  await page.goto("/en/jobs?order=closing");
  await page.locator("footer select:enabled").waitFor();
  await page.getByRole("searchbox").focus();
  await page.keyboard.type("j/k");
  t.equal(await page.getByRole("searchbox").inputValue(), "j/k", "who types is left alone");
  await page.getByRole("link", { name: "Newest" }).focus();
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await page.keyboard.press("j");
  t.equal(await focused(), "Minutes of four assemblies");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  t.equal(await focused(), "Minutes of four assemblies");
  await page.keyboard.press("/");
  t.equal(await page.evaluate(() => document.activeElement?.id), "q");
}

async function explained(t: Test, site: Site): Promise<void> {
  const page = await site.visit();
  await page.goto("/en/jobs?q=bicycle");
  await page.locator(".why > summary").click();
  await page.getByText("words: 100% of what is possible, weighs 30%, gives 30.0").waitFor();
  await lookAt(t, page, "finding-5-why");
  await page.getByRole("link", { name: "How jobs are ordered" }).click();
  await page.getByRole("heading", { name: "How jobs are ordered" }).waitFor();
  await lookAt(t, page, "finding-6-ranking");
  await page.getByRole("link", { name: "français" }).click();
  await page.getByRole("heading", { name: "Comment les missions sont ordonnées" }).waitFor();
  await lookAt(t, page, "finding-7-ranking-fr");
}
