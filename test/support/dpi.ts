// The OECD's schema for reports of platforms (DPI 1.0) as far as we write it, element by element in its order, and what in a file speaks against it. The schema itself is the OECD's and lies not here.
import { XMLParser } from "fast-xml-parser";

type Node = Readonly<Record<string, unknown>>;

const quarters = (name: string): string => [1, 2, 3, 4].map((no) => `${name}Q${no}`).join(" ");
const optional = (name: string): string => `(?: ${name})?`;
const several = (name: string): string => `(?: ${name})*`;

/** What may stand in an element, in which order; each name is separated by a space. */
const order: Readonly<Record<string, string>> = {
  DPI_OECD: "MessageSpec DPIBody",
  MessageSpec: "SendingEntityIN TransmittingCountry ReceivingCountry MessageType MessageRefId MessageTypeIndic ReportingPeriod Timestamp",
  DPIBody: `PlatformOperator${several("ReportableSeller")}`,
  PlatformOperator: `ResCountryCode TIN${optional("VAT")} Name Address Nexus AssumedReporting DocSpec`,
  ReportableSeller: "Identity RelevantActivities DocSpec",
  Identity: "(?:EntitySeller|IndividualSeller)",
  EntitySeller: "Standard",
  IndividualSeller: "Standard",
  Standard: `(?:EntSellerID|IndSellerID)${several("FinancialIdentifier")}`,
  EntSellerID: `ResCountryCode TIN IN${optional("VAT")} Name Address`,
  IndSellerID: `ResCountryCode TIN${optional("VAT")} Name Address BirthInfo`,
  Address: "CountryCode AddressFix",
  AddressFix: "Street PostCode City",
  BirthInfo: `BirthDate${optional("BirthPlace")}`,
  BirthPlace: "City CountryInfo",
  CountryInfo: "CountryCode",
  FinancialIdentifier: "Identifier",
  RelevantActivities: "PersonalServices",
  PersonalServices: "Consideration NumberOfActivities Fees Taxes",
  Consideration: quarters("Cons"),
  NumberOfActivities: quarters("Numb"),
  Fees: quarters("Fees"),
  Taxes: quarters("Tax"),
  DocSpec: "stf:DocTypeIndic stf:DocRefId",
};

const country = /^[A-Z]{2}$/;
const text = /^.{1,200}$/u;

/** What a text is, by the names of the elements around it. */
const texts: readonly (readonly [name: RegExp, form: RegExp])[] = [
  [/(Country|CountryCode)$/, country],
  [/^MessageType$/, /^DPI$/],
  [/^MessageTypeIndic$/, /^DPI40[13]$/],
  [/^(MessageRefId|stf:DocRefId)$/, /^[A-Z]{2}\d{4}[A-Z]{2}-.{1,160}$/],
  [/^ReportingPeriod$/, /^\d{4}-12-31$/],
  [/^BirthDate$/, /^\d{4}-\d\d-\d\d$/],
  [/^Timestamp$/, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/],
  [/^Nexus$/, /^RPONEX[1-5]$/],
  [/^AssumedReporting$/, /^(true|false)$/],
  [/^stf:DocTypeIndic$/, /^OECD[0-3]$/],
  [/^(Cons|Fees|Tax|Numb)Q[1-4]$/, /^(0|[1-9]\d*)$/],
  [/./, text],
];

/** Attributes that an element must bear, all of them. */
const attributes: readonly (readonly [name: RegExp, each: Readonly<Record<string, RegExp>>])[] = [
  [/^(Cons|Fees|Tax)Q[1-4]$/, { currCode: /^[A-Z]{3}$/ }],
  [/^Address$/, { legalAddressType: /^OECD30[1-5]$/ }],
  [/^IN$/, { issuedBy: country, INType: /^BRN$/ }],
  [/^Identifier$/, { AccountNumberType: /^IBAN$/ }],
  [/^DPI_OECD$/, { version: /^1\.0$/, xmlns: /^urn:oecd:ties:dpi:v1$/, "xmlns:stf": /^urn:oecd:ties:dpistf:v1$/ }],
];

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
});

const nameOf = (node: Node): string => Object.keys(node).find((key) => key !== ":@") ?? "";
const heldBy = (node: Node): readonly Node[] => node[nameOf(node)] as readonly Node[];

/** What the order, the forms and the attributes have against a file; nothing where it fits. */
export function faultsOfDpi(xml: string): readonly string[] {
  const [root] = parser.parse(xml) as readonly Node[];
  return root && nameOf(root) === "DPI_OECD" ? faultsIn(root) : ["the root is no DPI_OECD"];
}

function faultsIn(node: Node): readonly string[] {
  const name = nameOf(node);
  const held = heldBy(node);
  const inside = held.filter((each) => nameOf(each) !== "#text");
  const wanted = order[name];
  if (inside.length === 0) return [...textFaults(name, held), ...attributeFaults(name, node)];
  const found = inside.map(nameOf).join(" ");
  // The name of a person is in parts, that of a company is a text.
  const fits = name === "Name" ? found === "FirstName LastName" : wanted !== undefined && new RegExp(`^${wanted}$`).test(found);
  return [...(fits ? [] : [`${name} holds ${found}`]), ...attributeFaults(name, node), ...inside.flatMap(faultsIn)];
}

function textFaults(name: string, held: readonly Node[]): readonly string[] {
  const [said] = held.map((each) => String(each["#text"]));
  const [, form = text] = texts.find(([of]) => of.test(name)) ?? [];
  return said !== undefined && order[name] === undefined && form.test(said) ? [] : [`${name} says ${said ?? "nothing"}`];
}

function attributeFaults(name: string, node: Node): readonly string[] {
  const borne = (node[":@"] ?? {}) as Readonly<Record<string, string>>;
  if (name === "TIN") return "issuedBy" in borne !== "unknown" in borne ? [] : ["TIN says not whether it is known"];
  const [, wanted = {}] = attributes.find(([of]) => of.test(name)) ?? [];
  const fits =
    Object.keys(borne).length === Object.keys(wanted).length && Object.entries(wanted).every(([key, form]) => form.test(borne[key] ?? ""));
  return fits ? [] : [`${name} bears ${JSON.stringify(borne)}`];
}
