// A reader of the fichier des écritures comptables, written from the text of the law (article A47 A-1 of the Livre des procédures fiscales, VII 1°) and from nothing of ours. It refuses what the law does.

const names =
  "JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib PieceRef PieceDate EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise Idevise";

/** What may stay empty: auxiliary accounts, lettering and foreign money. */
const mayBeEmpty = new Set(["CompAuxNum", "CompAuxLib", "EcritureLet", "DateLet", "Montantdevise", "Idevise"]);

export type FecLine = Readonly<Record<string, string>> & { readonly cents: number };

const isDay = (text: string): boolean => {
  const [, year = "", month = "", day = ""] = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? [];
  const at = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.getUTCDate() === Number(day);
};

function lineFrom(text: string, at: number): FecLine {
  const fields = text.split("\t");
  if (fields.length !== 18) throw new Error(`line ${at}: ${fields.length} fields`);
  const line = Object.fromEntries(names.split(" ").map((name, place) => [name, fields[place] ?? ""]));
  const wrong = (what: string): never => {
    throw new Error(`line ${at}: ${what}: ${text}`);
  };
  for (const [name, value] of Object.entries(line)) if (value === "" && !mayBeEmpty.has(name)) wrong(`${name} is empty`);
  for (const name of ["EcritureDate", "PieceDate", "ValidDate"]) if (!isDay(line[name] ?? "")) wrong(`${name} is no day`);
  for (const name of ["Debit", "Credit"]) if (!/^\d+,\d\d$/.test(line[name] ?? "")) wrong(`${name} is no amount`);
  if (!/^\d{3}/.test(line["CompteNum"] ?? "")) wrong("no account of the chart");
  if ((line["CompAuxNum"] === "") !== (line["CompAuxLib"] === "")) wrong("an auxiliary account without its name");
  if ((line["Montantdevise"] === "") !== (line["Idevise"] === "")) wrong("foreign money without its currency");
  const [debit = 0, credit = 0] = ["Debit", "Credit"].map((name) => Number((line[name] ?? "").replace(",", "")));
  if ((debit === 0) === (credit === 0)) wrong("neither debit nor credit, or both");
  return { ...line, cents: debit - credit } as FecLine;
}

/** The lines of a file, once it holds what the law asks of a whole one: its fields, its numbers, its order, and entries that balance. */
export function readFec(text: string): readonly FecLine[] {
  if (/[^\t\r\n\u0020-\u007e]/.test(text)) throw new Error("a sign that is not in every set the law takes");
  const [head, ...rest] = text.split("\r\n");
  if (head !== names.replaceAll(" ", "\t")) throw new Error(`other fields: ${head}`);
  if (rest.pop() !== "") throw new Error("the last line has no end");
  const lines = rest.map((each, at) => lineFrom(each, at + 2));
  const entries = Map.groupBy(lines, ({ JournalCode, EcritureNum }) => `${JournalCode} ${EcritureNum}`);
  let [place, validated] = [0, ""];
  const counted = new Map<string, number>();
  for (const [name, legs] of entries) {
    const [journal = "", number = "", day = ""] = ["JournalCode", "EcritureNum", "ValidDate"].map((each) => legs[0]?.[each]);
    if (legs.some((leg, at) => leg !== lines[place + at])) throw new Error(`${name} does not stand together`);
    if (legs.reduce((sum, { cents }) => sum + cents, 0) !== 0) throw new Error(`${name} does not balance`);
    if (Number(number) !== (counted.get(journal) ?? 0) + 1) throw new Error(`${journal} has a gap before ${number}`);
    if (place > 0 && journal === "AN") throw new Error("what was held before does not stand first");
    if (day < validated) throw new Error(`${name} was final before the one above it`);
    counted.set(journal, Number(number));
    [place, validated] = [place + legs.length, day];
  }
  return lines;
}
