// Beside a refusal stands a way to a person: asked there, answered at the desk, read on one's own page.
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import { arriveAsleep, lookAt, lookIn, openSite, signInAs, type Site } from "../support/browser.ts";
import { agreed } from "../support/engagements.ts";
import type { Caller } from "../support/coop.ts";
import { clientOwner, confirmedMember, founder, withRole } from "../support/people.ts";

const spoken = {
  en: {
    end: "End the role board of Fanny Founder",
    ask: "Ask a person",
    text: "What should a person know about it?",
    send: "Ask",
    asked: "Asked. A person answers you in writing, until the end of 3 December 2026.",
    desk: "Questions to a person",
    from: "Fanny Founder asks",
    decision: "What you decide",
    changes: "It is to change",
    reason: "Your reasons",
    doneBy: "Who does it",
    answer: "Answer Fanny Founder",
    empty: "Nobody waits for an answer.",
    own: "What you asked a person",
  },
  fr: {
    end: "Retirer le rôle conseil d’administration à Fanny Founder",
    ask: "Demander à une personne",
    text: "Que devrait savoir cette personne\u00a0?",
    send: "Envoyer la question",
    asked: "C’est demandé. Une personne vous répond par écrit, jusqu’à la fin du 3 décembre 2026.",
    desk: "Questions à une personne",
    from: "Fanny Founder demande",
    decision: "Votre décision",
    changes: "Cela doit changer",
    reason: "Vos raisons",
    doneBy: "Qui s’en charge",
    answer: "Répondre à Fanny Founder",
    empty: "Personne n’attend de réponse.",
    own: "Vos questions à une personne",
  },
} as const;
type Says = (typeof spoken)[keyof typeof spoken];

for (const [language, says] of Object.entries(spoken)) {
  test(`asking a person, told in ${language}`, async (t) => {
    const site = await openSite(t);
    const board = await founder(site.coop);
    const page = await site.visit({ locale: language });
    await signInAs(page, site.origin, board);
    await t.test("beside the refusal", (step) => asked(step, page, language, says));
    const adviser = await site.visit({ locale: language });
    await signInAs(adviser, site.origin, await withRole(site.coop, board, "Ada", "adviser"));
    await t.test("at the desk", (step) => answered(step, adviser, language, says));
    await t.test("on one's own page", (step) => read(step, page, language, says));
  });
}

async function asked(t: Test, page: Page, language: string, says: Says): Promise<void> {
  await page.goto(`/${language}/desk/people`);
  await page.getByRole("button", { name: says.end }).click();
  await page.getByRole("alert").filter({ hasText: "last-board" }).waitFor();
  await page.locator("summary", { hasText: says.ask }).click();
  await page.getByLabel(says.text).fill("Rosa was to follow me; she is ill.");
  await lookIn(t, page, language, "review-asking");
  await page.getByRole("button", { name: says.send, exact: true }).click();
  await page.getByText(says.asked).waitFor();
}

async function answered(t: Test, page: Page, language: string, says: Says): Promise<void> {
  await page.goto(`/${language}/desk/review`);
  await page.getByRole("heading", { name: says.from }).waitFor();
  await page.locator("footer select:enabled").waitFor();
  await page.getByLabel(says.decision).selectOption({ label: says.changes });
  await page.getByLabel(says.reason).fill("The board names somebody else for these weeks.");
  await page.getByLabel(says.doneBy).fill("Ada, with the board on Monday");
  await page.getByText("last-board").waitFor();
  await lookIn(t, page, language, "desk-review");
  await page.getByRole("button", { name: says.answer }).click();
  await page.getByText(says.empty).waitFor();
}

async function read(t: Test, page: Page, language: string, says: Says): Promise<void> {
  await page.goto(`/${language}/my/settings`);
  await page.getByRole("heading", { name: says.own }).waitFor();
  await page.getByText("Ada, with the board on Monday").waitFor();
  await lookIn(t, page, language, "settings-review");
}

test("an engagement that a check holds up has the same way, for both sides", async (t) => {
  const site = await openSite(t);
  const board = await founder(site.coop);
  const { caller: buyer, client } = await clientOwner(site.coop, "Carla");
  const { caller: worker } = await confirmedMember(site.coop, board, "Marc");
  const { engagement } = await agreed({ buyer, client, worker }, { place: { town: "Lille", country: "FR" } });
  for (const [name, side] of [
    ["client", buyer],
    ["member", worker],
  ] as const)
    await heldUp(t, site, side, engagement, name);
});

async function heldUp(t: Test, site: Site, side: Caller, engagement: string, name: string): Promise<void> {
  const page = await site.visit({ locale: "en" });
  await signInAs(page, site.origin, side);
  const wake = await arriveAsleep(page, `${site.origin}/en/my/engagements/${engagement}`);
  await page.locator("summary", { hasText: spoken.en.ask }).click();
  await page.getByLabel(spoken.en.text).fill("The fair begins on Monday.");
  await wake();
  await page.getByRole("button", { name: spoken.en.send, exact: true }).click();
  await page.getByText(spoken.en.asked).waitFor();
  await lookAt(t, page, `held-up-asked-${name}`);
}
