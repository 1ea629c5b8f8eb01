// Choosing a bid as people do it: a question answered, bids side by side, a member invited, and a shortlist fixed without names.
import { test, type Test } from "tap";
import { askQuestion, listSkills, placeBid, postJob, setMySkills } from "@partcommune/shared/marketplace/api";
import { saveProfile } from "@partcommune/shared/membership/api/directory";
import { lookAt, openSite, signInAs, type Site } from "../support/browser.ts";
import type { Caller } from "../support/coop.ts";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, founder, trialMember } from "../support/people.ts";

type Stage = Site & {
  readonly carla: Caller;
  readonly client: string;
  readonly members: readonly [marc: Caller, nina: Caller, olga: Caller];
  readonly skills: readonly string[];
};

const amount = (euros: number) => ({ amount: `${euros}.00`, currency: "EUR" });

async function furnished(site: Site): Promise<Stage> {
  const { coop } = site;
  const board = await founder(coop);
  const { caller: carla, client } = await clientOwner(coop, "Carla");
  const named = async (name: string): Promise<Caller> => {
    const member = await trialMember(coop, board, name);
    const handle = `${name.toLowerCase()}-at-work`;
    await member.call(saveProfile, { handle, shown: true, headline: "Signs and letters", about: "", languages: [], places: [] });
    return member;
  };
  const members = [await named("Marc"), await named("Nina"), await named("Olga")] as const;
  const [skill] = (await carla.call(listSkills, { text: "poster design" })).body.items;
  const skills = [skill?.id ?? ""];
  await members[0].call(setMySkills, { skills });
  return { ...site, carla, client, members, skills };
}

test("choosing a bid", async (t) => {
  const site = await furnished(await openSite(t));
  await t.test("with names: asked, answered, compared, invited, declined", (step) => openly(step, site));
  await t.test("without names and under seal, until a shortlist is fixed", (step) => blindly(step, site));
});

async function openly(t: Test, site: Stage): Promise<void> {
  const { carla, client, skills, origin } = site;
  const [marc, nina, olga] = site.members;
  const { id: job } = (
    await carla.call(postJob, { ...posterJob(client), price: undefined, least: amount(1500), most: amount(1950), skills: [...skills] })
  ).body;
  await marc.call(placeBid, { job, amount: amount(1900), pitch: "I have made posters for three such fairs, in two languages." });
  await nina.call(placeBid, { job, amount: amount(2000), pitch: "Screen printing, by hand." });
  const asking = await site.visit();
  await signInAs(asking, origin, olga);
  await asking.goto(`/en/jobs/${job}`);
  await asking.locator("summary", { hasText: "Ask the client" }).click();
  await asking.getByLabel("Your question").fill("Which paper do you have in mind?");
  await asking.getByRole("button", { name: "Send the question" }).click();
  await asking.getByText("Waits for the client’s answer.").waitFor();
  await lookAt(t, asking, "choosing-1-asked");
  await asking.getByLabel("Price in EUR, excl. VAT").fill("1000");
  await lookAt(t, asking, "choosing-1-too-little");
  await asking.getByLabel("Why you").fill("Silk screen and patience.");
  const place = asking.getByRole("button", { name: "Place the bid" });
  t.equal(await place.isDisabled(), true, "what pays under the floor is not sent");
  await asking.getByRole("button", { name: "Do it in 4 days" }).click();
  t.equal(await place.isDisabled(), false, "and fewer days are a way out");

  const page = await site.visit();
  await signInAs(page, origin, carla);
  await page.goto(`/en/jobs/${job}`);
  await page.getByLabel("Your answer").fill("Recycled, 170 grams.");
  await page.getByRole("button", { name: "Answer", exact: true }).click();
  await page.getByText("The client’s answer").waitFor();
  await lookAt(t, page, "choosing-2-answered");
  await page.getByRole("link", { name: "Compare and invite" }).click();
  await page.getByRole("heading", { name: "Bids side by side" }).waitFor();
  await page.getByLabel("Find a member to invite").fill("olga");
  await page.getByRole("button", { name: "Invite Olga" }).click();
  await page.getByText("Invited", { exact: true }).waitFor();
  await page.locator("summary", { hasText: "Say no to Nina" }).click();
  await lookAt(t, page, "choosing-3-compared");
  t.equal(await page.getByRole("columnheader").count(), 0, "on a phone one bid stands below the other");
  await page.setViewportSize({ width: 1200, height: 844 });
  t.equal(await page.getByRole("columnheader").count(), 3, "on a desk a table has a head for each bid");
  t.match(await page.getByRole("row", { name: "Skills" }).innerText(), /poster design/);

  await asking.goto("/fr/my/engagements");
  await lookAt(t, asking, "choosing-4-invited-fr");
  await asking.getByRole("button", { name: "Décliner" }).click();
  await asking.getByText("On vous invite").waitFor({ state: "detached" });
  const stranger = await site.visit({ javaScriptEnabled: false });
  await stranger.goto(`/fr/jobs/${job}`);
  t.match(await stranger.locator("main").innerText(), /Which paper[^]*Recycled/, "readable without script, and without an account");
}

async function blindly(t: Test, site: Stage): Promise<void> {
  const { coop, carla, client, origin } = site;
  const [marc, nina] = site.members;
  const { id: job } = (await carla.call(postJob, { ...posterJob(client), title: "Lettres pour la porte", blind: true, bidding: "sealed" }))
    .body;
  for (const member of [marc, nina]) await member.call(placeBid, { job, amount: amount(2000), pitch: "Tout est décrit." });
  await nina.call(askQuestion, { job, text: "Quelle hauteur ?", audience: "private" });
  const page = await site.visit();
  await signInAs(page, origin, carla);
  await page.goto("/fr/client/jobs/new");
  await lookAt(t, page, "choosing-5-posting-fr");
  await page.goto(`/fr/client/jobs/${job}`);
  await page.getByText("Offres sous pli fermé").waitFor();
  await lookAt(t, page, "choosing-6-sealed-fr");
  coop.wait(7 * 86_400_000);
  await coop.keepTime();
  await page.reload();
  await page.locator("footer select:enabled").waitFor();
  await page.getByLabel("Offre 2").uncheck();
  await page.getByText("Arrêter la liste courte : 1 offre").waitFor();
  await lookAt(t, page, "choosing-7-blind-fr");
  t.notMatch(await page.locator("main").innerText(), /Marc|Nina/);
  await page.getByRole("button", { name: "Arrêter la liste courte" }).click();
  await page.getByText("Liste courte arrêtée par Carla").waitFor();
  await page.locator("summary", { hasText: "Confier la mission à" }).click();
  await lookAt(t, page, "choosing-8-shortlisted-fr");
  await page.locator("details").getByRole("button").click();
  await page.waitForURL("**/fr/my/engagements/*");
}
