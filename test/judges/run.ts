// npm run judge:einvoice -- <folder>: five hundred invoices before the official rules of EN 16931 and Peppol, which are not ours to hand on.
import { join } from "node:path";
import { judged } from "./e-invoice.ts";
import { rulesIn } from "./rules.ts";

const cases = 500;
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error("npm run judge:einvoice -- <folder with rule files: .sch, .xslt or .sef.json>");
  process.exit(2);
}
const rules = rulesIn(folder, join(import.meta.dirname, "../../.cache/judges"));
process.exit((await judged(rules, cases, (line) => console.log(line))) ? 0 : 1);
