// Which account of the French general chart (plan comptable général, règlement ANC 2014-03) each of ours is written under. A reading of the chart by its words: an accountant confirms it before a file is handed on.
import type { Pot } from "../../governance/rules/pots.ts";
import { sortOf, type AccountSort, type Cost, type Income } from "./accounts.ts";

/** An account of the French chart. Words stand without accents: the law takes ASCII, ISO 8859-15 and EBCDIC, and the first is part of all. */
export type FrenchAccount = { readonly number: string; readonly label: string; readonly because: string };

const line = (number: string, label: string, because: string): FrenchAccount => ({ number, label, because });

/** Whose account it is, as its auxiliary number begins. */
const parties = {
  client: ["C", "Client"],
  member: ["M", "Membre"],
  sister: ["S", "Cooperative"],
  lender: ["P", "Preteur"],
  initiative: ["I", "Initiative"],
} as const;

type Row = {
  /** By the part of our code that decides it, where more than one does. */
  readonly of: (part: (at: number) => string, side: "debit" | "credit") => FrenchAccount;
  readonly party?: keyof typeof parties;
};

const always = (number: string, label: string, because: string, party?: Row["party"]): Row => {
  const account = line(number, label, because);
  return { of: () => account, ...(party ? { party } : {}) };
};

const common = "the voted part of each price that is common: a fund of the coop";
const pots: Readonly<Record<Pot | "reinsurance", FrenchAccount>> = {
  guarantee: line("10681", "Autres reserves - Garantie", common),
  insurance: line("10682", "Autres reserves - Assurance", common),
  coaching: line("10683", "Autres reserves - Accompagnement", common),
  advances: line("10684", "Autres reserves - Avances", common),
  reserve: line("10685", "Autres reserves - Reserve", common),
  running: line("10686", "Autres reserves - Fonctionnement", common),
  reinsurance: line("10687", "Autres reserves - Reassurance", "ceded to a pot that coops share"),
};

/** The row that a part of a code names. The chart of accounts lets no other part through. */
const among =
  (at: number, rows: Readonly<Record<string, FrenchAccount>>): Row["of"] =>
  (part) => {
    const row = rows[part(at)];
    if (!row) throw new RangeError(`no French account for ${part(at)}`);
    return row;
  };

const passing: Readonly<Record<string, FrenchAccount>> = {
  transit: line("4672", "Virements ordonnes", "ordered at the bank and not yet on its statement: owed to third parties until then"),
  payable: line("4673", "Sinistres a payer", "claims that were accepted: owed to third parties"),
  strays: line("4677", "Sommes recues a rendre", "what a stranger sent by mistake: owed to them until it went back"),
  unmatched: line("471", "Comptes d'attente", "what the bank booked and nobody has explained"),
};

const payroll: Readonly<Record<string, FrenchAccount>> = {
  net: line("421", "Personnel - Remunerations dues", "net pay that has not left yet"),
  employee: line("4311", "Securite sociale - Part salariale", "contributions kept back from pay"),
  employer: line("4312", "Securite sociale - Part patronale", "contributions of the employer"),
  withholding: line("4421", "Prelevements a la source", "income tax kept back from pay"),
};

const spendings: Readonly<Record<Cost, FrenchAccount>> = {
  bank: line("627", "Services bancaires et assimiles", "charges of a bank"),
  interest: line("661", "Charges d'interets", "interest on what was lent to us"),
  premises: line("613", "Locations", "rooms the coop rents, with what belongs to them"),
  equipment: line("606", "Achats non stockes de matieres et fournitures", "things bought for use and not to last beyond a year"),
  software: line("651", "Redevances pour concessions et licences", "programs, and machines elsewhere that run them"),
  advice: line("622", "Remunerations d'intermediaires et honoraires", "accountants, lawyers, auditors"),
  people: line("621", "Personnel exterieur a l'entreprise", "who works for the coop and is on none of its payrolls"),
  travel: line("625", "Deplacements, missions et receptions", "journeys and gatherings"),
  publicity: line("623", "Publicite, publications, relations publiques", "how others hear of the coop"),
  insurance: line("616", "Primes d'assurances", "what insures the coop itself; the cover of members is a pot's"),
  duties: line("635", "Autres impots, taxes et versements assimiles", "taxes and dues that are no VAT"),
  other: line("628", "Divers", "what no other account names"),
};

