// Lists of jobs: each row is posted for its client like by hand, and withdrawn like by hand when it is taken back.
import type { z } from "zod";
import { postJob as posting } from "@partcommune/shared/marketplace/api";
import { ImportedJob } from "@partcommune/shared/marketplace/api/import";
import { objectionToWithdrawal } from "@partcommune/shared/marketplace/rules/job";
import type { Id } from "@partcommune/shared/platform/id";
import { clientByVat } from "../../membership/index.ts";
import { faultAt, subjectOfKey } from "../../platform/imports/bring.ts";
import { importable, type Brought } from "../../platform/imports/kind.ts";
import { doneByPeople } from "../../platform/imports/store.ts";
import { parsed } from "../../platform/parse.ts";
import { found } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import { anyBid } from "../store/bids.ts";
import { anyJobOf, jobToWithdraw } from "../store/jobs.ts";
import { skillsNamed } from "../store/skills.ts";
import { postJob, withdrawJob } from "./jobs.ts";

type Row = z.output<typeof ImportedJob>;

/** Posts the job of a row. */
async function bring(scope: Scope, row: Row): Promise<Brought> {
  const { key: _, client, skills, town, country, price, least, most, currency, ...job } = row;
  const book = await bookOf(scope.tx);
  const money = (amount: string) => ({ amount, currency: currency ?? book.currency });
  const asked = {
    ...job,
    client: await clientMeant(scope, client),
    ...(skills ? { skills: await idsOf(scope, skills, row) } : {}),
    ...(town || country ? { place: { town, country } } : {}),
    ...(price ? { price: money(price) } : {}),
    ...(least ? { least: money(least) } : {}),
    ...(most ? { most: money(most) } : {}),
  };
  const { id } = await postJob(scope, parsed(posting.input, asked));
  return { subject: id, brought: true };
}

async function clientMeant(scope: Scope, named: string): Promise<Id> {
  const client = (await subjectOfKey(scope, "clients", named)) ?? (await clientByVat(scope, named));
  if (client === undefined) throw faultAt("client", "the key or VAT number of a client that is here; read the list of clients in first");
  return client;
}

async function idsOf(scope: Scope, names: readonly string[], { language }: Row): Promise<readonly Id[]> {
  const named = await skillsNamed(scope, names, language);
  const unknown = names.filter((name) => !named.has(name));
  if (unknown.length > 0) throw faultAt("skills", `names or addresses of skills on this coop's list, unlike ${unknown.join(", ")}`);
  return names.flatMap((name) => named.get(name) ?? []);
}

async function holds(scope: Scope, job: Id): Promise<string | undefined> {
  if (await anyBid(scope, job)) return "somebody has bid on it";
  if (objectionToWithdrawal(found(await jobToWithdraw(scope, job)), scope.actor)) return "it is no longer open";
  const done = await doneByPeople(scope, [job]);
  return done === undefined ? undefined : `somebody has acted on it since (${done})`;
}

export const importedJobs = importable({
  kind: "jobs",
  row: ImportedJob,
  keyOf: ({ key, client, title, bidsUntil }) => key ?? `${client} / ${title} / ${bidsUntil}`,
  bring,
  columnOf: {
    "client-blocked": "client",
    "currency-differs": "currency",
    "price-unlike-its-kind": "priceKind",
    "bounds-reversed": "most",
    "dates-reversed": "endOn",
    "deadline-too-near": "bidsUntil",
    "deadline-too-far": "bidsUntil",
    "skill-unknown": "skills",
  },
  holds,
  takeBack: async (scope, job) => void (await withdrawJob(scope, { job })),
});

/** Why a client is not taken back: work was posted or agreed for it. */
export const workHolds = async (scope: Scope, client: Id): Promise<string | undefined> =>
  (await anyJobOf(scope, client)) ? "a job was posted or work agreed for it" : undefined;
