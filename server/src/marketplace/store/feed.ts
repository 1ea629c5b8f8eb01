// What a feed of jobs holds, in SQL: the newest of those the public list shows.
import { sql } from "kysely";
import type { followJobsByAtom } from "@partcommune/shared/marketplace/api/feed";
import type { JobLanguage } from "@partcommune/shared/marketplace/rules/job";
import { visitor } from "@partcommune/shared/platform/actor";
import type { InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Language } from "@partcommune/shared/platform/page";
import type { Instant } from "@partcommune/shared/platform/time";
import type { View } from "../../platform/scope.ts";
import { coopCard } from "../../platform/store.ts";
import { listed } from "./found-jobs.ts";
import { askedBy } from "./search.ts";

const mostFed = 50;

export type FedJob = {
  readonly id: Id;
  readonly title: string;
  readonly text: string;
  readonly language: JobLanguage;
  readonly client: string;
  readonly trade: string;
  readonly openedAt: Instant;
};

export type Fed = {
  readonly coop: string;
  readonly language: Language;
  /** The filters as the page's address has them. */
  readonly filters: Readonly<Record<string, string | undefined>>;
  readonly origin: string;
  readonly jobs: readonly FedJob[];
};

/** The newest jobs for anybody: whoever asks reads what a visitor would. */
export async function jobsFed(view: View, { in: language, ...filters }: InputOf<typeof followJobsByAtom>): Promise<Fed> {
  const { name: coop } = await coopCard(view);
  const told = { coop, language, filters, origin: view.origin };
  const asked = await askedBy({ ...view, actor: visitor }, filters);
  if (!asked) return { ...told, jobs: [] };
  const { rows } = await sql<FedJob>`
    select job.id, job.title, job.text, job.language, client_card.name as client, job.trade, job.posted_at as "openedAt"
    from (select * from marketplace.job where ${listed(asked)} and elsewhere is null order by posted_at desc, id limit ${mostFed}) as job
    join membership.client_card on client_card.id = job.client order by job.posted_at desc, job.id`.execute(view.db);
  return { ...told, jobs: rows };
}