const returns: Readonly<Record<Income, FrenchAccount>> = {
  interest: line("768", "Autres produits financiers", "interest that a bank pays"),
  other: line("758", "Produits divers de gestion courante", "what comes in besides the fee"),
};

type Sides = Readonly<Record<"debit" | "credit", FrenchAccount>>;

const exchange: Sides = {
  debit: line("666", "Pertes de change financieres", "foreign money that lost before it was settled"),
  credit: line("766", "Gains de change financiers", "foreign money that gained before it was settled"),
};

const rounding: Sides = {
  debit: line("658", "Charges diverses de gestion courante", "rounding, where it costs"),
  credit: line("758", "Produits divers de gestion courante", "rounding, where it brings"),
};

const chart: Readonly<Record<AccountSort, Row>> = {
  bank: {
    of: (part) =>
      line(`512${part(1).replaceAll("-", "").toUpperCase()}`, `Banque ${part(1)}`, "money at a bank, one account for each of ours"),
  },
  receivableOfClient: always("411", "Clients", "what clients owe on their invoices", "client"),
  vatDue: {
    of: (part) =>
      line(
        `44571${part(1)}`,
        `TVA collectee ${part(1)}`,
        "VAT on invoices, and on what comes from other countries, for each country's own return",
      ),
  },
  vatAsked: {
    of: (part) =>
      part(2) === "input"
        ? line(`44566${part(1)}`, `TVA deductible ${part(1)}`, "VAT on what members spent for their work, and the coop itself")
        : line(`44583${part(1)}`, `TVA a recuperer ${part(1)}`, "VAT asked back on invoices that nobody will pay"),
  },
  budget: always(
    "4671",
    "Membres - Compte d'activite",
    "money owed to a member's activity, which is no pay until a payslip says so",
    "member",
  ),
  advance: always("425", "Personnel - Avances et acomptes", "advanced before the client has paid", "member"),
  share: always("1013", "Capital souscrit, appele, verse", "the share of a member of a cooperative", "member"),
  pot: { of: among(1, pots) },
  payroll: { of: among(1, payroll) },
  passing: { of: among(1, passing) },
  loanOfLender: always("168", "Autres emprunts et dettes assimilees", "lent by somebody outside", "lender"),
  receivableOfCoop: always("4674", "Cooperatives - Creances", "owed by another coop for work of our members", "sister"),
  payableToCoop: always("4675", "Cooperatives - Dettes", "owed to another coop for work of its members", "sister"),
  betweenCoops: {
    of: (part) =>
      part(0) === "loan"
        ? line("274", "Prets", "lent to another coop, or borrowed of it")
        : line("4676", "Cooperatives - Compensation", "what is left once two coops have set off what they owe each other"),
    party: "sister",
  },
  initiative: always("10688", "Autres reserves - Initiatives", "set aside by a vote for one purpose", "initiative"),
  foreign: {
    of: (part) =>
      line(
        `4678${part(1)}`,
        `Contre-valeur de positions en ${part(1)}`,
        "what a position in foreign money is worth here; the foreign money itself is its Montantdevise",
      ),
  },
  difference: { of: (part, side) => (part(0) === "fx" ? exchange : rounding)[side] },
  expense: {
    of: among(1, spendings),
  },
  income: { of: among(1, returns) },
};

/** The auxiliary account of whoever an account is about: an id, and no name. */
export type Auxiliary = { readonly number: string; readonly label: string };

/** Where a leg on an account of ours stands in the French chart. */
export function frenchAccount(code: string, side: "debit" | "credit"): FrenchAccount & { readonly auxiliary?: Auxiliary } {
  const [sort, { owner = "" }] = sortOf(code);
  const { of, party } = chart[sort];
  const parts = code.split(":");
  const account = of((at) => parts[at] ?? "", side);
  if (!party) return account;
  const [letter, says] = parties[party];
  return { ...account, auxiliary: { number: letter + owner, label: `${says} ${owner}` } };
}

/** Costs and income begin each year at nothing: what they came to before is the result that was carried on. */
export const isOfResult = (number: string): boolean => /^[67]/.test(number);

export const carriedOn = {
  credit: line("110", "Report a nouveau (solde crediteur)", "what earlier years brought"),
  debit: line("119", "Report a nouveau (solde debiteur)", "what earlier years cost"),
} as const;
