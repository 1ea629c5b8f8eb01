// The adviser's two pages: the members they follow, and the queue from which they take one at a time.
import { test, type Test } from "tap";
import type { Page } from "playwright-core";
import { lookIn, openSite, signInAs } from "../support/browser.ts";
import { agreed } from "../support/engagements.ts";
import { admitMember, applyAsMember } from "@partcommune/shared/membership/api";
import { recordEmployment } from "@partcommune/shared/membership/api/employment";
import { clientOwner, confirmedMember, founder, signedUp, withRole } from "../support/people.ts";

const spoken = {
  en: {
    nameFor: "Name an adviser for Marc",
    who: "Adviser",
    name: "Name this adviser",
    followed: "Followed by Ada.",
    mine: "My members",
    heldUp: "A check holds up “Poster for the spring fair”, signed on 1 December 2026.",
    handOver: "Hand Marc over",
    note: "Note for the next adviser",
    empty: "You follow nobody yet.",
    take: "Take it for 30 minutes",
    yours: "no other adviser answers meanwhile",
    taken: "Ada looks at it",
    cover: "Cover it",
    employment: "Employment of Emma",
    ends: "Say when 1234567891 ends",
    lastDay: "Last day",
    end: "End it",
  },
  fr: {
    nameFor: "Choisir qui suit Marc",
    who: "Conseillère ou conseiller",
    name: "Confier le suivi",
    followed: "Suivi par Ada.",
    mine: "Mes membres",
    heldUp: "Une vérification retient «\u00a0Poster for the spring fair\u00a0», signé le 1er décembre 2026.",
    handOver: "Confier Marc à quelqu’un d’autre",
    note: "Note pour la personne suivante",
    empty: "Vous ne suivez encore personne.",
    take: "Le prendre pour 30 minutes",
    yours: "personne d’autre n’y répond pendant ce temps",
    taken: "Ada s’en occupe",
    cover: "Couvrir",
    employment: "Emploi de Emma",
    ends: "Dire quand 1234567891 se termine",
    lastDay: "Dernier jour",
    end: "Enregistrer la fin",
  },
} as const;
type Says = (typeof spoken)[keyof typeof spoken];

for (const [language, says] of Object.entries(spoken)) {
  test(`the adviser's desk, told in ${language}`, async (t) => {
    const site = await openSite(t);
    const board = await founder(site.coop);
    const { caller: buyer, client } = await clientOwner(site.coop, "Carla");
    const { caller: worker } = await confirmedMember(site.coop, board, "Marc");
    await agreed({ buyer, client, worker }, { place: { town: "Lille", country: "FR" } });
    const emma = await signedUp(site.coop, "Emma");
    const { id: employed } = (await emma.call(applyAsMember, { status: "employee", trade: "translation" })).body;
    await board.call(admitMember, { member: employed });
    const declared = await board.call(recordEmployment, { member: employed, reference: "1234567891", from: "2026-12-01" });
    t.equal(declared.status, 201, declared.text);
    const of = async (caller: typeof board): Promise<Page> => {
      const page = await site.visit({ locale: language });
      await signInAs(page, site.origin, caller);
      return page;
    };
    const [ada, rosa] = [await withRole(site.coop, board, "Ada", "adviser"), await withRole(site.coop, board, "Rosa", "adviser")];
    const pages = { board: await of(board), ada: await of(ada), rosa: await of(rosa) };
    await t.test("the board names who follows a member", (step) => namedBy(step, pages.board, language, says));
    await t.test("the board ends an employment", (step) => ended(step, pages.board, language, says));
    await t.test("the adviser takes what waits, and no other answers", (step) => taken(step, pages, language, says));
    await t.test("the adviser reads why, and hands over", (step) => handedOver(step, pages.ada, language, says));
  });
}

async function namedBy(t: Test, page: Page, language: string, says: Says): Promise<void> {
  await page.goto(`/${language}/desk/people`);
  await page.locator("summary", { hasText: says.nameFor }).click();
  const marc = page.locator("li.person").filter({ hasText: says.nameFor });
  await marc.getByLabel(says.who, { exact: true }).selectOption({ label: "Ada" });
  await lookIn(t, page, language, "naming-adviser");
  await marc.getByRole("button", { name: says.name, exact: true }).click();
  await page.getByText(says.followed).waitFor();
}

async function ended(t: Test, page: Page, language: string, says: Says): Promise<void> {
  await page.getByRole("button", { name: says.employment }).click();
  await page.locator("summary", { hasText: says.ends }).click();
  await page.getByLabel(says.lastDay, { exact: true }).fill("2027-01-31");
  await lookIn(t, page, language, "ending-employment");
  await page.getByRole("button", { name: says.end, exact: true }).click();
  await page.locator("summary", { hasText: says.ends }).waitFor({ state: "detached" });
  await page.getByText("2027").waitFor();
}

type Pages = { readonly ada: Page; readonly rosa: Page };

async function taken(t: Test, { ada, rosa }: Pages, language: string, says: Says): Promise<void> {
  await ada.goto(`/${language}/desk/engagements`);
  await ada.getByRole("button", { name: says.take }).click();
  await ada.getByText(says.yours).waitFor();
  await lookIn(t, ada, language, "queue-mine");
  await rosa.goto(`/${language}/desk/engagements`);
  await rosa.getByText(says.taken).waitFor();
  t.equal(await rosa.locator("summary", { hasText: says.cover }).count(), 0, "nothing to answer with");
  await lookIn(t, rosa, language, "queue-taken");
}

async function handedOver(t: Test, page: Page, language: string, says: Says): Promise<void> {
  await page.getByRole("link", { name: says.mine, exact: true }).click();
  await page.getByText(says.heldUp).waitFor();
  await page.locator("summary", { hasText: says.handOver }).click();
  await page.getByLabel(says.who, { exact: true }).selectOption({ label: "Rosa" });
  await page.getByLabel(says.note).fill("The A1 is asked for.");
  await lookIn(t, page, language, "portfolio");
  await page.getByRole("button", { name: says.name, exact: true }).click();
  await page.getByText(says.empty).waitFor();
}
