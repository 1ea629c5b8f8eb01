// The file by which a tax office is told what members were paid: the schema for platforms of the OECD (DPI 1.0, as Regulation (EU) 2022/1467 takes it over), the same bytes each time.
import type { Instant } from "../../platform/time.ts";
import type { Addressee } from "./invoice.ts";
import { wholeUnits, type Quarter, type Quarters } from "./income-report.ts";
import type { Individual, Taxpayer } from "./taxpayer.ts";
import { says, tag } from "./xml.ts";

type Address = Pick<Addressee, "street" | "postcode" | "town" | "country">;

/** The coop as the platform's operator; the report of it was sent before where this is not the year's first message. */
export type Operator = Address & {
  readonly name: string;
  readonly taxNumber: string;
  readonly vatNumber?: string | undefined;
  readonly docRef: string;
  readonly sentBefore: boolean;
};

export type Reported = Address & {
  readonly name: string;
  readonly vatNumber?: string | undefined;
  readonly taxpayer: Taxpayer;
  readonly ibans: readonly string[];
  readonly quarters: Quarters;
  readonly docRef: string;
};

export type DpiMessage = {
  readonly year: number;
  readonly at: Instant;
  readonly ref: string;
  readonly currency: string;
  readonly operator: Operator;
  readonly sellers: readonly Reported[];
};

/** How messages and their parts are called: the country that sends, the year, the country that receives, and what is unique. */
export const dpiRef = (country: string, year: number, id: string): string => `${country}${year}${country}-${id}`;

const maybe = (name: string, text: string | undefined): string => (text === undefined ? "" : says(name, text));

const taxNumber = (number: string | undefined, country: string): string =>
  number === undefined ? says('TIN unknown="true"', "NOTIN") : says(`TIN issuedBy="${country}"`, number);

const addressOf = (kind: string, { street, postcode, town, country }: Address): string =>
  tag(
    `Address legalAddressType="${kind}"`,
    says("CountryCode", country),
    tag("AddressFix", says("Street", street), says("PostCode", postcode), says("City", town)),
  );

const docSpec = (type: "OECD0" | "OECD1", ref: string): string => tag("DocSpec", says("stf:DocTypeIndic", type), says("stf:DocRefId", ref));

/** Resident where it reports: it is a coop of that country. */
const operatorOf = ({ name, vatNumber, docRef, sentBefore, ...operator }: Operator): string =>
  tag(
    "PlatformOperator",
    says("ResCountryCode", operator.country),
    taxNumber(operator.taxNumber, operator.country),
    maybe("VAT", vatNumber),
    says("Name", name),
    addressOf("OECD304", operator),
    says("Nexus", "RPONEX1"),
    says("AssumedReporting", "false"),
    docSpec(sentBefore ? "OECD0" : "OECD1", docRef),
  );

const birthOf = ({ bornOn, bornIn }: Individual): string =>
  tag(
    "BirthInfo",
    says("BirthDate", bornOn),
    bornIn === undefined ? "" : tag("BirthPlace", says("City", bornIn.town), tag("CountryInfo", says("CountryCode", bornIn.country))),
  );

/** Who they are. The number in the register of companies is a company's alone. */
function identityOf({ taxpayer, vatNumber, name, ibans, ...seller }: Reported): string {
  const head = [says("ResCountryCode", seller.country), taxNumber(taxpayer.taxNumber, seller.country)];
  const accounts = ibans.map((iban) => tag("FinancialIdentifier", says('Identifier AccountNumberType="IBAN"', iban)));
  if (taxpayer.kind === "company") {
    const register = says(`IN issuedBy="${seller.country}" INType="BRN"`, taxpayer.registerNumber);
    const company = tag("EntSellerID", ...head, register, maybe("VAT", vatNumber), says("Name", name), addressOf("OECD303", seller));
    return tag("EntitySeller", tag("Standard", company, ...accounts));
  }
  const called = tag("Name", says("FirstName", taxpayer.firstName), says("LastName", taxpayer.lastName));
  const person = tag("IndSellerID", ...head, maybe("VAT", vatNumber), called, addressOf("OECD301", seller), birthOf(taxpayer));
  return tag("IndividualSeller", tag("Standard", person, ...accounts));
}

/** Each of the four under its name. No tax is withheld from whoever is paid on an invoice. */
function activitiesOf(quarters: Quarters, currency: string): string {
  const money = (name: string, minor: (quarter: Quarter) => bigint): string =>
    quarters
      .map((quarter, at) => says(`${name}Q${at + 1} currCode="${currency}"`, wholeUnits({ minor: minor(quarter), currency }).toString()))
      .join("");
  return tag(
    "RelevantActivities",
    tag(
      "PersonalServices",
      tag(
        "Consideration",
        money("Cons", ({ paidMinor }) => paidMinor),
      ),
      tag("NumberOfActivities", ...quarters.map(({ works }, at) => says(`NumbQ${at + 1}`, String(works)))),
      tag(
        "Fees",
        money("Fees", ({ feesMinor }) => feesMinor),
      ),
      tag(
        "Taxes",
        money("Tax", () => 0n),
      ),
    ),
  );
}

/** The whole file. Without anybody to report it says that. */
export function dpiFile({ year, at, ref, currency, operator, sellers }: DpiMessage): string {
  const { country } = operator;
  const head = tag(
    "MessageSpec",
    says("SendingEntityIN", operator.taxNumber),
    says("TransmittingCountry", country),
    says("ReceivingCountry", country),
    says("MessageType", "DPI"),
    says("MessageRefId", ref),
    says("MessageTypeIndic", sellers.length === 0 ? "DPI403" : "DPI401"),
    says("ReportingPeriod", `${year}-12-31`),
    // Without a zone, as the guide to the schema writes it; it is UTC.
    says("Timestamp", at.slice(0, 23)),
  );
  const reports = sellers.map(
    (seller) =>
      `\n${tag("ReportableSeller", tag("Identity", identityOf(seller)), activitiesOf(seller.quarters, currency), docSpec("OECD1", seller.docRef))}`,
  );
  const root = `DPI_OECD version="1.0" xmlns="urn:oecd:ties:dpi:v1" xmlns:stf="urn:oecd:ties:dpistf:v1"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag(root, "\n", head, "\n", tag("DPIBody", operatorOf(operator), ...reports, "\n"))}\n`;
}
