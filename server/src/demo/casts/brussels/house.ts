// Atelier Commun in Brussels: the house, who is met in it first, and of what everybody else is made.
import { addressOf, type Crowd, type Leads } from "../../cast.ts";
import type { Cast } from "../../cast.ts";

export const leads: Leads = {
  founder: "Nadia Vermeulen",
  treasurers: ["Jonas Lambrecht", "Inès Carlier"],
  adviser: "Paul Deckers",
  clients: [
    { buyer: "Claire Fontaine", organisation: "Musée du Canal", town: "Bruxelles", street: "Quai aux Pierres 14", postcode: "1000" },
    { buyer: "Bram Peeters", organisation: "Stadsfestival Zomerlicht", town: "Gent", street: "Korenlei 8", postcode: "9000" },
  ],
  members: [
    {
      name: "Marc Dubois",
      trade: "graphisme",
      handle: "marc-dubois",
      headline: "Affiches, livres, signalétique : du croquis à l’imprimerie.",
      languages: ["fr", "nl"],
    },
    {
      name: "Lotte Janssens",
      trade: "vertaling",
      handle: "lotte-janssens",
      headline: "Vertaling en redactie, Nederlands en Frans.",
      languages: ["fr", "nl"],
    },
    {
      name: "Amina Benali",
      trade: "développement web",
      handle: "amina-benali",
      headline: "Des sites légers, accessibles, que l’on peut reprendre sans moi.",
      languages: ["fr", "nl"],
    },
  ],
};

/** A coop with staff gives 35 % of its fee to what it costs to run. */
export const founding: Cast["founding"] = {
  name: "Atelier Commun",
  country: "BE",
  currency: "EUR",
  zone: "Europe/Brussels",
  languages: ["fr", "en"],
  passwords: false,
  letterhead: { street: "Rue du Canal 7", postcode: "1000", town: "Bruxelles", vatNumber: "BE0123456749", iban: "BE68 5390 0754 7034" },
  feeRate: 85_000,
  fundSplit: { guarantee: 250_000, insurance: 120_000, coaching: 60_000, advances: 60_000, reserve: 160_000, running: 350_000 },
  founder: { name: leads.founder, email: addressOf(leads.founder) },
};

export const endowments: Cast["endowments"] = [
  { pot: "guarantee", by: "founders", from: "Les onze fondatrices et fondateurs", amount: "40000.00" },
  { pot: "reserve", by: "grant", from: "Fondation du Canal", amount: "20000.00" },
  { pot: "insurance", by: "grant", from: "Fondation du Canal", amount: "4000.00" },
  { pot: "advances", by: "grant", from: "Fondation du Canal", amount: "3000.00" },
];

export const crowd: Crowd = {
  firstNames: (
    "Alice Baptiste Camille David Élise Farid Greta Hugo Imke Jules Kim Louise Mehdi Noor Olivier Pauline Quentin Rosa Sander Thomas " +
    "Ulla Victor Wout Yasmine Zoé Arne Bilal Céline Dries Emma Fien Gaspard Hanne Idris Julie Koen Léa Maarten Nina Oscar"
  ).split(" "),
  lastNames: (
    "Adam Bogaert Claes Desmet Evrard Fabry Goossens Hendrickx Ilunga Jacobs Kaya Leroy Mertens Nys Ortiz Pauwels Quintens Roland Simon " +
    "Thijs Urbain Vandamme Wauters Yilmaz Zeebroek Aerts Bertrand Collard Delvaux El-Idrissi"
  ).split(" "),
  trades: [
    "graphisme",
    "vertaling",
    "développement web",
    "photographie",
    "montage vidéo",
    "rédaction",
    "illustratie",
    "formation",
    "jardinage",
    "comptabilité",
    "régie son",
    "nettoyage",
  ],
  organisations: [
    "Librairie des Halles",
    "Brouwerij De Linde",
    "Théâtre de la Senne",
    "Clinique du Parc",
    "Fietsatelier Kanaal",
    "École des Tilleuls",
    "Maison des Langues",
    "Zorgpunt Noord",
    "Éditions du Lavoir",
    "Moestuin Collectief",
  ],
  street: "Rue des Ateliers",
  postcode: "1070",
  town: "Bruxelles",
  branches: ["Gent", "Liège"],
  bank: "KBC",
  // Bank 999 is not given out; the last two are its inner check.
  bban: (number) => {
    const digits = `999${String(number).padStart(7, "0")}`;
    return digits + String(BigInt(digits) % 97n || 97n).padStart(2, "0");
  },
};
