// Invoices, as our server writes them for the Peppol network and inside a printed page (Factur-X), before rules of others.
import fc from "fast-check";
import { writeEInvoice } from "@partcommune/server/money/actions/write-e-invoice";
import type { EInvoice } from "@partcommune/shared/money/rules/e-invoice";
import { invoicesOf } from "../../support/e-invoices.ts";
import { figuresInside } from "../../support/pdf.ts";
import type { Rules, Verdict } from "./rules.ts";

const spoiled = 50;
const none = (): Promise<never> => Promise.reject(new Error("no page is asked for"));

/** A page with nothing on it: what is judged lies inside. */
const blankPage = Buffer.from(
  "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
);

/** The two syntaxes of EN 16931: each set of rules is of one of them. */
const syntaxes = {
  UBL: async (invoice: EInvoice): Promise<string> => new TextDecoder().decode(await writeEInvoice(invoice, "peppol", none)),
  CII: async (invoice: EInvoice): Promise<string> =>
    figuresInside(Buffer.from(await writeEInvoice(invoice, "facturX", async () => blankPage))),
} as const;
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
  const documents: string[] = [];
  for (const invoice of sample) documents.push(await syntaxes.UBL(invoice));
  const figures: string[] = [];
  const inside = async (): Promise<readonly string[]> => {
    if (figures.length === 0) for (const invoice of sample) figures.push(await syntaxes.CII(invoice));
    return figures;
  };
  const totalsSeen: Rules[] = [];
  let isSound = rules.length > 0;
  for (const each of rules) {
    const { name, asked } = each;
    const ofUbl = documents.map(asked);
    const isUbl = ofUbl.some(({ fired }) => fired > 0);
    if (isUbl) totalsSeen.push(each);
    const verdicts: readonly Verdict[] = isUbl ? ofUbl : (await inside()).map(asked);
    const broken = verdicts.flatMap(({ fatal }) => fatal);
    const fired = verdicts.reduce((so, each) => so + each.fired, 0);
    const warned = verdicts.reduce((so, each) => so + each.warned.length, 0);
    tell(
      `${name}: ${documents.length} invoices as ${isUbl ? "UBL" : "CII"}, ${fired} rules fired, ${broken.length} broken, ${warned} warnings`,
    );
    for (const [id, all] of Map.groupBy(broken, (each) => each)) tell(`  ${id} was broken ${all.length} times`);
    isSound &&= broken.length === 0 && fired > 0;
  }
  // Sums are spoiled in one syntax: both are written from the same figures.
  if (totalsSeen.length === 0) return isSound;
  const wrong = documents.slice(0, spoiled).flatMap((xml) => [...offByACent(xml)]);
  const unseen = wrong.filter(({ xml }) => totalsSeen.every(({ asked }) => asked(xml).fatal.length === 0));
  const totals = unseen.filter(({ total }) => total).length;
  tell(`${wrong.length} sums off by a cent: ${wrong.length - unseen.length} seen, ${unseen.length} not, ${totals} of them totals`);
  return isSound && totals === 0;
}
