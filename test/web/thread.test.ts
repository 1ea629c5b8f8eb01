// A thread as its two sides see it: live, kept while it is typed, corrected, taken back, with files that are refused in words or saved whole.
import { readFile } from "node:fs/promises";
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { writeMessage } from "@partcommune/shared/platform/api/messages";
import { axe, lookAt, openSite, type Site } from "../support/browser.ts";
import { engaged } from "../support/engagements.ts";
import { cookieOf } from "../support/line.ts";
import { payloads } from "../support/payloads.ts";
import { founder } from "../support/people.ts";
import type { Caller } from "../support/coop.ts";

/** A page of a caller, on the engagement. */
async function pageOf(site: Site, caller: Caller, engagement: string, options = {}): Promise<Page> {
  const page = await site.visit(options);
  const [name = "", value = ""] = (await cookieOf(caller)).split("=");
  await page.context().addCookies([{ name, value, url: site.origin }]);
  await page.goto(`/en/my/engagements/${engagement}`);
  await page.getByRole("button", { name: "Send", exact: true }).waitFor();
  return page;
}

let pairs = 0;

/** Two who have agreed, on the page of it. */
async function sides(site: Site, board: Caller) {
  const { buyer, worker, engagement } = await engaged(site.coop, board, {}, String((pairs += 1)));
  const [client, member] = [await pageOf(site, buyer, engagement), await pageOf(site, worker, engagement)];
  return { buyer, client, member, engagement };
}

const send = async (page: Page, text: string): Promise<void> => {
  await page.getByLabel("Your message", { exact: true }).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
};

test("a thread", async (t) => {
  const site = await openSite(t);
  const board = await founder(site.coop);
  await t.test("two sides write, correct and take back, and nobody reloads", (part) => writeCorrectTakeBack(part, site, board));
  await t.test("what is typed stays on this device, and leaves by itself once the line is back, once", (part) =>
    keepWhatIsTyped(part, site, board),
  );
  await t.test("files are refused in words, or arrive and are saved as they came", (part) => sendFiles(part, site, board));
  await t.test("no browser runs what is written to a thread, though its content policy is off", (part) => runNothing(part, site, board));
});

async function writeCorrectTakeBack(t: Test, site: Site, board: Caller): Promise<void> {
  const { client, member } = await sides(site, board);
  await client.getByText("Nobody has written yet.").waitFor();
  await lookAt(t, client, "thread-1-empty");
  await send(client, "Is the logo **in** the folder?");
  await member.locator(".written strong", { hasText: "in" }).waitFor();
  await client.getByText(/^Read by /).waitFor();
  await send(member, "Yes, in too colours.");
  await client.getByText("Yes, in too colours.").waitFor();
  await member.locator("summary", { hasText: "Change or take back" }).click();
  await lookAt(t, member, "thread-2-second-thoughts");
  await member.getByLabel("Your message, changed").fill("Yes, in two colours.");
  await member.getByRole("button", { name: "Save the change" }).click();
  await client.getByText("Yes, in two colours.").waitFor();
  // The other side may read it before the writer's own form has closed.
  await member.getByRole("button", { name: "Save the change" }).waitFor({ state: "hidden" });
  await member.locator("summary", { hasText: "Change or take back" }).click();
  await member.getByRole("button", { name: "Take it back" }).click();
  await client.getByText("Taken back by whoever wrote it.").waitFor();
  await lookAt(t, client, "thread-3-stone");
}

async function keepWhatIsTyped(t: Test, site: Site, board: Caller): Promise<void> {
  const { client, member } = await sides(site, board);
  await member.getByLabel("Your message", { exact: true }).fill("Not sent yet.");
  await member.getByText(/Kept on this device at/).waitFor();
  await member.reload();
  // The page comes without it, since the server never saw it: it is there once the page has woken.
  await member.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("textarea[name=message]")?.value === "Not sent yet.");
  t.equal(await member.getByLabel("Your message", { exact: true }).inputValue(), "Not sent yet.");
  // In the page itself: Chromium would note a request that is cut on its console.
  await member.evaluate(() => {
    const real = window.fetch;
    window.fetch = () => Promise.reject(new TypeError("cut"));
    addEventListener("online", () => (window.fetch = real), { capture: true });
  });
  await member.getByRole("button", { name: "Send", exact: true }).click();
  await member.getByRole("alert").filter({ hasText: /./ }).first().waitFor();
  await lookAt(t, member, "thread-4-not-reached");
  await member.evaluate(() => void dispatchEvent(new Event("online")));
  await client.getByText("Not sent yet.").waitFor();
  t.equal(await client.locator(".said > li").count(), 1);
  await member.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("textarea[name=message]")?.value === "");
}

async function sendFiles(t: Test, site: Site, board: Caller): Promise<void> {
  const { client, member } = await sides(site, board);
  const shot = await sharp({ create: { width: 90, height: 60, channels: 3, background: "#a8381c" } })
    .jpeg()
    .toBuffer();
  const text = Buffer.from("Three formats.\n".repeat(40_000));
  await member.getByLabel("Add files").setInputFiles([
    { name: "logo.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg/>") },
    { name: "shot.jpg", mimeType: "image/jpeg", buffer: shot },
    { name: "notes.txt", mimeType: "text/html", buffer: text },
  ]);
  await member.getByRole("progressbar").first().waitFor({ state: "detached" });
  await member.getByRole("alert").filter({ hasText: "SVG, HTML and XML may run programs" }).waitFor();
  await member.locator(".files", { hasText: "600 kB" }).waitFor();
  await lookAt(t, member, "thread-5-files");
  await member.getByRole("button", { name: "Leave out logo.svg" }).click();
  await member.getByRole("button", { name: "Send", exact: true }).click();
  await client.getByRole("link", { name: "shot.jpg" }).waitFor();
  await lookAt(t, client, "thread-6-files-came");
  const [saved] = await Promise.all([client.waitForEvent("download"), client.getByRole("link", { name: "notes.txt" }).click()]);
  t.equal(saved.suggestedFilename(), "notes.txt");
  t.ok((await readFile(await saved.path())).equals(text), "whole, though it came in parts");
}

async function runNothing(t: Test, site: Site, board: Caller): Promise<void> {
  const { buyer, engagement } = await engaged(site.coop, board, {}, String((pairs += 1)));
  for (const text of payloads) await buyer.call(writeMessage, { subjectKind: "engagement", subject: engagement, text });
  const page = await site.visit({ bypassCSP: true });
  const hits: string[] = [];
  await page.exposeFunction("hit", () => void hits.push(page.url()));
  page.on("dialog", (dialog) => void hits.push(dialog.message()));
  const [name = "", value = ""] = (await cookieOf(buyer)).split("=");
  await page.context().addCookies([{ name, value, url: site.origin }]);
  await page.goto(`/en/my/engagements/${engagement}`);
  // Every page of the thread, so that each text has stood there.
  for (let shown = 50; shown < payloads.length; shown += 50) {
    await page.getByRole("button", { name: "Earlier messages" }).click();
    await page.locator(".said > li").nth(shown).waitFor();
  }
  t.equal(await page.locator(".said > li").count(), payloads.length);
  t.same(await axe(page), []);
  await page.waitForTimeout(300);
  t.same(hits, []);
}
