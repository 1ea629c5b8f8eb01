// How the work goes: talked about, handed in, changed, approved.
import { readFile } from "node:fs/promises";
import type { Test } from "tap";
import type { Page } from "playwright-core";
import { own } from "./words.ts";
import { type Says, reads, type Tale } from "./tale.ts";

export async function worked(t: Test, client: Page, member: Page, tale: Tale): Promise<void> {
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

/** The first milestone is approved: the client pays it while the member works on. */
async function atTheSecond(t: Test, client: Page, member: Page, look: Tale["look"]): Promise<void> {
  await reads(t, member, own.second, "what is approved is the client's to pay; the member is at the next milestone");
  await look(t, member, "own-7-at-the-second");
  await look(t, client, "own-8-first-approved");
}
