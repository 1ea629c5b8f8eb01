// A rule is changed on the screen: proposed, carried, talked about, voted in three steps by keyboard alone, counted again in the browser.
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import { castVote, readProposal, sponsorProposal } from "@partcommune/shared/governance/api";
import { axe, glanceAt, lookAt, openSite, signInAs } from "../support/browser.ts";
import { admitted, backAgain, days, foundedIn, type Members } from "../support/members.ts";
import { told } from "../support/told.ts";

const names = ["Fanny Founder", "Tess Till", "Tom Till", "Anna Ask", "Bela Book", "Chloe Chalk", "Dario Draw"];
const reads = async (page: Page, words: string | RegExp): Promise<void> => page.getByText(words).first().waitFor();

/** The notice stands: a member reads their own entry and objects to another; the board answers. */
async function announcedOnScreen(t: Test, page: Page, origin: string, { people, board }: Members, proposal: string): Promise<void> {
  const { vote = "" } = await told(board, readProposal, { proposal });
  await signInAs(page, origin, people[3]!.caller);
  await page.goto(`/en/votes/${vote}`);
  await reads(page, /^You are on the roll of this vote, in the college of members/);
  await reads(
    page,
    "20 % of the roll. If too few come by the close, the vote stays open 7 days longer, and then it takes 5 % of the roll.",
  );
  await page.locator("summary", { hasText: "Object to an entry" }).click();
  await page.getByLabel("What is wrong").selectOption("notEntitled");
  await page.getByLabel("Whose entry").fill("Dario Draw");
  await page.getByLabel("Why").fill("He moved to another coop.");
  await glanceAt(t, page, "vote-roll-object");
  await page.getByRole("button", { name: "Send the objection" }).click();
  await reads(page, "waits for the board");
  await signInAs(page, origin, board);
  await page.goto(`/fr/votes/${vote}`);
  await page.locator("summary", { hasText: "Répondre" }).click();
  await page.getByLabel("Motif").fill("Il est toujours des nôtres.");
  await lookAt(t, page, "vote-roll-board");
  await page.getByRole("button", { name: "Donner cette réponse" }).click();
  await reads(page, "0 retenue, 1 rejetée");
  await lookAt(t, page, "vote-roll-answered");
}

test("a lower fee, from the wish to the rule in force", async (t) => {
  const site = await openSite(t);
  const stage = await foundedIn(site.coop, names);
  const { people, coop } = stage;
  const at = (who: number) => people[who] ?? people[0]!;
  const [anna, bela] = [await site.visit(), await site.visit()];
  await signInAs(anna, site.origin, at(3).caller);
  await signInAs(bela, site.origin, at(4).caller);

  await anna.goto("/en/proposals");
  await reads(anna, "Nobody has proposed anything yet.");
  await anna.getByRole("link", { name: "Write a proposal" }).click();
  await anna.getByLabel("Part of each price that becomes common, in percent").fill("7,9");
  await anna.getByLabel("The question in one line").fill("A fee of 7.9 % instead of 8.5 %");
  await anna.getByLabel("Why").fill("The reserve is **full** for a year.\n\nNew members ask for it.");
  await lookAt(t, anna, "vote-1-write");
  await anna.getByRole("button", { name: "Keep as a draft" }).click();
  await reads(anna, "draft, seen by you alone");
  await anna.getByRole("button", { name: "Publish" }).click();
  await reads(anna, "1 of 3 names");
  const proposal = anna.url().split("/").at(-1) ?? "";

  await bela.goto(`/en/proposals/${proposal}`);
  await lookAt(t, bela, "vote-2-idea");
  await bela.getByRole("button", { name: "Put my name to it" }).click();
  await reads(bela, "2 of 3 names");
  await told(at(5).caller, sponsorProposal, { proposal });
  await reads(bela, "in deliberation");
  await bela.locator("summary", { hasText: "Give a reason" }).click();
  await bela.getByLabel("Why").fill("A full reserve is money that nobody uses.");
  await bela.getByRole("button", { name: "Add my reason" }).click();
  await reads(bela, "A full reserve is money that nobody uses.");
  await lookAt(t, bela, "vote-3-deliberation");

  await days(coop, 14);
  await admitted(stage, proposal);
  await days(coop, 1);
  await backAgain(stage, [at(0), at(3)]);
  await announcedOnScreen(t, await site.visit(), site.origin, stage, proposal);
  await days(coop, 30);
  await backAgain(stage, people);
  await signInAs(anna, site.origin, at(3).caller);
  const { vote = "" } = await told(at(3).caller, readProposal, { proposal });
  await anna.goto("/en/my/votes");
  await lookAt(t, anna, "vote-4-mine");
  await anna.goto("/en/board");
  await reads(anna, "7 seats are vacant.");
  await lookAt(t, anna, "board");
  await anna.goto("/fr/proposals/new");
  await anna.getByLabel("Ce que vous proposez").selectOption("election");
  await reads(anna, "Une élection de ce collège pourvoit maintenant 7 sièges.");
  await glanceAt(t, anna, "vote-fr-election");
  await anna.goto(`/en/votes/${vote}`);
  await reads(anna, "5 % of the roll. Too few had come by the first close, so fewer are enough now.");
  await lookAt(t, anna, "vote-5-ballot");
  for (const [page, name] of [
    [`votes/${vote}`, "ballot"],
    [`proposals/${proposal}`, "proposal"],
    ["proposals", "proposals"],
    ["board", "board"],
  ] as const) {
    await anna.goto(`/fr/${page}`);
    await glanceAt(t, anna, `vote-fr-${name}`);
  }
  await anna.goto(`/en/votes/${vote}`);
  await anna.getByLabel("Yes").focus();
  await anna.keyboard.press("Space");
  await anna.keyboard.press("Tab");
  await anna.keyboard.press("Enter");
  await reads(anna, "This is what you are about to cast:");
  await lookAt(t, anna, "vote-6-read-back");
  await anna.getByRole("button", { name: "Cast my ballot" }).focus();
  await anna.keyboard.press("Enter");
  await reads(anna, "Your ballot is in the box.");
  await lookAt(t, anna, "vote-7-receipt");
  for (const who of [0, 1, 2, 4, 5]) await told(at(who).caller, castVote, { vote, choice: who === 5 ? "no" : "yes" });
  await days(coop, 10);
  await anna.goto(`/en/votes/${vote}`);
  await reads(anna, "Passed");
  await anna.getByRole("button", { name: "Count again in this browser" }).click();
  await reads(anna, "The same, to the last digit.");
  await anna.locator("summary", { hasText: "one by one" }).click();
  await anna.getByRole("rowheader", { name: "Bela Book" }).waitFor();
  await lookAt(t, anna, "vote-8-result");
  await anna.goto(`/fr/votes/${vote}`);
  await glanceAt(t, anna, "vote-fr-result");
  for (const language of ["en", "fr"]) {
    await anna.goto(`/${language}/participation`);
    await reads(anna, /7.*86/s);
    await glanceAt(t, anna, `vote-${language}-participation`);
  }
  await days(coop, 8);
  await days(coop, 1);
  await anna.goto("/en/bylaws/fee.rate");
  await reads(anna, "7.9%");
  await lookAt(t, anna, "vote-9-rule");
  t.same(await axe(anna), []);
});
