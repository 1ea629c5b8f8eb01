// The yearly report of what members were paid: how it stands, whom it still lacks, the act that fixes it, and its file for the tax office.
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type * as api from "@partcommune/shared/money/api/income-report";
import { dpiFile, dpiRef } from "@partcommune/shared/money/rules/dpi";
import {
  differ,
  isReportable,
  lacksOf,
  mayBeAsked,
  objectionToReporting,
  reportedFrom,
} from "@partcommune/shared/money/rules/income-report";
import { dayOf } from "@partcommune/shared/platform/calendar";
import { registeredAs } from "@partcommune/shared/platform/e-addresses";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { File } from "../../platform/doors.ts";
import { letterheadOf } from "../../platform/letterhead.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Query, type Scope, type View } from "../../platform/scope.ts";
import { houseOf } from "../store/house.ts";
import * as store from "../store/income-reports.ts";
import { earnersIn, type Earner } from "../store/incomes.ts";
import { daysOfYear } from "../store/journal.ts";
import { spanOf } from "../store/tables.ts";
import { saveAsking } from "../store/taxpayers.ts";
import { askingPerson } from "./asking-person.ts";

type Standing = Readonly<Record<"ready" | "lacking" | "elsewhere" | "reported", readonly Earner[]>>;

/** Everybody who was paid on invoices in a year, by what the report makes of them. */
async function standingOf(view: Pick<View, "db">, year: number): Promise<Standing> {
  const { zone } = await houseOf(view.db);
  const earners = await earnersIn(view, year, spanOf(daysOfYear(year), zone), zone);
  const of = (kind: keyof Standing): readonly Earner[] => earners.filter((earner) => kindOf(earner) === kind);
  return { ready: of("ready"), lacking: of("lacking"), elsewhere: of("elsewhere"), reported: of("reported") };
}

function kindOf(earner: Earner): keyof Standing {
  if (earner.reported) return "reported";
  if (!isReportable(earner)) return "elsewhere";
  return lacksOf(earner).length === 0 ? "ready" : "lacking";
}

const named = ({ member, name }: Earner) => ({ member, name });
const paidTo = (earners: readonly Earner[]): bigint =>
  earners.flatMap(({ quarters }) => quarters).reduce((so, { paidMinor }) => so + paidMinor, 0n);

/** The same for the same people, whatever their names. */
const hashOf = (earners: readonly Earner[]): string =>
  createHash("sha256")
    .update(
      earners
        .map(({ member }) => member)
        .toSorted()
        .join(),
    )
    .digest("hex");

/** How the report of a year stands. */
export const incomeReport: Query<InputOf<typeof api.readIncomeReport>, AnswerOf<typeof api.readIncomeReport>> = async (view, { year }) => {
  const { person } = askingPerson(view);
  const { currency, zone } = await houseOf(view.db);
  const opensOn = reportedFrom(year);
  const { ready, lacking, elsewhere, reported } = await standingOf(view, year);
  const takings = await store.takingsOf(view, year);
  return {
    ready: ready.length,
    paid: { minor: paidTo(ready), currency },
    ...(dayOf(view.now, zone) < opensOn ? { opensOn } : {}),
    lacking: lacking.map((earner) => ({
      ...named(earner),
      lacks: [...lacksOf(earner)],
      ...(earner.askedAt === null ? {} : { askedAt: earner.askedAt }),
      times: earner.times,
    })),
    leftOut: hashOf(lacking),
    elsewhere: elsewhere.map(named),
    reports: (await store.reportsOf(view, year)).map(({ id, ...report }) => ({
      ...report,
      taken: takings.filter((taking) => taking.report === id).map(({ by, at, person: taker }) => ({ by, at, mine: taker === person })),
    })),
    differing: reported.filter(({ quarters, reported: told }) => told !== undefined && differ(quarters, told)).map(named),
  };
};

/** Asks those whom the report lacks, but for those who were asked lately. */
export const askTaxpayers: Action<InputOf<typeof api.askTaxpayers>, AnswerOf<typeof api.askTaxpayers>> = async (scope, { year }) => {
  const { person } = askingPerson(scope);
  await store.takeReporting(scope);
  const { lacking } = await standingOf(viewOf(scope), year);
  const asked = lacking.filter(({ askedAt }) => mayBeAsked(askedAt ?? undefined, scope.now)).map(({ member }) => member);
  if (asked.length === 0) return { asked: 0 };
  const asking = scope.id();
  await saveAsking(scope, asking, asked, person);
  scope.emit({
    type: "taxpayers.asked",
    subject: asking,
    body: { members: asked.length },
    about: ["desk:money", ...asked.map((member) => `member:${member}`)],
  });
  return { asked: asked.length };
};

