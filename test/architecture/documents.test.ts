// Documents that a test can keep true are kept true: problems.md, states.md, openapi.json and the table types.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type Test } from "tap";
import { endpoints } from "@partcommune/shared/endpoints";
import { itemTable } from "@partcommune/shared/community/rules/agenda";
import { assemblyTable } from "@partcommune/shared/community/rules/assembly";
import { minutesTable } from "@partcommune/shared/community/rules/minutes";
import { answerTable } from "@partcommune/shared/community/rules/answer";
import { gatheringTable } from "@partcommune/shared/community/rules/gathering";
import { bidTable } from "@partcommune/shared/marketplace/rules/bid";
import { engagementTable } from "@partcommune/shared/marketplace/rules/engagement";
import { invitationTable } from "@partcommune/shared/marketplace/rules/invitation";
import { claimTable } from "@partcommune/shared/federation/rules/claim";
import { neighbourTable } from "@partcommune/shared/federation/rules/neighbour";
import { treatyTable } from "@partcommune/shared/federation/rules/treaty";
import { roundTable } from "@partcommune/shared/federation/rules/netting";
import { proposalTable } from "@partcommune/shared/governance/rules/proposal";
import { drawTable } from "@partcommune/shared/governance/rules/draw";
import { panelTable, seatTable } from "@partcommune/shared/governance/rules/panel";
import { voteTable } from "@partcommune/shared/governance/rules/vote";
import { jobTable } from "@partcommune/shared/marketplace/rules/job";
import { searchTable } from "@partcommune/shared/marketplace/rules/saved-search";
import { membershipTable } from "@partcommune/shared/membership/rules";
import { milestoneTable } from "@partcommune/shared/marketplace/rules/milestone";
import { questionTable } from "@partcommune/shared/marketplace/rules/question";
import { referenceTable } from "@partcommune/shared/marketplace/rules/reference";
import { advanceTable } from "@partcommune/shared/money/rules/advance";
import { expenseTable } from "@partcommune/shared/money/rules/expense";
import { ibanChangeTable } from "@partcommune/shared/money/rules/iban";
import { houseAccountTable } from "@partcommune/shared/money/rules/house-account";
import { payoutTable } from "@partcommune/shared/money/rules/payout-batch";
import { purposeTable } from "@partcommune/shared/money/rules/purpose";
import { statementTable } from "@partcommune/shared/money/rules/statement";
import { problems } from "@partcommune/shared/problems";
import { openApi } from "@partcommune/server/platform/openapi";

const docs = join(import.meta.dirname, "../../docs");

/** Compares a document with what the code says; `GOLDEN=write` writes it instead. */
function keep(t: Test, file: string, expected: string): void {
  const path = join(docs, file);
  if (process.env["GOLDEN"] === "write") writeFileSync(path, expected);
  t.equal(readFileSync(path, "utf8"), expected, `docs/${file} says what the code says (GOLDEN=write npm test)`);
}

function problemsPage(): string {
  const rows = Object.entries(problems)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, { status, says, rule, changedBy }]) => `| \`${name}\` | ${status} | ${says} | ${rule ?? ""} | ${changedBy ?? ""} |`);
  return [
    "# Refusals",
    "",
    "Every answer that is not a yes is an `application/problem+json` document (RFC 9457). `type` is `/problems/<name>`; words in braces are filled with the facts of the case.",
    "",
    "| name | status | says | rule | who can change it |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

test("docs/problems.md lists every refusal and no other", (t) => {
  keep(t, "problems.md", problemsPage());
  t.end();
});

type Line = { readonly from: string; readonly verb: string; readonly who: string; readonly to: string; readonly fact: string };

/** One machine as a diagram (Mermaid) and a table. */
function machine(name: string, table: readonly Line[]): readonly string[] {
  const arrows = table.map(({ from, verb, to }) => `  ${from === "none" ? "[*]" : from} --> ${to}: ${verb}`);
  const ends = [...new Set(table.map(({ to }) => to))].filter((state) => !table.some(({ from }) => from === state));
  const rows = table.map(({ from, verb, who, to, fact }) => `| ${from} | ${verb} | ${who} | ${to} | \`${fact}\` |`);
  const diagram = ["```mermaid", "stateDiagram-v2", ...new Set(arrows), ...ends.map((state) => `  ${state} --> [*]`), "```"];
  return [`## ${name}`, "", ...diagram, "", "| from | verb | who | to | fact |", "| --- | --- | --- | --- | --- |", ...rows, ""];
}

const statesPage = (): string =>
  [
    "# States",
    "",
    "What memberships, jobs, invitations, questions, bids, engagements, milestones, references, saved searches, proposals, votes, gatherings, assemblies, payouts, advances, expenses, statements and money set aside go through: the rows that the server moves by and that buttons are made of. A verb that is not in the row of a state is refused with `not-in-this-state`. Beside the row, the law of the same file may object: who, when, how often.",
    "",
    ...machine("Membership", membershipTable),
    ...machine("Job", jobTable),
    ...machine("Invitation", invitationTable),
    ...machine("Question", questionTable),
    ...machine("Bid", bidTable),
    ...machine("Engagement", engagementTable),
    ...machine("Milestone", milestoneTable),
    ...machine("Saved search", searchTable),
    ...machine("Reference", referenceTable),
    ...machine("Proposal", proposalTable),
    ...machine("Vote", voteTable),
    ...machine("Draw", drawTable),
    ...machine("Panel", panelTable),
    ...machine("Seat of a panel", seatTable),
    ...machine("Gathering", gatheringTable),
    ...machine("Answer to a gathering", answerTable),
    ...machine("Assembly", assemblyTable),
    ...machine("Item of an agenda", itemTable),
    ...machine("Minutes", minutesTable),
    ...machine("Payout", payoutTable),
    ...machine("Advance", advanceTable),
    ...machine("Expense", expenseTable),
    ...machine("The coop's account at the bank", houseAccountTable),
    ...machine("Change of a member's account", ibanChangeTable),
    ...machine("Statement of the bank", statementTable),
    ...machine("Purpose", purposeTable),
    ...machine("Neighbour", neighbourTable),
    ...machine("Treaty", treatyTable),
    ...machine("Claim", claimTable),
    ...machine("Round", roundTable),
  ].join("\n");

test("docs/states.md draws the rows that the server moves by", (t) => {
  keep(t, "states.md", statesPage());
  t.end();
});

test("docs/openapi.json is what the endpoints say", (t) => {
  keep(t, "openapi.json", `${JSON.stringify(openApi(endpoints), null, 1)}\n`);
  t.end();
});

test("an endpoint's own refusals are declared", (t) => {
  const undeclared = Object.values(endpoints).flatMap(({ path, refusals }) =>
    refusals.filter((name) => !(name in problems)).map((name) => `${path} ${name}`),
  );
  t.same(undeclared, []);
  t.end();
});

test("the table types are what the migrations make", (t) => {
  const { status, stderr } = spawnSync(process.execPath, [join(docs, "../test/tables.ts"), "--verify"], {
    encoding: "utf8",
  });
  t.equal(status, 0, stderr);
  t.end();
});
