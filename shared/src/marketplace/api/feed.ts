// The newest jobs as feeds that readers of feeds follow: one list, three forms, each with the filters of the page beside it.
import { z } from "zod";
import { Bytes } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { languages } from "../../platform/page.ts";
import { filters } from "./search.ts";

const { language: writtenIn, ...others } = filters;
const Asked = z.strictObject({
  ...others,
  language: writtenIn,
  in: z.enum(languages).default("en").meta({ description: "the language of the feed's own words, and of the pages it leads to" }),
});

export const followJobsByRss = endpoint({
  does: "Follow the newest open jobs in RSS 2.0, narrowed like a search; the same for everybody.",
  method: "GET",
  path: "/api/v1/jobs.rss",
  who: "anyone",
  file: "application/rss+xml",
  input: Asked,
  answer: Bytes,
  mayLag: true,
});

export const followJobsByAtom = endpoint({
  does: "Follow the newest open jobs in Atom, narrowed like a search; the same for everybody.",
  method: "GET",
  path: "/api/v1/jobs.atom",
  who: "anyone",
  file: "application/atom+xml",
  input: Asked,
  answer: Bytes,
  mayLag: true,
});

export const followJobsByJson = endpoint({
  does: "Follow the newest open jobs in JSON Feed 1, narrowed like a search; the same for everybody.",
  method: "GET",
  path: "/api/v1/jobs.json",
  who: "anyone",
  file: "application/feed+json",
  input: Asked,
  answer: Bytes,
  mayLag: true,
});
