// The judge of electronic invoices itself: it asks rules in the form in which the official ones are published, and sees a coin.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "tap";
import { judged, offByACent } from "../judges/e-invoices/e-invoice.ts";
import { rulesIn } from "../judges/e-invoices/rules.ts";

const sums = readFileSync(join(import.meta.dirname, "../judges/e-invoices/fixtures/sums.sch"), "utf8");

/** A folder with one file of rules. */
function folderOf(name: string, rules: string): string {
  const folder = mkdtempSync(join(tmpdir(), "rules-"));
  writeFileSync(join(folder, name), rules);
  return folder;
}

test("invoices that are right break no rule, and a total that is a cent off breaks one", async (t) => {
  const into = mkdtempSync(join(tmpdir(), "judges-"));
  const rules = rulesIn(folderOf("sums.sch", sums), into);
  const told: string[] = [];
  t.ok(await judged(rules, 8, (line) => told.push(line)), told.join("\n"));
  t.match(told, [/^sums\.sch: 8 invoices as UBL, [1-9]\d* rules fired, 0 broken, 0 warnings$/, /, 0 of them totals$/]);
  const compiled = readFileSync(join(into, "sums.sch.sef.json"), "utf8");
  const [ready] = rulesIn(folderOf("ready.sef.json", compiled), into);
  const xml = `<Invoice xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2">
    <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">21.00</cbc:TaxAmount></cac:TaxTotal><cac:LegalMonetaryTotal><cbc:TaxExclusiveAmount currencyID="EUR">100.00</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount currencyID="EUR">121.00</cbc:TaxInclusiveAmount><cbc:PayableAmount currencyID="EUR">121.00</cbc:PayableAmount></cac:LegalMonetaryTotal></Invoice>`;
  t.same(ready?.asked(xml), { fired: 1, fatal: [], warned: [] });
  t.same(
    Array.from(offByACent(xml), (wrong) => ready?.asked(wrong.xml).fatal),
    [["SUM-1"], ["SUM-1"], ["SUM-1", "SUM-2"], ["SUM-2"]],
  );
});

test("rules that every invoice breaks, that see nothing, or that are not there, are no praise", async (t) => {
  const into = mkdtempSync(join(tmpdir(), "judges-"));
  const strict = sums.replace('test="not(self::cac:LegalMonetaryTotal)"', 'test="false()"').replace("$totals | //cbc:ID", "//cbc:ID");
  for (const [why, rules] of [
    ["broken", strict],
    ["asked nothing", sums.replaceAll(/context="[^"]*"/g, 'context="nothing"')],
  ] as const)
    t.notOk(await judged(rulesIn(folderOf("rules.sch", rules), into), 2, () => undefined), why);
  t.notOk(await judged([], 1, () => undefined), "no rules");
});

const lines = `<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2">
  <ns prefix="ram" uri="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"/>
  <pattern><rule context="ram:SpecifiedTradeSettlementHeaderMonetarySummation">
    <assert id="CII-1" flag="fatal" test="round(100 * (ram:GrandTotalAmount - ram:TaxBasisTotalAmount - ram:TaxTotalAmount[@currencyID = //ram:InvoiceCurrencyCode])) = 0">The totals.</assert>
  </rule></pattern></schema>`;

test("rules of the other syntax are asked of what lies inside the printed page, wherever they stand in a folder", async (t) => {
  const folder = folderOf("readme.txt", "rules");
  mkdirSync(join(folder, "cii", "parts"), { recursive: true });
  writeFileSync(join(folder, "sums.sch"), sums);
  writeFileSync(join(folder, "cii", "lines.sch"), lines);
  writeFileSync(join(folder, "cii", "parts", "codes.sch"), '<pattern xmlns="http://purl.oclc.org/dsdl/schematron"/>');
  writeFileSync(join(folder, "cii", "make.xsl"), '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="2.0"/>');
  const told: string[] = [];
  t.ok(await judged(rulesIn(folder, mkdtempSync(join(tmpdir(), "judges-"))), 3, (line) => told.push(line)), told.join("\n"));
  t.match(told.toSorted(), [
    /off by a cent/,
    /^lines\.sch: 3 invoices as CII, [1-9]\d* rules fired, 0 broken, 0 warnings$/,
    /^sums\.sch: 3 invoices as UBL, [1-9]\d* rules fired, 0 broken, 0 warnings$/,
  ]);
});
