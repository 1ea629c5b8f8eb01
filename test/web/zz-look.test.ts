// A look.
import { test } from "tap";
import { appealToMembers, presentMyself, draftProposal, publishProposal, sponsorProposal } from "@partcommune/shared/governance/api";
import { listApplicants, refuseApplicant } from "@partcommune/shared/membership/api";
import { glanceAt, openSite, signInAs } from "../support/browser.ts";
import { backAgain, broughtIn, told, type Members } from "../support/members.ts";
import { applicant, founder } from "../support/people.ts";

test("look", async (t) => {
  const site = await openSite(t);
  const { coop } = site;
  const board = await founder(coop);
  const stage: Members = { coop, board, tess: board, tom: board, people: await broughtIn(coop, 7) };
  await backAgain(stage, stage.people);
  const marc = await applicant(coop, "Marc Dubois");
  const emil = await applicant(coop, "Emil");
  await applicant(coop, "Zoe");
  await told(board, refuseApplicant, {
    member: marc.member,
    because: "Nous ne connaissons pas votre travail, et deux relieurs cherchent déjà des commandes.",
  });
  const page = await site.visit();
  await signInAs(page, site.origin, marc.caller);
  for (const l of ["fr", "en"]) {
    await page.goto(`/${l}/join`);
    await glanceAt(t, page, `look-${l}-join`);
    await page.goto(`/${l}/my/application`);
    await glanceAt(t, page, `look-${l}-application-refused`);
  }
  await told(emil.caller, presentMyself, { text: "Je relie des livres.\nDeux d’entre vous me connaissent." });
  await signInAs(page, site.origin, emil.caller);
  await page.goto(`/fr/my/application`);
  await glanceAt(t, page, `look-fr-application-waits`);
  const { id: proposal } = await told(marc.caller, appealToMembers, {
    title: "Admettre Marc Dubois",
    text: "Je relie des livres, **depuis dix ans**.",
    language: "fr",
  });
  await signInAs(page, site.origin, marc.caller);
  await page.goto(`/fr/my/application`);
  await glanceAt(t, page, `look-fr-application-asked`);
  await page.goto(`/fr/proposals/${proposal}`);
  await glanceAt(t, page, `look-fr-appeal`);
  const anna = stage.people[0]!.caller;
  const d = await told(anna, draftProposal, {
    title: "Admettre Emil",
    text: "Nous le connaissons.",
    language: "fr",
    payload: { kind: "admission", member: emil.member },
  });
  await told(anna, publishProposal, { proposal: d.id });
  await signInAs(page, site.origin, anna);
  await page.goto(`/fr/proposals/${d.id}`);
  await glanceAt(t, page, `look-fr-admission`);
  await page.goto(`/en/proposals/new`);
  await page.getByLabel("What you propose").selectOption({ label: "to let somebody in" });
  await page.getByLabel("Who would be let in").selectOption({ label: "Emil" });
  await glanceAt(t, page, `look-en-write`);
  await signInAs(page, site.origin, board);
  await page.goto(`/fr/desk/members`);
  for (const s of await page.locator("summary").all()) await s.click();
  await glanceAt(t, page, `look-fr-desk`);
});
