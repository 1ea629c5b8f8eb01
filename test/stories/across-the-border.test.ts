// A job crosses the border: La Filature in Lille reads the board of Atelier Commun in Brussels, from an address typed by an officer.
import { test } from "tap";
import type { Page } from "playwright-core";
import { askNeighbour, followNeighbour } from "@partcommune/shared/federation/api";
import { sponsorProposal } from "@partcommune/shared/governance/api";
import { postJob, withdrawJob } from "@partcommune/shared/marketplace/api";
import { millisecondsOf } from "@partcommune/shared/platform/time";
import { glanceAt, lookAt, newPage, openBrowser, signInAs } from "../support/browser.ts";
import { posterJob } from "../support/jobs.ts";
import { backAgain, foundedIn, voted, type Members } from "../support/members.ts";
import { told } from "../support/told.ts";
import { clientOwner, founder, trialMember } from "../support/people.ts";
import type { TestCoop } from "../support/coop.ts";
import { bound, laFilature, openSister, settled } from "../support/sisters.ts";
import { spoken } from "./words.ts";

const reads = async (page: Page, words: string | RegExp): Promise<void> => page.getByText(words).first().waitFor();

test("an officer pastes an address, and jobs of another country stand in the search", async (t) => {
  const browser = await openBrowser();
  const [brussels, lille] = [await openSister(t, "brussels"), await openSister(t, "lille", true)];
  await founder(brussels);
  const board = await founder(lille, laFilature);
  const { caller: carla, client } = await clientOwner(brussels, "Musee du Canal");
  await carla.call(postJob, { ...posterJob(client), title: "Affiche pour la foire", language: "fr" });
  await settled(brussels, lille);

  const officer = await newPage(t, browser, lille.origin);
  await signInAs(officer, lille.origin, board);
  await officer.goto("/fr/sisters");
  await reads(officer, "Nous ne lisons encore le tableau d’aucune autre coopérative.");
  await officer.getByLabel("Son adresse").fill(brussels.origin);
  await officer.getByRole("button", { name: "Frapper à la porte" }).click();
  await reads(officer, "On frappe à la porte depuis");
  await settled(brussels, lille);
  await reads(officer, "A répondu, pas encore suivie :");
  await lookAt(t, officer, "sisters-1-found");
  await officer.getByRole("button", { name: "Suivre le tableau de Atelier Commun" }).click();
  await reads(officer, "Demande de suivre son tableau envoyée");
  await settled(brussels, lille);
  await reads(officer, "Ses missions publiques figurent dans notre recherche.");
  await lookAt(t, officer, "sisters-2-followed");

  const visitor = await newPage(t, browser, lille.origin);
  await visitor.goto("/fr/jobs");
  await reads(visitor, "chez Atelier Commun, pas encore de traité");
  await lookAt(t, visitor, "sisters-3-search");
  await visitor.getByRole("link", { name: "Affiche pour la foire" }).click();
  await reads(visitor, "La lire chez Atelier Commun");
  await lookAt(t, visitor, "sisters-4-job");
  await visitor.goto("/en/sisters");
  await glanceAt(t, visitor, "sisters-5-public");

  for (const coop of [brussels, lille]) coop.wait(60_000);
  const second = (await carla.call(postJob, { ...posterJob(client), title: "Two more posters" })).body.id;
  await settled(brussels, lille);
  await visitor.goto("/en/jobs");
  await reads(visitor, "Two more posters");
  await carla.call(withdrawJob, { job: second });
  await settled(brussels, lille);
  await visitor.goto("/en/jobs");
  await reads(visitor, "Affiche pour la foire");
  t.equal(await visitor.getByText("Two more posters").count(), 0, "what its client took back is gone here too");
});

const { en, fr } = spoken;

/** Two coops in step: what one sent arrives at the other, and a second passes. */
async function arrived(...coops: readonly TestCoop[]): Promise<void> {
  await settled(...coops);
  for (const coop of coops) coop.wait(1_000);
}

/** Presses a button, and waits until what it does is done. */
async function pressed(page: Page, name: string): Promise<void> {
  const button = page.getByRole("button", { name });
  await button.click();
  await button.waitFor({ state: "detached" });
}

/** Weeks pass at one coop; the other's clock comes along. */
const inStep = (behind: TestCoop, ahead: TestCoop): void => behind.wait(millisecondsOf(ahead.now()) - millisecondsOf(behind.now()));

/** What stands on the page is written out as a proposal and published; its members then vote for it. */
async function votedFrom(page: Page, stage: Members, why: string): Promise<void> {
  // The page before asks for reasons, too.
  await page.getByRole("button", { name: "Garder en brouillon" }).waitFor();
  await page.getByLabel("Pourquoi").fill(why);
  await page.getByRole("button", { name: "Garder en brouillon" }).click();
  await pressed(page, "Publier");
  const proposal = page.url().split("/").at(-1) ?? "";
  for (const { caller } of stage.people.slice(1)) await told(caller, sponsorProposal, { proposal });
  await voted(stage, [proposal]);
}

