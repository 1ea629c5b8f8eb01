// The demo's stage: a coop on a database of its own, a clock that the story moves, and people who call its doors like anybody.
import { pino } from "pino";
import { askToSignIn, askToSignUp, openSession } from "@partcommune/shared/membership/api";
import { enterDemo } from "@partcommune/shared/membership/api/demo";
import type { AskedOf, Endpoint, ToldOf } from "@partcommune/shared/platform/endpoint";
import { later, type Instant } from "@partcommune/shared/platform/time";
import { openCoop, type Coop } from "../app.ts";
import { callerOf, type Caller } from "../platform/caller.ts";
import { openVirtual } from "../platform/queue/virtual.ts";
import { nothingReached, realPause, type Mail, type World } from "../platform/world.ts";
import { addressOf, type Cast } from "./cast.ts";

/** Somebody of the demo: what they ask is done, or the demo is not made. */
export type Actress = { readonly name: string; readonly does: <E extends Endpoint>(endpoint: E, input: AskedOf<E>) => Promise<ToldOf<E>> };

export type Stage = {
  /** Who plays, and in which words. */
  readonly cast: Cast;
  readonly now: () => Instant;
  readonly goTo: (at: Instant) => void;
  /** Listeners have heard, and what falls due by the clock is done. */
  readonly settle: () => Promise<void>;
  /** Whether no listener has anything left to hear. */
  readonly isQuiet: () => boolean;
  readonly keepTime: () => Promise<void>;
  /** Somebody nobody knows yet. */
  readonly stranger: (name: string) => Actress;
  /** Somebody who signed up with the code from a letter. */
  readonly known: (name: string) => Promise<Actress>;
  /** The same person with their word taken as a fresh proof, as anyone has who walks into the demo. */
  readonly trusted: (name: string, person: string) => Promise<Actress>;
  /** The house itself, for whoever plays its neighbourhood. */
  readonly coop: Coop;
  readonly close: () => Promise<void>;
};

export type Staging = {
  readonly cast: Cast;
  readonly databaseUrl: string;
  readonly secret: Uint8Array;
  readonly begins: Instant;
  readonly random: World["random"];
  /** Where it is known from outside, and how it reaches others there; a demo speaks to nobody. */
  readonly origin?: string;
  readonly outside?: World["outside"];
  readonly inOrder?: World["inOrder"];
};

export async function openStage({
  cast,
  databaseUrl,
  secret,
  begins,
  random,
  origin = "http://localhost",
  outside,
  inOrder,
}: Staging): Promise<Stage> {
  const queue = openVirtual();
  const mails: Mail[] = [];
  let now = begins;
  const world: World = {
    clock: () => now,
    random,
    pause: realPause,
    databaseUrl,
    queue,
    mail: async (mail) => void mails.push(mail),
    reach: nothingReached,
    ...(outside ? { outside } : {}),
    ...(inOrder ? { inOrder } : {}),
  };
  const log = pino({ level: "silent" });
  const coop = await openCoop(world, { log, secret, origin, poolSize: 4, trustedProxies: [], perMinute: 10_000_000 });
  await coop.listen();
  let homes = 0;
  const caller = (): Caller => callerOf(coop.app, origin, () => homeOf((homes += 1)));
  const mailed = async (person: Caller, name: string, asks: typeof askToSignUp | typeof askToSignIn): Promise<void> => {
    const email = addressOf(name);
    const asked = { email, language: cast.language };
    await done(name, person, asks, asks === askToSignUp ? { ...asked, name } : asked);
    await queue.settle();
    await done(name, person, openSession, { email, code: codeIn(mails.findLast(({ to }) => to === email)?.text ?? "") });
  };
  return {
    cast,
    now: () => now,
    goTo: (at) => void (now = at > now ? at : later(now, 1)),
    settle: queue.settle,
    isQuiet: queue.isEmpty,
    keepTime: async () => void (await coop.keepTime()),
    stranger: (name) => {
      const person = caller();
      return actress(name, person, () => mailed(person, name, askToSignIn));
    },
    known: async (name) => {
      // Nobody becomes known in the same instant as another: lists of people begin with who came first.
      now = later(now, 1);
      const person = caller();
      await mailed(person, name, askToSignUp);
      return actress(name, person, () => mailed(person, name, askToSignIn));
    },
    trusted: async (name, id) => {
      const person = caller();
      const enter = async (): Promise<void> => void (await done(name, person, enterDemo, { person: id }));
      await enter();
      return actress(name, person, enter);
    },
    coop,
    close: coop.close,
  };
}

/** Does what somebody asks; a session that has ended in the months between is opened again. */
const actress = (name: string, person: Caller, comeBack: () => Promise<void>): Actress => ({
  name,
  does: async (endpoint, input) => {
    const { status, body } = await person.call(endpoint, input);
    if (status < 400) return body;
    if (status === 401) await comeBack();
    return done(name, person, endpoint, input);
  },
});

async function done<E extends Endpoint>(name: string, { call }: Caller, endpoint: E, input: AskedOf<E>): Promise<ToldOf<E>> {
  const { status, body, text } = await call(endpoint, input);
  if (status >= 400) throw new Error(`${name} may not ${endpoint.method} ${endpoint.path}: ${text}`);
  return body;
}

/** Everybody knocks from a new address each time: the doors count how often one does within a minute, and eighteen months pass in less. */
const homeOf = (number: number): string => `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`;

/** The code as letters write it: twice five letters. */
const codeIn = (text: string): string => /\b[2-9B-DF-HJ-NP-TV-Z]{5} [2-9B-DF-HJ-NP-TV-Z]{5}\b/.exec(text)?.[0] ?? "";
