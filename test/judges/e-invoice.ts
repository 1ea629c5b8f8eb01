// Invoices, as our server writes them for the Peppol network, before rules of others.
import fc from "fast-check";
import { writeEInvoice } from "@partcommune/server/money/actions/write-e-invoice";
import { invoicesOf } from "../support/e-invoices.ts";
import type { Rules } from "./rules.ts";

const spoiled = 50;
const none = (): Promise<never> => Promise.reject(new Error("no page is asked for"));
const amounts =
  /<cbc:(TaxableAmount|TaxAmount|LineExtensionAmount|TaxExclusiveAmount|TaxInclusiveAmount|PayableAmount)( [^>]*)>(-?\d+\.\d\d)</g;

/** Every document that differs from this one by a cent in one sum; `total` where that sum is one of the whole. */
export function* offByACent(xml: string): Iterable<{ readonly xml: string; readonly total: boolean }> {
  for (const { 0: whole, 1: name = "", 2: attributes = "", 3: sum = "0", index } of xml.matchAll(amounts)) {
    const off = (Number(sum.replace(".", "")) + 1) / 100;
    const wrong = `<cbc:${name}${attributes}>${off.toFixed(2)}<`;
    yield { xml: xml.slice(0, index) + wrong + xml.slice(index + whole.length), total: /^(Tax(Ex|In)clusive|Payable)Amount$/.test(name) };
  }
}

/** What the rules make of the invoices; true where they refuse none that is right, and each whose total is a cent off. */
export async function judged(rules: readonly Rules[], count: number, tell: (line: string) => void): Promise<boolean> {
  const sample = fc.sample(invoicesOf(["invoice", "creditNote"]), { numRuns: count, seed: 20_261_127 });
  const documents = [];
  for (const invoice of sample) documents.push(new TextDecoder().decode(await writeEInvoice(invoice, "peppol", none)));
  let isSound = rules.length > 0;
  for (const { name, asked } of rules) {
    const verdicts = documents.map(asked);
    const broken = verdicts.flatMap(({ fatal }) => fatal);
    const fired = verdicts.reduce((so, each) => so + each.fired, 0);
    const warned = verdicts.reduce((so, each) => so + each.warned.length, 0);
    tell(`${name}: ${documents.length} invoices, ${fired} rules fired, ${broken.length} broken, ${warned} warnings`);
    for (const [id, all] of Map.groupBy(broken, (each) => each)) tell(`  ${id} was broken ${all.length} times`);
    isSound &&= broken.length === 0 && fired > 0;
  }
  const wrong = documents.slice(0, spoiled).flatMap((xml) => [...offByACent(xml)]);
  const unseen = wrong.filter(({ xml }) => rules.every(({ asked }) => asked(xml).fatal.length === 0));
  const totals = unseen.filter(({ total }) => total).length;
  tell(`${wrong.length} sums off by a cent: ${wrong.length - unseen.length} seen, ${unseen.length} not, ${totals} of them totals`);
  return isSound && totals === 0;
}
