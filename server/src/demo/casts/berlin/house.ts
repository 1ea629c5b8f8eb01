// Werkhof Neun in Berlin: the house, who is met in it first, and of what everybody else is made.
import { addressOf, type Cast, type Crowd, type Leads } from "../../cast.ts";

export const leads: Leads = {
  founder: "Katrin Albrecht",
  treasurers: ["Tobias Reimann", "Selin Aydın"],
  adviser: "Henrike Vogt",
  clients: [
    { buyer: "Matthias Kern", organisation: "Museum am Spreekanal", town: "Berlin", street: "Uferstraße 18", postcode: "10179" },
    { buyer: "Franziska Lindner", organisation: "Stadtteilfest Brückenkiez", town: "Potsdam", street: "Gutenbergweg 4", postcode: "14467" },
  ],
  members: [
    {
      name: "Jana Petersen",
      trade: "Grafik",
      handle: "jana-petersen",
      headline: "Plakate, Bücher, Leitsysteme: vom Entwurf bis zur Druckerei.",
      languages: ["de", "en"],
    },
    {
      name: "Emre Demir",
      trade: "Übersetzung",
      handle: "emre-demir",
      headline: "Türkisch, Englisch, Deutsch; Verträge und Romane.",
      languages: ["de", "tr", "en"],
    },
    {
      name: "Lena Schubert",
      trade: "Webentwicklung",
      handle: "lena-schubert",
      headline: "Barrierefreie Seiten, die andere weiterpflegen können.",
      languages: ["de", "en", "fr"],
    },
  ],
};

/** A coop with a workshop to keep: more than a third of its fee is what it costs to run. */
export const founding: Cast["founding"] = {
  name: "Werkhof Neun",
  country: "DE",
  currency: "EUR",
  zone: "Europe/Berlin",
  languages: ["en", "fr"],
  passwords: false,
  letterhead: { street: "Hofstraße 9", postcode: "10999", town: "Berlin", vatNumber: "DE136695976", iban: "DE89 3704 0044 0532 0130 00" },
  feeRate: 90_000,
  fundSplit: { guarantee: 240_000, insurance: 110_000, coaching: 60_000, advances: 60_000, reserve: 150_000, running: 380_000 },
  founder: { name: leads.founder, email: addressOf(leads.founder) },
};

export const endowments: Cast["endowments"] = [
  { pot: "guarantee", by: "founders", from: "Neun Gründerinnen und Gründer", amount: "40000.00" },
  { pot: "reserve", by: "grant", from: "Stiftung Hofwerk", amount: "20000.00" },
  { pot: "insurance", by: "grant", from: "Stiftung Hofwerk", amount: "4000.00" },
  { pot: "advances", by: "grant", from: "Stiftung Hofwerk", amount: "3000.00" },
];

export const crowd: Crowd = {
  firstNames: (
    "Anke Björn Carla Deniz Elif Frieda Gregor Hannah Ivo Johanna Kai Lukas Marlene Nuria Oskar Paula Ruben Sonja Timo Uta Veit Wiebke " +
    "Yara Zeynep Anton Britta Cem Dörte Fabian Gesa Holger Ilka Jonas Karla"
  ).split(" "),
  lastNames: (
    "Arnold Baumann Celik Dietrich Engel Fuchs Gärtner Hartmann Iwanow Jansen Krüger Lorenz Möller Nowak Otto Pohl Quandt Richter Sauer " +
    "Thiele Ulrich Voß Wagner Yıldız Ziegler Brandt Conrad Ebert Franke"
  ).split(" "),
  trades: [
    "Grafik",
    "Übersetzung",
    "Webentwicklung",
    "Fotografie",
    "Tischlerei",
    "Redaktion",
    "Veranstaltungstechnik",
    "Schulung",
    "Gartenbau",
    "Buchhaltung",
    "Filmschnitt",
  ],
  organisations: [
    "Buchhandlung Lesezeichen",
    "Theater im Hinterhaus",
    "Kita Sonnenallee",
    "Fahrradwerkstatt Kette",
    "Verlag Grüne Tinte",
    "Pflegehaus Lindenhof",
    "Volkshochschule Süd",
    "Ackerei Brandenburg",
  ],
  street: "Werkstraße",
  postcode: "12043",
  town: "Berlin",
  branches: ["Leipzig", "Potsdam"],
  bank: "AUSZUG",
  // Bank 99999999 is not given out.
  bban: (number) => `99999999${String(number).padStart(10, "0")}`,
};
