// A job crosses the border: La Filature in Lille reads the board of Atelier Commun in Brussels, from an address typed by an officer.
import { test } from "tap";
import type { Page } from "playwright-core";
import { postJob, withdrawJob } from "@partcommune/shared/marketplace/api";
import { glanceAt, lookAt, newPage, openBrowser, signInAs } from "../support/browser.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, founder } from "../support/people.ts";
import { laFilature, openSister, settled } from "../support/sisters.ts";

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
