// Three bid together on the screen: asked by name, shares with their sum, one's signature, and what the client then sees.
import { test } from "tap";
import type { Page } from "playwright-core";
import {
  acceptBid,
  addPart,
  listBids,
  postJob,
  readEngagement,
  signEngagement,
  startEngagement,
} from "@partcommune/shared/marketplace/api";
import { admitMember, applyAsMember, foundClient } from "@partcommune/shared/membership/api";
import { saveProfile } from "@partcommune/shared/membership/api/directory";
import { callAs, lookAt, openSite } from "../support/browser.ts";
import { signedIn } from "../support/entering.ts";
import { posterJob } from "../support/jobs.ts";
import { founder, organisation } from "../support/people.ts";

const reads = async (page: Page, words: string | RegExp): Promise<void> => page.getByText(words).first().waitFor();

test("a bid of three, from the form to the work", async (t) => {
  const site = await openSite(t);
  const board = await founder(site.coop);
  const client = await signedIn(site, "Carla Client");
  const { id: of } = await callAs(client, foundClient, organisation);
  const member = async (name: string, handle: string): Promise<Page> => {
    const page = await signedIn(site, name);
    const { id } = await callAs(page, applyAsMember, { status: "invoiced", trade: "graphic design" });
    await board.call(admitMember, { member: id });
    await callAs(page, saveProfile, { handle, shown: true, headline: "", about: "", languages: [], places: [] });
    return page;
  };
  const [anna, nina, otto] = [
    await member("Anna Bid", "anna-b"),
    await member("Nina Draw", "nina-d"),
    await member("Otto Print", "otto-p"),
  ];
  const { id: job } = await callAs(client, postJob, { ...posterJob(of), endOn: "2026-12-15" });

  await anna.goto(`/en/jobs/${job}`);
  await anna.getByLabel("Why you").fill("One draws, one prints, one answers for it.");
  await anna.locator("summary", { hasText: "Bid with colleagues" }).click();
  for (const name of ["Nina Draw", "Otto Print"]) {
    await anna.getByLabel("A colleague’s name").fill(name.slice(0, 4));
    await anna.getByRole("button", { name: `Ask ${name}` }).click();
  }
  await reads(anna, /Together 2.000\.00\sEUR\./);
  await lookAt(t, anna, "team-bid-form");
  await anna.getByLabel(/^You: /).fill("50");
  await reads(anna, /come to .* more than 2.000\.00\sEUR/);
  const ask = anna.getByRole("button", { name: "Ask your colleagues to sign" });
  t.equal(await ask.isDisabled(), true, "what is not the whole is not sent");
  await anna.getByLabel("Shares").selectOption("amount");
  for (const [label, amount] of [
    ["You, in EUR", "900"],
    ["Nina Draw, in EUR", "600"],
    ["Otto Print, in EUR", "500"],
  ] as const)
    await anna.getByLabel(label).fill(amount);
  await ask.click();
  await reads(anna, "The client sees this bid once each of you has signed it.");

  await nina.goto("/en/my/engagements");
  await reads(nina, "Waits for your signature");
  await lookAt(t, nina, "team-own-bids");
  for (const page of [nina, otto]) {
    await page.goto(`/en/jobs/${job}`);
    await page.getByRole("button", { name: "Sign this bid" }).waitFor();
    if (page === nina) await lookAt(t, page, "team-bid-to-sign");
    await page.getByRole("button", { name: "Sign this bid" }).click();
    await page.getByRole("button", { name: "Sign this bid" }).waitFor({ state: "detached" });
  }
  await client.goto(`/en/jobs/${job}`);
  await client.getByRole("heading", { name: "Anna Bid, Nina Draw, Otto Print" }).waitFor();
  await reads(client, /600\.00\sEUR/);
  await lookAt(t, client, "team-bid-received");

  const [bid] = (await callAs(client, listBids, { job })).items;
  if (!bid) throw new Error("the client sees the bid");
  const { engagement } = await callAs(client, acceptBid, { bid: bid.id, version: bid.version, amount: bid.amount });
  const { hash } = await callAs(client, readEngagement, { engagement });
  await otto.goto(`/fr/my/engagements/${engagement}`);
  await otto.getByRole("button", { name: "Signer" }).first().waitFor();
  await lookAt(t, otto, "team-quote-fr");
  for (const side of [client, anna, nina, otto]) await callAs(side, signEngagement, { engagement, hash });
  await callAs(anna, startEngagement, { engagement });
  const [milestone] = (await callAs(anna, readEngagement, { engagement })).milestones;
  await callAs(nina, addPart, { milestone: milestone?.id ?? "", text: "The drawing, in three sizes." });
  await otto.reload();
  await otto.getByLabel("Votre part").fill("Les épreuves.");
  await otto.getByRole("button", { name: "Ajouter votre part" }).click();
  await reads(otto, "Otto Print a ajouté sa part");
  await lookAt(t, otto, "team-work-fr");
  await anna.goto(`/en/my/engagements/${engagement}`);
  await anna.getByRole("button", { name: "Hand in" }).first().waitFor();
  await lookAt(t, anna, "team-lead");
});
