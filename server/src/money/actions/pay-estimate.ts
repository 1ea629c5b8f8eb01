// Estimates of pay: reckoned in a thread, kept while the process lives, and never waited for by who only looks.
import modele from "modele-social/package.json" with { type: "json" };
import { estimateFrom, whyUnestimated, type PayEstimate, type PayFacts, type Reckoned } from "@partcommune/shared/money/rules/pay-estimate";
import { amountText } from "@partcommune/shared/platform/money";
import { openThread } from "../../platform/thread.ts";
import type { ToReckon } from "./pay-estimate-thread.ts";

/** What a model said of some facts; no estimate where it cannot say. */
type Said = { readonly estimate: PayEstimate | undefined };

const model = `modele-social ${modele.version}`;
const reckon = openThread<Reckoned | undefined>(new URL("./pay-estimate-thread.ts", import.meta.url));

/** Each is the same for everybody and for ever, so that nothing is lost with a process but a third of a second. */
const kept = new Map<string, Said>();
const mostKept = 4_096;

const underWay = new Map<string, Promise<Said>>();
/** So many may wait for the thread because somebody looks at a page; whoever comes after asks again. */
const mostWaiting = 8;

/** Rates change with a month. */
const monthOf = ({ day }: PayFacts): string => `${day.slice(0, 7)}-01`;
const keyOf = (facts: PayFacts): string => `${facts.country} ${amountText(facts.cost)} ${monthOf(facts)}`;

/** The estimate for somebody who is employed, however long it takes; undefined where the country has no model or the model no answer. Never inside a transaction. */
export async function estimatePay(facts: PayFacts): Promise<PayEstimate | undefined> {
  if (whyUnestimated(facts) !== undefined) return undefined;
  return (kept.get(keyOf(facts)) ?? (await begun(facts))).estimate;
}

/** What went wrong while nobody waited; whoever looks next is told. */
let fault: unknown;

/** What is known at once. Otherwise it is begun, and known to whoever asks again. */
export function estimateKnown(facts: PayFacts): Said | undefined {
  const known = kept.get(keyOf(facts));
  if (known) keep(keyOf(facts), known);
  else if (fault !== undefined) throw forgotten();
  else if (underWay.size < mostWaiting) begun(facts).catch((error: unknown) => void (fault = error));
  return known;
}

function forgotten(): unknown {
  const [was] = [fault, (fault = undefined)];
  return was;
}

async function begun(facts: PayFacts): Promise<Said> {
  const key = keyOf(facts);
  const running = underWay.get(key) ?? said(facts).finally(() => underWay.delete(key));
  underWay.set(key, running);
  const answer = await running;
  keep(key, answer);
  return answer;
}

async function said(facts: PayFacts): Promise<Said> {
  const reckoned = await reckon({ cost: amountText(facts.cost), month: monthOf(facts) } satisfies ToReckon);
  return { estimate: reckoned && estimateFrom(facts.cost, reckoned, model) };
}

/** The one that nobody asked for longest makes room. */
function keep(key: string, answer: Said): void {
  kept.delete(key);
  kept.set(key, answer);
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
}
