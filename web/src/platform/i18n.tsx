// The texts in the reader's language: one set for each request or tab, never a language kept for all.
import { setupI18n, type I18n, type Messages } from "@lingui/core";
import { languages, type Language } from "@partcommune/shared/platform/page";
import { createContext, use, useEffect, useState, type ReactNode } from "react";

/** Says a text by its id; the values fill its placeholders. */
export type Say = (id: string, values?: Readonly<Record<string, string | number>>) => string;

/** The domains whose texts a screen needs besides the shell's; `workspace` is what the marketplace says of signed work alone, `votes` what governance says of proposals, votes and who takes part, `panels` of people drawn by lot, `bylaws` what each rule is called, `notices` what the platform says of news and how it comes, `founding` what the wizard asks, `stress` what is said of what may break, `entries` what moves money is called, `protection` what is said of a member’s own pay, `leaving` what is said to who leaves, `costs` of what the coop itself pays, `ranking` by what jobs are ordered, `books` of the book as files, `witnessed` who keeps whose book honest, `pay` what comes into the hand. */
export type Domain =
  | "platform"
  | "membership"
  | "governance"
  | "money"
  | "federation"
  | "mutual"
  | "marketplace"
  | "community"
  | "teams"
  | "offers"
  | "votes"
  | "panels"
  | "bylaws"
  | "workspace"
  | "notices"
  | "founding"
  | "incomes"
  | "outlays"
  | "billing"
  | "payroll"
  | "ranking"
  | "costs"
  | "employment"
  | "stress"
  | "entries"
  | "protection"
  | "leaving"
  | "books"
  | "witnessed"
  | "pay"
  | "refusals";

export type Speech = {
  readonly language: Language;
  readonly t: Say;
  /** Whether there is a text of this id: for ids that come from outside. */
  readonly knows: (id: string) => boolean;
  readonly learn: (domains: readonly Domain[]) => Promise<void>;
};

const catalogs = import.meta.glob<Messages>("/src/*/strings/*.po", { import: "messages" });
const placeOf = (domain: Domain, language: Language): string => `/src/${domain}/strings/${language}.po`;

/** The built file of a domain's texts, as the manifest knows it, so that the server can announce it. */
export const catalogSource = (domain: Domain, language: Language): string => placeOf(domain, language).slice(1);

export function speak(language: Language): Speech {
  const i18n = setupI18n({ locale: language, messages: { [language]: {} }, missing: (_, id) => missing(id) });
  return {
    language,
    t: (id, values) => i18n._(id, values),
    knows: (id) => Object.hasOwn(i18n.messages, id),
    learn: async (domains) => learn(i18n, language, domains),
  };
}

async function learn(i18n: I18n, language: Language, domains: readonly Domain[]): Promise<void> {
  const wanted = [...new Set(domains)].flatMap((domain) => catalogs[placeOf(domain, language)] ?? []);
  for (const messages of await Promise.all(wanted.map((load) => load()))) i18n.load(language, messages);
}

/** lingui would print the id of an unknown text and say nothing; here a test sees it, and a reader a mark instead of a code. */
function missing(id: string): string {
  if (import.meta.env.DEV) throw new Error(`no text for ${id}`);
  return `[${id}]`;
}

const Spoken = createContext<Speech | undefined>(undefined);

export function Speaking({ speech, children }: { readonly speech: Speech; readonly children: ReactNode }) {
  return <Spoken value={speech}>{children}</Spoken>;
}

export function useSpeech(): Speech {
  const speech = use(Spoken);
  if (!speech) throw new Error("nothing is said outside <Speaking>");
  return speech;
}

/** `const t = useT()`, then `t("money.fund.title")`. */
export const useT = (): Say => useSpeech().t;

/** Fetches the texts of a part that only some readers see; whether they are there. */
export function useLearnt(domain: Domain): boolean {
  const speech = useSpeech();
  const [learnt, setLearnt] = useState(false);
  useEffect(() => {
    let gone = false;
    const learning = async (): Promise<void> => {
      await speech.learn([domain]);
      if (!gone) setLearnt(true);
    };
    void learning();
    return () => void (gone = true);
  }, [speech, domain]);
  return learnt;
}

export const isLanguage = (text: string): text is Language => (languages as readonly string[]).includes(text);

/** Dates and times in English are written the European way: 23 December 2026, 17:00. */
export const localeOf = (language: Language): string => (language === "en" ? "en-GB" : language);
