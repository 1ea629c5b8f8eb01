// What stands in the head of every page: title, language alternates, canonical address, description.
import { languages } from "@partcommune/shared/platform/page";
import type { Reading } from "./root.tsx";

type Matched = {
  readonly pathname: string;
  readonly staticData: { readonly title?: string; readonly feed?: string };
  readonly status?: string;
};

/** Title first the page, then the coop; each language of the page is announced to search engines and readers. */
export function headOf({ speech, origin }: Reading, matches: readonly Matched[], coop = "Partcommune") {
  const last = matches.at(-1);
  const path = (last?.pathname ?? "/").replace(/^\/[a-z]{2}(?=\/|$)/, "");
  const title = last?.staticData.title;
  return {
    meta: [{ title: title ? `${speech.t(title)} · ${coop}` : coop }, { name: "description", content: speech.t("platform.description") }],
    links: [
      { rel: "canonical", href: `${origin}/${speech.language}${path}` },
      ...languages.map((language) => ({ rel: "alternate", hrefLang: language, href: `${origin}/${language}${path}` })),
      { rel: "alternate", hrefLang: "x-default", href: `${origin}${path || "/"}` },
      ...(last?.staticData.feed ? feedsOf(`${origin}${last.staticData.feed}`, speech.language) : []),
    ],
  };
}

/** What a reader of feeds finds by itself when it is given the page's address. */
const feedsOf = (address: string, language: string) =>
  (["rss+xml", "atom+xml", "feed+json"] as const).map((type) => ({
    rel: "alternate",
    type: `application/${type}`,
    href: `${address}.${type.split("+")[type.startsWith("feed") ? 1 : 0]}?in=${language}`,
  }));
