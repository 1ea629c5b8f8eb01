// The words of a no, in the reader's language: what, by which rule, and who can change it.
import { readCoop } from "@partcommune/shared/platform/api";
import type { MoneyText } from "@partcommune/shared/platform/money";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { useEffect, useState } from "react";
import { useWanted } from "../platform/call.tsx";
import { useSpeech, useT } from "../platform/i18n.tsx";
import { useMoney } from "./money.tsx";
import { useDay, written } from "./when.tsx";
import { Link } from "./link.tsx";
import { SignInBeside } from "./sign-in-beside.tsx";

/** What a person settles on their own settings page, so the refusal leads there. */
const answeredInSettings: ReadonlySet<string> = new Set(["proof-needed", "no-passkey"]);

/** What a refusal says, without a way to ask about it. */
export function RefusalWords({ problem, quiet = false }: { readonly problem: ProblemBody; readonly quiet?: boolean }) {
  const t = useT();
  const words = useWords(problem);
  const name = nameOf(problem);
  const rule = words(`refusal.rule.${name}`, problem.rule);
  const changedBy = words(`refusal.changedBy.${name}`, problem.changedBy);
  return (
    <div {...(quiet ? {} : { role: "alert" })} className="refusal">
      <p>{problem.status === 0 ? t("platform.not-reached") : words(`refusal.${name}`, problem.detail)}</p>
      {rule ? <p>{t("platform.refusal.rule", { rule })}</p> : undefined}
      {changedBy ? <p>{t("platform.refusal.changedBy", { who: changedBy })}</p> : undefined}
      {problem.review && !problem.changedBy ? <p>{t("platform.refusal.fixed")}</p> : undefined}
      {answeredInSettings.has(name) ? (
        <p>
          <Link to="/my/settings">{t("platform.settings")}</Link>
        </p>
      ) : undefined}
      {name === "session-ended" || name === "sign-in-first" ? (
        <p>
          <SignInBeside />
        </p>
      ) : undefined}
      <p className="code">{name}</p>
    </div>
  );
}

/** The name of a refusal, as the problem page bears it. */
export const nameOf = ({ type }: ProblemBody): string => type.replace("/problems/", "");

/** The texts of refusals are loaded when the first one is met; what has no text there is told in the server's own words. */
function useWords({ facts }: ProblemBody): (id: string, fallback: string | undefined) => string | undefined {
  const speech = useSpeech();
  const [learnt, setLearnt] = useState<"not yet" | "yes" | "failed">("not yet");
  const factWords = useFactWords();
  useEffect(() => {
    speech.learn(["refusals"]).then(
      () => setLearnt("yes"),
      () => setLearnt("failed"),
    );
  }, [speech]);
  return (id, fallback) => {
    if (fallback === undefined || learnt === "failed") return fallback;
    if (learnt === "not yet") return "";
    const said = Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, factWords(name, fact)]));
    return speech.knows(id) ? speech.t(id, said) : fallback;
  };
}

/** A fact inside a sentence: an amount, a day, an instant by the coop's clock, a state, a list. */
function useFactWords(): (name: string, fact: unknown) => string {
  const { language, knows, t } = useSpeech();
  const money = useMoney();
  const day = useDay();
  const { zone = "UTC" } = useWanted(readCoop, {});
  const known = (id: string, fact: string): string => (knows(id) ? t(id) : fact);
  const say = (name: string, fact: unknown): string => {
    if (Array.isArray(fact)) return new Intl.ListFormat(language).format(fact.map((each) => say(name, each)));
    if (typeof fact === "object" && fact !== null && "amount" in fact) return money(fact as MoneyText);
    const text = String(fact);
    if (/^\d{4}-\d\d-\d\dT/.test(text)) return written(language, { dateStyle: "long", timeStyle: "short", timeZone: zone }, new Date(text));
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return day(text);
    if (name === "country") return new Intl.DisplayNames(language, { type: "region" }).of(text) ?? text;
    return known(`refusal.${name.replace(/^roles$/, "role")}.${text.replaceAll(" ", "-")}`, text);
  };
  return say;
}

/** What stands beside a field: the fault at its JSON pointer, if the refusal has one. */
export const faultAt = (problem: ProblemBody | undefined, pointer: string): string | undefined =>
  problem?.errors?.find((fault) => fault.pointer.startsWith(pointer))?.says;
