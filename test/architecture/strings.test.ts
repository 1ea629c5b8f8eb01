// Every text exists in every language, says the same things, is used, and speaks as we speak.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "tap";
import { outcomes } from "@partcommune/shared/governance/rules/vote";
import { itemKinds, itemStates } from "@partcommune/shared/community/rules/agenda";
import { ways } from "@partcommune/shared/community/rules/assembly";
import { gatheringStates } from "@partcommune/shared/community/rules/gathering";
import { signedParts } from "@partcommune/shared/community/rules/minutes";
import { answerStates, sayings } from "@partcommune/shared/community/rules/answer";
import { bylawKeys } from "@partcommune/shared/governance/rules/bylaws";
import { factors } from "@partcommune/shared/governance/rules/factors";
import { touches } from "@partcommune/shared/governance/rules/touching";
import { pots } from "@partcommune/shared/governance/rules/pots";
import { bidStates } from "@partcommune/shared/marketplace/rules/bid";
import { coverChecks } from "@partcommune/shared/marketplace/rules/cover";
import { alertKinds } from "@partcommune/shared/marketplace/rules/desk";
import { engagementStates } from "@partcommune/shared/marketplace/rules/engagement";
import { jobStates } from "@partcommune/shared/marketplace/rules/job";
import { bidOnFields } from "@partcommune/shared/marketplace/rules/posted";
import { rhythms as searchRhythms } from "@partcommune/shared/marketplace/rules/saved-search";
import { milestoneStates } from "@partcommune/shared/marketplace/rules/milestone";
import { decisions } from "@partcommune/shared/membership/rules/review";
import { borderKinds } from "@partcommune/shared/membership/api/employment";
import { openKinds } from "@partcommune/shared/membership/rules/leaving";
import { stages, statuses } from "@partcommune/shared/membership/rules";
import { lateCauses } from "@partcommune/shared/mutual/api/counters";
import { costs, incomes } from "@partcommune/shared/money/rules/accounts";
import { vatAskers } from "@partcommune/shared/money/rules/cost";
import { advanceStates, limitNames } from "@partcommune/shared/money/rules/advance";
import { expenseKinds, expenseStates } from "@partcommune/shared/money/rules/expense";
import { benefits, unestimated } from "@partcommune/shared/money/rules/pay-estimate";
import { lacks } from "@partcommune/shared/money/rules/income-report";
import { taxpayerKinds } from "@partcommune/shared/money/rules/taxpayer";
import { shareWaits } from "@partcommune/shared/money/rules/share-capital";
import { vatSchemes } from "@partcommune/shared/money/rules/self-billing";
import { dunningKinds, lossReasons } from "@partcommune/shared/money/rules/late";
import {
  bankLineStates,
  creditStates,
  lossStates,
  payableAbouts,
  payableStates,
  payoutStates,
  queueReasons,
  waits,
} from "@partcommune/shared/money/api";
import { suggestionReasons } from "@partcommune/shared/money/api/statement";
import { leftReasons } from "@partcommune/shared/money/rules/matching";
import { fileFaults, statementFaults } from "@partcommune/shared/money/rules/statement";
import { standings } from "@partcommune/shared/marketplace/rules/settlement";
import { guaranteeQuestions } from "@partcommune/shared/mutual/rules/guarantee";
import { covers, owns } from "@partcommune/shared/mutual/rules/winding-down";
import { creditors } from "@partcommune/shared/platform/packs";
import { noticeKinds, rhythms } from "@partcommune/shared/platform/rules/notices";
import { languages } from "@partcommune/shared/platform/page";

const web = join(import.meta.dirname, "../../web/src");
const server = join(import.meta.dirname, "../../server/src");
const banned = /!|\b(oops|please|congratulations|simply|invalid|user|users|oups|félicitations|simplement)\b/i;

type Texts = ReadonlyMap<string, string>;

/** All texts of a language, over all domains. */
function textsIn(language: string): Texts {
  const files = readdirSync(web, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(`strings/${language}.po`));
  const entries = files.flatMap((file) =>
    Array.from(
      readFileSync(join(web, file), "utf8").matchAll(/^msgid "(.+)"\nmsgstr "(.*)"$/gm),
      ([, id = "", text = ""]) => [id, text] as const,
    ),
  );
  return new Map(entries);
}

const sources = [web, server]
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)))
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => readFileSync(path, "utf8"))
  .join("\n")
  .replaceAll(/^\s*(?:\/\*\*|\*|\/\/).*$/gm, "");

const english = textsIn("en");
const parameters = (text: string): readonly string[] =>
  [...new Set(Array.from(text.matchAll(/\{(\w+)\s*[,}]/g), ([, name = ""]) => name))].toSorted();

