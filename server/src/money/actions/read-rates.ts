// Reading the reference rates of the European Central Bank as it publishes them: the file of a day or of its history, as CSV or XML. From text to what it says, or to the line it says nothing on. It touches no database.
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { exponents } from "@partcommune/shared/platform/money";
import { ppmOfText } from "@partcommune/shared/money/rules/foreign";
import type { Day } from "@partcommune/shared/platform/time";
import type { Published } from "./rates.ts";

/** What cannot be understood, and where. */
export class UnreadableRates extends Error {
  constructor(line: string) {
    super(`This is not understood, so nothing of the file is kept: ${line.slice(0, 200)}`);
  }
}

const base = "EUR";

const rateText = /^\d{1,9}(\.\d{1,6})?$/;

function unless(holds: boolean, line: string): void {
  if (!holds) throw new UnreadableRates(line);
}

/** What a file says, by its form. Of money this coop cannot book nothing is kept; where a day has no rate (`N/A`), neither. */
export const readRates = (text: string): readonly Published[] => (text.trimStart().startsWith("<") ? readXml(text) : readCsv(text));

type Said = { readonly currency: string; readonly rate: string };

function published(day: string, said: readonly Said[], line: string): Published {
  unless(!Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day), line);
  const rates = new Map<string, bigint>();
  for (const { currency, rate } of said) {
    unless(/^[A-Z]{3}$/.test(currency) && !rates.has(currency), line);
    if (rate === "N/A") continue;
    unless(rateText.test(rate) && ppmOfText(rate) > 0n, line);
    if (Object.hasOwn(exponents, currency)) rates.set(currency, ppmOfText(rate));
  }
  return { base, on: day as Day, rates };
}

const monthNames = "January February March April May June July August September October November December".split(" ");

/** `27 November 2026` in the file of a day, `2026-11-27` in the history. */
function dayOf(text: string): string {
  const [, day = "", month = "", year = ""] = /^(\d{1,2}) ([A-Z][a-z]+) (\d{4})$/.exec(text) ?? [];
  const at = monthNames.indexOf(month) + 1;
  return at === 0 ? text : `${year}-${String(at).padStart(2, "0")}-${day.padStart(2, "0")}`;
}

const cellsOf = (line: string): readonly string[] =>
  line
    .replace(/,\s*$/, "")
    .split(",")
    .map((cell) => cell.trim());

function readCsv(text: string): readonly Published[] {
  const [head = "", ...lines] = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const [date, ...currencies] = cellsOf(head);
  unless(date === "Date" && currencies.length > 0 && lines.length > 0, head);
  return lines.map((line) => {
    const [day = "", ...cells] = cellsOf(line);
    unless(cells.length === currencies.length, line);
    return published(
      dayOf(day),
      currencies.map((currency, at) => ({ currency, rate: cells[at] ?? "" })),
      line,
    );
  });
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  maxNestedTags: 20,
  isArray: (name) => name === "Cube",
});

type Cube = { readonly time?: string; readonly currency?: string; readonly rate?: string; readonly Cube?: readonly Cube[] };

/** `<gesmes:Envelope>` with a `<Cube time="…">` for each day and a `<Cube currency="…" rate="…"/>` for each money. */
function readXml(text: string): readonly Published[] {
  unless(!/<!(?:DOCTYPE|ENTITY)/i.test(text), "<!DOCTYPE");
  unless(XMLValidator.validate(text) === true, text);
  const { Envelope } = parser.parse(text) as { Envelope?: { Cube?: readonly Cube[] } };
  const days = Envelope?.Cube?.flatMap(({ Cube: inside = [] }) => inside) ?? [];
  unless(days.length > 0, text);
  return days.map(({ time = "", Cube: inside = [] }) => {
    const line = JSON.stringify({ time, inside });
    unless(inside.length > 0, line);
    return published(
      time,
      inside.map(({ currency = "", rate = "" }) => ({ currency, rate })),
      line,
    );
  });
}
