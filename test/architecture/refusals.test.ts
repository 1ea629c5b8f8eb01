// Every refusal has its sentence, its rule and whoever can change it in every language, and the English is word for word the law's.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "tap";
import { roles } from "@partcommune/shared/platform/actor";
import { languages } from "@partcommune/shared/platform/page";
import type { Problems } from "@partcommune/shared/platform/refusal";
import { problems } from "@partcommune/shared/problems";
import { itemStates } from "@partcommune/shared/community/rules/agenda";
import { gatheringStates } from "@partcommune/shared/community/rules/gathering";
import { proposalStates } from "@partcommune/shared/governance/rules/proposal";
import { drawStates } from "@partcommune/shared/governance/rules/draw";
import { panelStates, seatStates } from "@partcommune/shared/governance/rules/panel";
import { voteStates } from "@partcommune/shared/governance/rules/vote";
import { bidStates } from "@partcommune/shared/marketplace/rules/bid";
import { engagementStates } from "@partcommune/shared/marketplace/rules/engagement";
import { invitationStates } from "@partcommune/shared/marketplace/rules/invitation";
import { jobStates } from "@partcommune/shared/marketplace/rules/job";
import { milestoneStates } from "@partcommune/shared/marketplace/rules/milestone";
import { questionStates } from "@partcommune/shared/marketplace/rules/question";
import { referenceStates } from "@partcommune/shared/marketplace/rules/reference";
import { treatyStates } from "@partcommune/shared/federation/rules/treaty";
import { stages } from "@partcommune/shared/membership/rules";
import { houseAccountStates } from "@partcommune/shared/money/rules/house-account";
import { statementStates } from "@partcommune/shared/money/rules/statement";
import { bankLineStates, payableStates, payoutStates } from "@partcommune/shared/money/api";

const root = join(import.meta.dirname, "../..");
const strings = join(root, "web/src/refusals/strings");

function textsOf(language: string): ReadonlyMap<string, string> {
  const source = readFileSync(join(strings, `${language}.po`), "utf8");
  return new Map(Array.from(source.matchAll(/^msgid "(.+)"\nmsgstr "(.*)"$/gm), ([, id = "", text = ""]) => [id, text] as const));
}

/** Pages write a typographic apostrophe, the law a plain one. */
const plain = (text: string | undefined): string | undefined => text?.replaceAll("’", "'").replaceAll('\\"', '"');

test("each refusal says in English what the law says, and says it in every language", (t) => {
  const english = textsOf("en");
  t.ok(Object.keys(problems).length > 60, "the refusals were found");
  for (const [name, { says, rule, changedBy }] of Object.entries(problems)) {
    t.equal(plain(english.get(`refusal.${name}`)), says, name);
    t.equal(plain(english.get(`refusal.rule.${name}`)), rule, `${name}: its rule`);
    t.equal(plain(english.get(`refusal.changedBy.${name}`)), changedBy, `${name}: who can change it`);
    for (const language of languages) t.ok(textsOf(language).get(`refusal.${name}`), `${name} in ${language}`);
  }
  t.end();
});

test("each refusal about money names its rule, and who can change it", async (t) => {
  const rules = globSync("shared/src/{money,mutual}/rules/*.ts", { cwd: root });
  const declared = await Promise.all(rules.map(async (file) => (await import(join(root, file))) as { problems?: Problems }));
  const found = Object.assign({}, ...declared.map((file) => file.problems)) as Problems;
  t.ok(Object.keys(found).length > 40, "they were found");
  for (const [name, { rule, changedBy }] of Object.entries(found)) {
    t.ok(rule, `${name}: its rule`);
    t.ok(changedBy, `${name}: who can change it`);
  }
});

test("each state and role that a refusal can name has a word", (t) => {
  const states = [
    jobStates,
    treatyStates,
    invitationStates,
    questionStates,
    bidStates,
    engagementStates,
    milestoneStates,
    stages,
    payableStates,
    payoutStates,
    houseAccountStates,
    statementStates,
    bankLineStates,
    referenceStates,
    proposalStates,
    voteStates,
    gatheringStates,
    itemStates,
    drawStates,
    panelStates,
    seatStates,
  ].flat();
  const wanted = [...states.map((state) => `state.${state}`), ...roles.map((role) => `role.${role}`)];
  for (const language of languages) {
    const texts = textsOf(language);
    t.same(
      wanted.filter((word) => !texts.get(`refusal.${word}`)),
      [],
      language,
    );
  }
  t.end();
});
