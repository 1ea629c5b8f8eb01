// The one way to write: parse, begin, take the key, act, record what happened, commit, give a hint.
import { createHmac } from "node:crypto";
import canonicalize from "canonicalize";
import { sql } from "kysely";
import type { z } from "zod";
import { actorName, type Actor } from "@partcommune/shared/platform/actor";
import { refuse } from "@partcommune/shared/platform/refusal";
import type { Instant } from "@partcommune/shared/platform/time";
import { isAway, sqlState, type Database, type Tx } from "./database.ts";
import { saveFacts, type Telling } from "./facts.ts";
import type { Hints } from "./hints.ts";
import type { Keys } from "./keys.ts";
import { parsed } from "./parse.ts";
import type { Errand } from "./queue/port.ts";
import { Refused, RefusedWithTrace, refuseUnless } from "./refused.ts";
import type { Action, Lend, Scope } from "./scope.ts";
import { newId, type World } from "./world.ts";

/** What a write is called and shaped like; an endpoint is one, a duty of the clock another. */
export type Verb<Input extends z.ZodObject = z.ZodObject, Answer extends z.ZodType = z.ZodType> = {
  readonly name: string;
  readonly input: Input;
  readonly answer: Answer;
  readonly status: number;
};

/** A caller's own name for one intent, and the id of the request it came with. */
export type Call = { readonly key: string; readonly cause: string; readonly knock?: Buffer };

/** The encoded answer; `repeated` when the same intent had been done before. */
export type Done = { readonly status: number; readonly answer: string; readonly repeated: boolean };

export type Perform = <Input extends z.ZodObject, Answer extends z.ZodType>(
  actor: Actor,
  verb: Verb<Input, Answer>,
  action: Action<z.output<Input>, z.output<Answer>>,
  input: unknown,
  call: Call,
) => Promise<Done>;

export type Performing = {
  readonly world: World;
  readonly db: Database;
  readonly keys: Keys;
  readonly origin: string;
  readonly hints: Hints;
  readonly lend: Lend;
  /** Queues of the listeners of a fact. */
  readonly listenersOf: (factType: string) => readonly string[];
};

const attempts = 5;
const serializationFailure = "40001";
const deadlock = "40P01";

/** Builds the only function that opens a writing transaction. */
export function performing(with_: Performing): Perform {
  return async (actor, verb, action, rawInput, call) => {
    const input = parsed(verb.input, rawInput);
    // Keyed, because an input may be a password and the fingerprint stays in the database.
    const fingerprint = with_.keys.digest("act", canonicalize({ action: verb.name, input: rawInput ?? null }) ?? "");
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(with_, actor, verb, (scope) => action(scope, input), fingerprint, call);
      } catch (error) {
        if (!isRetryable(error) || attempt === attempts) throw translated(error);
        // Two rivals that waited alike would meet again: 10, 20, 40, 80 ms, each half more or less.
        const jitter = 0.5 + (with_.world.random(1)[0] ?? 0) / 255;
        await with_.world.pause(10 * 2 ** (attempt - 1) * jitter);
      }
    }
  };
}

async function once(
  { world, db, keys, origin, hints, lend, listenersOf }: Performing,
  actor: Actor,
  verb: Verb,
  act: (scope: Scope) => Promise<unknown>,
  fingerprint: Buffer,
  call: Call,
): Promise<Done> {
  world.reach("asked");
  const told: Telling[] = [];
  let committed = (): void => undefined;
  const done = await db
    .transaction()
    .setIsolationLevel("read committed")
    .execute(async (tx): Promise<Done | RefusedWithTrace> => {
      world.reach("begun");
      const owner = actorName(actor);
      const earlier = await takeKey(tx, owner, call.key, fingerprint);
      if (earlier) return earlier;
      world.reach("key-taken");
      const now = world.clock();
      const scope = scopeOf({ world, keys, origin, lend }, tx, actor, now, call, told);
      const value = await act(scope).catch(traced);
      if (value instanceof RefusedWithTrace) return value;
      world.reach("acted");
      const facts = told.map((telling) => ({ ...telling, id: scope.id(), at: now, actor: owner, cause: call.cause }));
      await saveFacts(tx, facts);
      world.reach("facts-written");
      const errands: Errand[] = facts.flatMap((fact) => listenersOf(fact.type).map((queue) => ({ queue, fact: fact.id })));
      committed = await world.queue.enqueue(tx, errands, now);
      world.reach("errands-queued");
      const answer = JSON.stringify(verb.answer.encode(value));
      const row = { actor: owner, key: call.key, action: verb.name, fingerprint, status: verb.status, answer, at: now };
      await tx.insertInto("platform.idempotency").values(row).execute();
      world.reach("key-kept");
      return { status: verb.status, answer, repeated: false };
    });
  if (done instanceof RefusedWithTrace) throw done;
  world.reach("committed");
  committed();
  hints.give(
    told.flatMap((telling) => telling.about.map((topic) => ({ topic, type: telling.type }))),
    told.flatMap((telling) => [...listenersOf(telling.type)]),
  );
  world.reach("hinted");
  return done;
}

/** Lets what was written be committed before the no is told. */
function traced(error: unknown): RefusedWithTrace {
  if (error instanceof RefusedWithTrace) return error;
  throw error;
}

function scopeOf(
  { world, keys, origin, lend }: Pick<Performing, "world" | "keys" | "origin" | "lend">,
  tx: Tx,
  actor: Actor,
  now: Instant,
  call: Call,
  told: Telling[],
): Scope {
  let made = 0;
  return {
    tx,
    actor,
    now,
    keys,
    cause: call.cause,
    ...lend(tx),
    random: world.random,
    id: () => newId(world, now, made++),
    emit: (telling) => void told.push(telling),
    reach: world.reach,
    pushServices: world.push?.services ?? [],
    knock: call.knock ?? Buffer.alloc(0),
    origin,
  };
}

// Each for the transaction alone: one who waits longer is told to try again, and one who died holds nobody up.
const patience = sql`set_config('statement_timeout', '10000', true), set_config('lock_timeout', '5000', true), set_config('idle_in_transaction_session_timeout', '15000', true)`;

/** The earlier answer to this key, if there is one; else the key is ours until the transaction ends. The same trip sets how long anything may take. */
async function takeKey(tx: Tx, actor: string, key: string, fingerprint: Buffer): Promise<Done | undefined> {
  const { rows } = await sql<{
    ours: boolean;
  }>`select ${patience}, pg_try_advisory_xact_lock(hashtextextended(${`${actor}\n${key}`}, 0)) as ours`.execute(tx);
  refuseUnless(rows[0]?.ours === true, "same-key-in-flight");
  const row = await tx.selectFrom("platform.idempotency").selectAll().where("actor", "=", actor).where("key", "=", key).executeTakeFirst();
  if (!row) return undefined;
  refuseUnless(fingerprint.equals(row.fingerprint), "idempotency-mismatch");
  return { status: row.status, answer: row.answer, repeated: true };
}

const isRetryable = (error: unknown): boolean => [serializationFailure, deadlock].includes(sqlState(error));

/** A database that is away and exhausted retries mean the same to a caller: the outcome is unknown, try again with the same key. */
const translated = (error: unknown): unknown =>
  !(error instanceof Refused) && (isRetryable(error) || isAway(error)) ? new Refused(refuse("try-again")) : error;

/** The secret of a session that a repeat of the same intent gets again: only this server can make it. */
export const knockOf = (keys: Keys, actor: Actor, key: string): string =>
  createHmac("sha256", keys.digest("session", actorName(actor)))
    .update(key)
    .digest("base64url");
