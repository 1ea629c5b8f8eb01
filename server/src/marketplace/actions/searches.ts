// Saved searches: kept, changed, ended, matched when a job opens, and told by letter.
import { createHash } from "node:crypto";
import type * as api from "@partcommune/shared/marketplace/api";
import { objectionToSaving, type Rhythm } from "@partcommune/shared/marketplace/rules/saved-search";
import { tellAt } from "@partcommune/shared/marketplace/rules/rhythm";
import { filtersFrom } from "@partcommune/shared/marketplace/rules/search";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import { addressOf } from "../../membership/index.ts";
import { exchangeToday } from "../../money/index.ts";
import { writeLetter } from "../../platform/letters.ts";
import { found, refuseIf, refuseUnless } from "../../platform/refused.ts";
import { viewOf, type Action, type Scope } from "../../platform/scope.ts";
import { bookOf } from "../../platform/store.ts";
import * as store from "../store/searches.ts";

type Act<E> = Action<InputOf<E>, AnswerOf<E>>;
type Done = Record<string, never>;

const mostTold = 50;

/** The same in every letter of a search, made again from its id: nowhere kept, only its digest. */
const tokenOf = ({ keys }: Pick<Scope, "keys">, search: Id): string => keys.digest("search-end", search).toString("base64url");
const digestOf = (token: string): Buffer => createHash("sha256").update(token).digest();

function personOf({ actor }: Scope): Id {
  refuseUnless(actor.kind === "person", "sign-in-first");
  return actor.person;
}

/** Keeps a search of the page. */
export const saveSearch: Act<typeof api.saveSearch> = async (scope, { name, query, rhythm }) => {
  const person = personOf(scope);
  refuseIf(objectionToSaving(await store.searchesKept(scope, person)));
  const id = scope.id();
  const { currency } = await bookOf(scope.tx);
  const filters = filtersFrom(Object.fromEntries(new URLSearchParams(query)));
  await store.saveSearch(scope, { id, person, name, rhythm, filters, currency, endDigest: digestOf(tokenOf(scope, id)) });
  scope.emit({ type: "search.saved", subject: id, body: {}, about: [] });
  return { id };
};

/** Sets how often letters come, or that they wait. */
export const changeSearch: Act<typeof api.changeSearch> = async (scope, { search, rhythm, state }) => {
  found(await store.setSearch(scope, personOf(scope), search, { rhythm, state }));
  scope.emit({ type: "search.changed", subject: search, body: {}, about: [] });
  return {};
};

export const endSearch: Act<typeof api.endSearch> = async (scope, { search }) => {
  found(await store.endOwnSearch(scope, personOf(scope), search));
  scope.emit({ type: "search.ended", subject: search, body: {}, about: [] });
  return {};
};

/** Ends a search for whoever holds its letter. Twice is no fault: a letter can be read twice. */
export const endSearchByLetter: Act<typeof api.endSearchByLetter> = async (scope, { token }) => {
  const search = await store.endSearchOfToken(scope, digestOf(token));
  if (search) scope.emit({ type: "search.ended", subject: search, body: {}, about: [] });
  return {};
};

/** Notes for every search that a job, just opened, is found by it. */
export const matchJob: Action<{ job: Id }, Done> = async (scope, { job }) => {
  const { zone } = await bookOf(scope.tx);
  const at = (rhythm: Rhythm) => tellAt(rhythm, scope.now, zone);
  await store.saveFinds(scope, job, { atOnce: at("atOnce"), daily: at("daily"), weekly: at("weekly") }, await exchangeToday(viewOf(scope)));
  return {};
};

/** Writes one letter about everything that is due for a person in a rhythm. Jobs that closed meanwhile are not told any more. */
export const tellFinds: Action<{ person: Id; rhythm: Rhythm }, Done> = async (scope, { person, rhythm }) => {
  const finds = await store.takeFinds(scope, person, rhythm);
  const address = await addressOf(viewOf(scope), person);
  if (!address || finds.length === 0) return {};
  const { email, language } = address;
  const page = (path: string): string => `${scope.origin}/${language}${path}`;
  const jobs = new Map(finds.map(({ job, title }) => [job, `${title}\n${page(`/jobs/${job}`)}`]));
  const searches = new Map(finds.map(({ search, name }) => [search, `${name}: ${page(`/searches/end?token=${tokenOf(scope, search)}`)}`]));
  const params = {
    count: String(jobs.size),
    jobs: [...jobs.values()].slice(0, mostTold).join("\n\n"),
    ends: [...searches.values()].join("\n"),
    all: page("/my/searches"),
  };
  await writeLetter(scope, { to: email, language, kind: "jobsFound", params });
  return {};
};