/** Ids in the code as they stand, and the beginnings of those made from a value: `governance.pot.${pot}`. */
const written = new Set(Array.from(sources.matchAll(/"([a-z]+(?:\.[\w-]+)+)"/g), ([, id = ""]) => id));
const begun = Array.from(sources.matchAll(/`((?:[a-z]+\.)+)\$\{/g), ([, start = ""]) => start);
const isUsed = (id: string): boolean => written.has(id) || begun.some((start) => id.startsWith(start));

test("every text stands once", (t) => {
  for (const language of languages) {
    const files = readdirSync(web, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(`strings/${language}.po`));
    const ids = files.flatMap((file) =>
      Array.from(readFileSync(join(web, file), "utf8").matchAll(/^msgid "(.+)"$/gm), ([, id = ""]) => id),
    );
    t.same(
      ids.filter((id, at) => ids.indexOf(id) !== at),
      [],
      language,
    );
  }
  t.end();
});

test("every text stands in every language with the same parameters", (t) => {
  t.ok(english.size > 60, "the texts were found");
  for (const language of languages) {
    const texts = textsIn(language);
    t.same([...texts.keys()].toSorted(), [...english.keys()].toSorted(), `${language} has each text and no other`);
    for (const [id, text] of texts)
      t.same(parameters(text), parameters(english.get(id) ?? ""), `${language} ${id} has the parameters of the English text`);
  }
  t.end();
});

/** What pages name by a value of the law: `marketplace.milestone.${state}`. A value without its text would be read as a code. */
const families: Readonly<Record<string, readonly string[]>> = {
  "community.answer": answerStates,
  "community.attend": ways,
  "community.item": itemKinds,
  "community.item.state": itemStates,
  "community.outcome": outcomes,
  "community.signs": signedParts,
  "community.state": gatheringStates,
  "community.way": ways,
  "community.said": sayings,
  "governance.pot": pots,
  "pay.buys": benefits,
  "pay.none": unestimated,
  "votes.touch": touches,
  "governance.factor": factors,
  "governance.bylaw": bylawKeys,
  "marketplace.alert": alertKinds,
  "marketplace.bid": bidStates,
  "marketplace.changes.field": bidOnFields,
  "marketplace.state": jobStates,
  "marketplace.engagement.state": engagementStates,
  "marketplace.milestone": milestoneStates,
  "marketplace.next": ["waiting", "underWay", "handedIn", "changesAsked", "disputed", "clientPaid", "settled", "cancelled"].flatMap(
    (state) => [`${state}.client`, `${state}.member`],
  ),
  "marketplace.settlement": standings,
  "marketplace.check": coverChecks,
  "costs.cost": costs,
  "costs.income": incomes,
  "costs.vat": [...vatAskers, "none"],
  "ranking.factor": factors,
  "marketplace.rhythm": searchRhythms,
  "marketplace.searches": ["on", "paused"],
  "marketplace.check.not": coverChecks,
  "membership.review.decision": decisions,
  "membership.stage": stages,
  "membership.status": statuses,
  "leaving.open": openKinds,
  "leaving.share": [...shareWaits, "now"],
  "money.sharesOwed": [...shareWaits, "now"],
  "money.payable": payableStates,
  "outlays.advance": advanceStates,
  "outlays.expense": expenseStates,
  "outlays.kind": expenseKinds,
  "money.about": payableAbouts.filter((about) => about !== "invoice"),
  "outlays.line": limitNames,
  "outlays.raises": limitNames,
  "money.payout": payoutStates,
  "money.line.state": bankLineStates,
  "money.files.fault": statementFaults,
  "money.unexplained.why": leftReasons,
  "money.unexplained.because": suggestionReasons,
  "refusal.because": fileFaults,
  "money.credit": creditStates,
  "money.dunning": dunningKinds,
  "marketplace.dunning": [...dunningKinds, "lost"],
  "money.loss": [...lossStates, "guaranteed", "not"],
  "money.loss.because": lossReasons,
  "employment.paper": borderKinds,
  "billing.scheme": vatSchemes,
  "incomes.desk.lack": lacks,
  "incomes.who.kind": taxpayerKinds,
  "billing.scheme.hint": vatSchemes,
  "billing.number": vatSchemes,
  "money.wait": waits,
  "money.waits": [...waits, "nothing"],
  "mutual.queue.cause": queueReasons,
  "mutual.counters.cause": lateCauses,
  "letter.push": noticeKinds,
  "platform.notice": noticeKinds,
  "platform.choices.kind": noticeKinds,
  "platform.choices.rhythm": rhythms,
  "mutual.question": guaranteeQuestions,
  "mutual.question.not": guaranteeQuestions,
  "mutual.remedy": guaranteeQuestions,
  "letter.windDown.line": [...covers, ...creditors, ...owns],
};

test("every value of the law that pages name has its text", (t) => {
  for (const [family, values] of Object.entries(families))
    t.same(
      values.filter((value) => !english.has(`${family}.${value}`)),
      [],
      family,
    );
  t.end();
});

test("plurals have the categories of their language", (t) => {
  for (const language of languages) {
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [id, text] of textsIn(language))
      if (text.includes(", plural,"))
        t.same(
          wanted.filter((category) => !text.includes(` ${category} {`)),
          [],
          `${language} ${id}`,
        );
  }
  t.end();
});

test("every text is used, and none that is used is missing", (t) => {
  t.same(
    [...english.keys()].filter((id) => !isUsed(id)),
    [],
  );
  const asked = Array.from(sources.matchAll(/\bt\("([^"]+)"/g), ([, id = ""]) => id);
  t.same(
    asked.filter((id) => !english.has(id)),
    [],
  );
  t.end();
});

test("texts speak as we speak, and are translated", (t) => {
  for (const language of languages)
    t.same(
      [...textsIn(language)].filter(([, text]) => banned.test(text)),
      [],
      language,
    );
  const copied = [...textsIn("fr")].filter(([id, text]) => text === english.get(id) && text.split(/\s+/).length >= 4);
  t.same(copied, [], "no French text is the English one");
  t.same(
    [...textsIn("fr")].filter(([, text]) => / [;?]| :(?!\s*\w+,)/.test(text.replaceAll(/\{[^}]*\}/g, ""))),
    [],
    "French marks have their no-break space",
  );
  t.end();
});