test("the members of two coops vote for one treaty", async (t) => {
  const browser = await openBrowser();
  const [brussels, lille] = [await openSister(t, "brussels", true), await openSister(t, "lille", true)];
  const ours = await foundedIn(brussels, ["Fanny Founder", "Tess", "Tom"]);
  const theirs = await foundedIn(lille, ["Fanny Founder", "Tara", "Theo"], laFilature);
  const { id: neighbour } = await told(ours.board, askNeighbour, { address: lille.origin });
  await settled(brussels, lille);
  await told(ours.board, followNeighbour, { neighbour });
  await settled(brussels, lille);

  const here = await newPage(t, browser, brussels.origin);
  await signInAs(here, brussels.origin, ours.board);
  await here.goto("/fr/sisters");
  await here.getByRole("link", { name: "La Filature" }).click();
  await reads(here, "Ce qu’un traité changerait");
  await lookAt(t, here, "treaty-1-before");
  await here.getByRole("link", { name: "Proposer un traité avec La Filature" }).click();
  await here.getByLabel("Pays où se fait le travail").fill("BE, FR");
  await lookAt(t, here, "treaty-2-proposing");
  await votedFrom(here, ours, "Du travail des deux côtés de la frontière.");
  inStep(lille, brussels);
  await arrived(brussels, lille);

  await backAgain({ coop: lille }, theirs.people);
  const there = await newPage(t, browser, lille.origin);
  await signInAs(there, lille.origin, theirs.board);
  await there.goto("/fr/sisters");
  await reads(there, "Un traité est en route.");
  await there.getByRole("link", { name: "Atelier Commun" }).click();
  await reads(there, "Atelier Commun propose un traité");
  await reads(there, "Belgique et France");
  await lookAt(t, there, "treaty-3-received");
  await there.getByRole("link", { name: "Soumettre ce traité aux membres" }).click();
  await votedFrom(there, theirs, "Nous les lisons depuis longtemps.");
  inStep(brussels, lille);
  await arrived(brussels, lille);
  for (const [page, name] of [
    [here, "La Filature"],
    [there, "Atelier Commun"],
  ] as const) {
    await page.goto("/fr/sisters");
    await reads(page, "Coopérative sœur : un traité est en vigueur.");
    await page.getByRole("link", { name }).click();
    await reads(page, "Le traité est en vigueur");
  }
  await lookAt(t, there, "treaty-4-in-force");
});

test("under a treaty, a member of Lille does the job of a client of Brussels", async (t) => {
  const browser = await openBrowser();
  const coops = [await openSister(t, "brussels", true), await openSister(t, "lille", true)] as const;
  const [brussels, lille] = coops;
  await founder(brussels);
  const board = await founder(lille, laFilature);
  const { caller: carla, client: organisation } = await clientOwner(brussels, "Carla");
  const anna = await trialMember(lille, board, "Anna");
  await bound(brussels, lille);
  const { place: _, ...remote } = posterJob(organisation);
  const job = (await carla.call(postJob, { ...remote, title: "Affiche pour la foire", language: "fr" })).body.id;
  await arrived(...coops);

  const [member, client] = [await newPage(t, browser, lille.origin), await newPage(t, browser, brussels.origin)];
  await signInAs(member, lille.origin, anna);
  await signInAs(client, brussels.origin, carla);
  await member.goto("/fr/jobs");
  await reads(member, "chez Atelier Commun, coopérative sœur");
  await lookAt(t, member, "across-1-search");
  await member.getByRole("link", { name: "Affiche pour la foire" }).click();
  await member.getByLabel(fr.pitch).fill("J’en ai fait dix.");
  await reads(member, /De la contribution, 34,00\s€ restent à Atelier Commun/);
  await lookAt(t, member, "across-2-bidding");
  await member.getByRole("button", { name: fr.place }).click();
  await reads(member, fr.yours);
  await arrived(...coops);
  await member.reload();
  await reads(member, /Arrivée chez Atelier Commun/);
  await lookAt(t, member, "across-3-arrived");

  await client.goto(`/en/jobs/${job}`);
  await reads(client, "Member of La Filature");
  await lookAt(t, client, "across-4-offered");
  await client.locator("summary", { hasText: en.accept }).click();
  await client.getByRole("button", { name: /Accept Anna for 2\s000\.00\sEUR/ }).click();
  await pressed(client, en.sign);
  await reads(client, /Anna is a member of La Filature/);
  await lookAt(t, client, "across-5-signed-client");
  await arrived(...coops);

  await member.reload();
  await member.getByRole("link", { name: fr.seeEngagement }).click();
  await reads(member, /fait partie de la clientèle de Atelier Commun/);
  await lookAt(t, member, "across-6-quote");
  await pressed(member, fr.sign);
  await member.getByRole("button", { name: fr.begin }).waitFor();
  await arrived(...coops);
  await pressed(member, fr.begin);
  await member.getByLabel(fr.handInText).first().fill("Trois formats, prêts pour l’imprimerie.");
  await pressed(member, fr.handIn);
  await reads(member, /Anna a remis l’étape 1/);
  await arrived(...coops);
  await reads(client, "Trois formats, prêts pour l’imprimerie.");
  await lookAt(t, client, "across-7-handed-in");
  await client.getByRole("button", { name: en.approve }).click();
  await reads(client, /Pay invoice BE-2026-000001/);
  await lookAt(t, client, "across-8-approved");
  await arrived(...coops);
  await reads(member, /doit ce travail à notre coopérative, que Carla SA paie ou non/);
  await reads(member, /1\s830,00\s€/);
  t.equal(await member.getByText(/a payé/).count(), 0, "nobody says of a client that it paid who did not");
  await lookAt(t, member, "across-9-earned");
});
