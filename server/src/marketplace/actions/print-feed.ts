// A feed of jobs in one of its three forms. Who follows it comes to the page of the job, in the language of the feed.
import { Feed } from "feed";
import { queryOf } from "@partcommune/shared/marketplace/rules/search";
import type { File } from "../../platform/doors.ts";
import { say } from "../../platform/letters.ts";
import { htmlWithHeadings } from "../../platform/text.ts";
import type { Fed, FedJob } from "../store/feed.ts";

/** A coop that has posted no job has changed its list never; a feed has to name a day. */
const never = 0;

const forms = {
  rss: (feed: Feed): string => feed.rss2(),
  atom: (feed: Feed): string => feed.atom1(),
  json: (feed: Feed): string => feed.json1(),
};
export type Form = keyof typeof forms;

/** Prints what was found as a file of this form. */
export const feedIn =
  (form: Form) =>
  async (fed: Fed): Promise<File> => ({ name: `jobs.${form}`, bytes: Buffer.from(forms[form](feedOf(fed, form))) });

function feedOf(fed: Fed, form: Form): Feed {
  const { coop, language, origin, filters, jobs } = fed;
  const query = queryOf(filters);
  const page = `${origin}/${language}/jobs${query && `?${query}`}`;
  const addressOf = (each: Form): string => `${origin}/api/v1/jobs.${each}?in=${language}${query && `&${query}`}`;
  const feed = new Feed({
    id: page,
    title: titled(say(language, "marketplace.feed.title", { coop }), form),
    description: say(language, "marketplace.feed.says"),
    link: page,
    language,
    generator: false,
    updated: new Date(jobs[0]?.openedAt ?? never),
    feedLinks: { rss: addressOf("rss"), atom: addressOf("atom"), json: addressOf("json") },
  });
  for (const job of jobs) feed.addItem(itemOf(fed, job, form));
  return feed;
}

function itemOf({ language, origin }: Fed, { id, title, text, client, trade, openedAt }: FedJob, form: Form) {
  const address = `${origin}/${language}/jobs/${id}`;
  const date = new Date(openedAt);
  return {
    id: address,
    link: address,
    title: titled(title, form),
    date,
    published: date,
    author: [{ name: readable(client) }],
    category: [{ name: readable(trade) }],
    content: htmlWithHeadings(readable(text), 2),
  };
}

/** XML has no place for two signs that JSON has. */
const readable = (text: string): string => text.replaceAll(/[\ufffe\uffff]/g, "");

/** Atom and RSS read a title as HTML, JSON Feed as it stands. */
const titled = (title: string, form: Form): string =>
  form === "json" ? title : readable(title).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