/** Fixes what is reported of everybody who can be, leaving out those who cannot, of whom whoever reports has read. */
export const reportIncome: Action<InputOf<typeof api.reportIncome>, AnswerOf<typeof api.reportIncome>> = async (
  scope,
  { year, leftOut },
) => {
  const { person } = askingPerson(scope);
  await store.takeReporting(scope);
  const view = viewOf(scope);
  const { ready, lacking } = await standingOf(view, year);
  const operator = await operatorOf(scope);
  const before = await store.reportsOf(view, year);
  refuseIf(
    objectionToReporting({
      year,
      today: operator.today,
      coopKnown: operator.frozen !== undefined,
      lacking: lacking.length,
      leftOut: hashOf(lacking),
      saidLeftOut: leftOut,
      ready: ready.length,
      before: before.length,
    }),
  );
  const [id, no] = [scope.id(), before.length + 1];
  await store.saveReport(scope, { id, year, no, person, operator: found(operator.frozen), told: ready.map(told) });
  const members = ready.map(({ member }) => `member:${member}`);
  scope.emit({ type: "income.reported", subject: id, body: { year, members: ready.length }, about: ["desk:money", ...members] });
  return { no, members: ready.length };
};

const told = ({ member, billing, taxpayer, ibans, quarters }: Earner): store.NewReport["told"][number] => ({
  member,
  billing: found(billing ?? undefined),
  taxpayer: found(taxpayer ?? undefined),
  ibans,
  quarters,
});

/** The coop as its papers say it, and the day it is there. Without a number in its letterhead no tax office knows it. */
async function operatorOf({ tx, now }: Scope): Promise<{ readonly today: ReturnType<typeof dayOf>; readonly frozen: string | undefined }> {
  const { name, country, currency, zone } = await houseOf(tx);
  const { street, postcode, town, vatNumber } = await letterheadOf(tx);
  const today = dayOf(now, zone);
  if (vatNumber === undefined) return { today, frozen: undefined };
  const taxNumber = registeredAs(country, vatNumber)?.id ?? vatNumber;
  const operator: store.OperatorFrozen = { name, street, postcode, town, country, currency, taxNumber, vatNumber };
  return { today, frozen: canonicalize(operator) };
}

type Which = InputOf<typeof api.takeIncomeReport>;

async function reportAt(view: Pick<View, "db">, { year, no }: Which): Promise<Id> {
  return found((await store.reportsOf(view, year)).find((report) => report.no === no)).id;
}

/** Takes the file of a report: it is written down. */
export const takeIncomeReport: Action<Which, AnswerOf<typeof api.takeIncomeReport>> = async (scope, which) => {
  const { person } = askingPerson(scope);
  const id = await reportAt(viewOf(scope), which);
  await store.saveTaking(scope, id, person);
  scope.emit({ type: "income.taken", subject: id, body: { year: which.year }, about: ["desk:money"] });
  return {};
};

/** What a file is made of, for whoever has taken it. */
export const reportFile: Query<Which, store.ReportToWrite & Which> = async (view, { year, no }) => {
  const { person } = askingPerson(view);
  const id = await reportAt(view, { year, no });
  const takings = await store.takingsOf(view, year);
  refuseUnless(
    takings.some((taking) => taking.report === id && taking.person === person),
    "file-not-taken",
  );
  return { ...found(await store.reportToWrite(view, year, no)), year, no };
};

/** Writes the file, of what was fixed and nothing else. */
export async function writeReportFile({ id, year, no, at, operator, firstId, sellers }: store.ReportToWrite & Which): Promise<File> {
  const { country, currency, ...coop } = operator;
  const refOf = (of: Id): string => dpiRef(country, year, of);
  const text = dpiFile({
    year,
    at,
    ref: refOf(id),
    currency,
    operator: { ...coop, country, docRef: refOf(firstId), sentBefore: no > 1 },
    sellers: sellers.map(({ id: of, ...seller }) => ({ ...seller, docRef: refOf(of) })),
  });
  return { name: `dac7-${year}-${no}.xml`, bytes: Buffer.from(text) };
}
