// Who lives in the demo and what they work on. All of it is invented: addresses end in `.example`, and no coop of this world is meant.
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import type { foundCoop } from "@partcommune/shared/governance/api";

/** Those the demo's story is about; they come first, and anyone may walk in as one of them. */
export const leads = {
  founder: "Nadia Vermeulen",
  treasurers: ["Jonas Lambrecht", "Inès Carlier"],
  adviser: "Paul Deckers",
  clients: [
    { buyer: "Claire Fontaine", organisation: "Musée du Canal", town: "Bruxelles", street: "Quai aux Pierres 14", postcode: "1000" },
    { buyer: "Bram Peeters", organisation: "Stadsfestival Zomerlicht", town: "Gent", street: "Korenlei 8", postcode: "9000" },
  ],
  members: [
    { name: "Marc Dubois", trade: "graphisme" },
    { name: "Lotte Janssens", trade: "vertaling" },
    { name: "Amina Benali", trade: "développement web" },
  ],
} as const;

/** The address of somebody of the demo. */
export const addressOf = (name: string): string =>
  `${name
    .normalize("NFD")
    .replaceAll(/[^A-Za-z -]/g, "")
    .toLowerCase()
    .replaceAll(" ", ".")}@people.example`;

/** Atelier Commun as its founders made it: a coop with staff gives 35 % of its fee to what it costs to run. */
export const atelier: AskedOf<typeof foundCoop> = {
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

const firstNames = (
  "Alice Baptiste Camille David Élise Farid Greta Hugo Imke Jules Kim Louise Mehdi Noor Olivier Pauline Quentin Rosa Sander Thomas " +
  "Ulla Victor Wout Yasmine Zoé Arne Bilal Céline Dries Emma Fien Gaspard Hanne Idris Julie Koen Léa Maarten Nina Oscar"
).split(" ");
const lastNames = (
  "Adam Bogaert Claes Desmet Evrard Fabry Goossens Hendrickx Ilunga Jacobs Kaya Leroy Mertens Nys Ortiz Pauwels Quintens Roland Simon " +
  "Thijs Urbain Vandamme Wauters Yilmaz Zeebroek Aerts Bertrand Collard Delvaux El-Idrissi"
).split(" ");

/** A name that nobody else of the demo has: first and last names of different counts go round against each other. */
export const nameOf = (number: number): string =>
  `${firstNames[number % firstNames.length]} ${lastNames[(number * 7 + Math.floor(number / firstNames.length)) % lastNames.length]}`;

const trades = [
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
] as const;

export const tradeOf = (number: number): string => trades[number % trades.length] ?? trades[0];

const organisations = [
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
] as const;

/** An organisation of the demo that is not one of the leads'. */
export const organisationOf = (number: number): string =>
  number < organisations.length
    ? (organisations[number] ?? "")
    : `${organisations[number % organisations.length]} ${Math.floor(number / organisations.length) + 1}`;

export type Work = {
  readonly title: string;
  readonly text: string;
  readonly language: "fr" | "en";
  readonly trade: string;
  readonly price: string;
  /** What the member asks for an hour, where it is paid so: the price is then the most it can come to. */
  readonly hour?: string;
  /** Between which bounds bidders name theirs. Neither: the price is fixed. */
  readonly bounds?: readonly [least: string, most: string];
};

const works: readonly Work[] = [
  {
    title: "Affiche pour la fête de printemps",
    text: "Une affiche en trois formats, prête pour l’imprimerie. Le texte est là, les photos aussi.",
    language: "fr",
    trade: "graphisme",
    price: "2000.00",
  },
  {
    title: "Traduction d’un catalogue d’exposition",
    text: "Soixante pages du néerlandais vers le français, relecture comprise.",
    language: "fr",
    trade: "traduction",
    price: "3400.00",
  },
  {
    title: "Web shop for a bicycle workshop",
    text: "A small shop on what the workshop has already: forty articles, card payment, accessible to everyone.",
    language: "en",
    trade: "web development",
    price: "5200.00",
  },
  {
    title: "Photos d’une troupe en répétition",
    text: "Deux journées au théâtre, trente images retenues, droits pour l’affiche et le programme.",
    language: "fr",
    trade: "photographie",
    price: "1450.00",
  },
  {
    title: "Film of three minutes about a care home",
    text: "Two days of filming, editing, subtitles in Dutch and French.",
    language: "en",
    trade: "video",
    price: "4100.00",
  },
  {
    title: "Formation aux premiers secours",
    text: "Deux groupes de douze personnes, une journée chacun, attestation comprise.",
    language: "fr",
    trade: "formation",
    price: "1280.00",
  },
  {
    title: "Son et lumière d’un festival de quartier",
    text: "Trois soirées en plein air : plan, installation, régie, démontage.",
    language: "fr",
    trade: "régie son",
    price: "2750.00",
    bounds: ["2000.00", "3000.00"],
  },
  {
    title: "Illustrations for a children’s book",
    text: "Twelve double pages and a cover, in ink and watercolour.",
    language: "en",
    trade: "illustration",
    price: "3900.00",
    hour: "60.00",
  },
];

export const workOf = (number: number): Work => works[number % works.length] as Work;

const pitches = {
  fr: "Je connais ce genre de travail et je suis libre aux dates prévues. Deux exemples récents sur demande.",
  en: "I know this kind of work and am free on these dates. I can show two recent examples.",
} as const;

export const pitchIn = (language: "fr" | "en"): string => pitches[language];
