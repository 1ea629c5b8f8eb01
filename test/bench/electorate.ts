// A coop of very many associates, and votes that they are asked in, put into a durable database by SQL: only benches do this.
import { hash } from "node:crypto";
import { join } from "node:path";
import type { Client } from "pg";
import { queues } from "@partcommune/server/app";
import { migrate } from "@partcommune/server/platform/migrate";
import { startPostgres } from "@partcommune/server/platform/postgres";
import type { Notice } from "@partcommune/shared/governance/rules/notice";
import type { Change, Payload } from "@partcommune/shared/governance/rules/proposal";
import { instantOf } from "@partcommune/shared/platform/time";
import { nobodysId as newId } from "../support/example.ts";
import { asAdmin, databaseAt } from "../support/postgres.ts";

export type Yard = { readonly url: string; readonly stop: () => Promise<void> };

/** A durable server with a migrated database of so many associates. */
export async function openYard(name: string, members: number): Promise<Yard> {
  const server = await startPostgres(join(import.meta.dirname, "../../.data/bench"));
  const url = databaseAt(server.url, name);
  await asAdmin(server.url, async (client) => {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name}`);
  });
  await migrate(url, queues);
  await asAdmin(url, async (client) => {
    await client.query(
      `insert into membership.person (id, name, email, language, created_at)
        select overlay(gen_random_uuid()::text placing '7' from 15)::uuid, 'Voter ' || at, 'voter-' || at || '@people.example', 'en', now()
        from generate_series(1, $1) as at`,
      [members],
    );
    await client.query(
      `insert into membership.member (id, person, stage, status, trade, applied_at, associate_at)
        select overlay(gen_random_uuid()::text placing '7' from 15)::uuid, id, 'associate', 'invoiced', 'translation', now(), now() - interval '1 year'
        from membership.person`,
    );
    await client.query("vacuum analyze");
  });
  return { url, stop: server.stop };
}

const seed = Buffer.alloc(32, 7);

/** What a bench votes: a rule and the version it changes. */
export type Asked = { readonly proposal: string; readonly change: Change };

const payloadOf = ({ change }: Asked): Payload => ({ kind: "bylaws", changes: [change] });

/** A yes-or-no question to all members that closes in so many seconds, about a rule or about nothing. What passes waits for no contest. */
function noticeOf(seconds: number, asked: Asked | undefined): { readonly vote: string; readonly text: string } {
  const at = (after: number) => instantOf(Date.now() + after * 1_000);
  const notice: Notice = {
    vote: newId(),
    kind: asked ? "bylaws" : "resolution",
    class: "ordinary",
    reading: 1,
    convocation: 1,
    method: "yesNo",
    mode: "rollCall",
    versions: asked ? { [asked.proposal]: payloadOf(asked) } : {},
    titles: asked ? { [asked.proposal]: asked.change.key } : {},
    options: [],
    weights: { members: 1 },
    majority: { over: 1, under: 2, strict: true },
    everyCollege: false,
    quorum: { ppm: 100_000, secondPpm: 0 },
    opensAt: at(-86_400),
    closesAt: at(seconds),
    extensionDays: 7,
    contestDays: 0,
    seedHash: hash("sha256", seed, "hex"),
  };
  return { vote: notice.vote, text: JSON.stringify(notice) };
}

const insertion = `insert into governance.vote (id, kind, class, method, mode, notice, notice_hash, seed, state, convened_at, opens_at, closes_at)
  select $1, notice ->> 'kind', notice ->> 'class', notice ->> 'method', notice ->> 'mode', $2, $3, $4, $5, (notice ->> 'opensAt')::timestamptz,
    (notice ->> 'opensAt')::timestamptz, (notice ->> 'closesAt')::timestamptz from (select $2::text::jsonb as notice) as told`;
/** A vote that closes in so many seconds, in the state it is given. Its id. */
export async function savedVote(client: Client, state: "convened" | "open", seconds: number, asked?: Asked): Promise<string> {
  const { vote, text } = noticeOf(seconds, asked);
  await client.query(insertion, [vote, text, hash("sha256", text, "hex"), seed, state]);
  if (asked)
    await client.query(
      `insert into governance.proposal (id, kind, class, title, text, language, payload, subjects, state, drafted_at, published_at, in_assembly, vote)
        values ($1, 'bylaws', 'ordinary', $2, '', 'en', $3, array[$4], 'convened', now(), now(), false, $5)`,
      [asked.proposal, asked.change.key, JSON.stringify(payloadOf(asked)), asked.change.key, vote],
    );
  return vote;
}
