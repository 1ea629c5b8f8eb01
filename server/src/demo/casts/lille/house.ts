// La Filature in Lille: the house, who is met in it first, and of what everybody else is made.
import { addressOf, type Cast, type Crowd, type Leads } from "../../cast.ts";

export const leads: Leads = {
  founder: "Maëlle Delattre",
  treasurers: ["Sylvain Hochart", "Aïcha Mansouri"],
  adviser: "Régine Lesaffre",
  clients: [
    { buyer: "Étienne Caron", organisation: "Cinéma Le Métier", town: "Roubaix", street: "Rue du Tissage 21", postcode: "59100" },
    { buyer: "Judith Wallart", organisation: "Marché des Moulins", town: "Lille", street: "Rue de la Vignette 5", postcode: "59000" },
  ],
  members: [
    {
      name: "Solène Baert",
      trade: "couture et costumes",
      handle: "solene-baert",
      headline: "Costumes de scène, retouches, petites séries.",
      languages: ["fr", "nl"],
    },
    {
      name: "Karim Haddad",
      trade: "traduction",
      handle: "karim-haddad",
      headline: "De l’anglais et de l’arabe vers le français.",
      languages: ["fr", "ar", "en"],
    },
    {
      name: "Jeanne Vasseur",
      trade: "développement web",
      handle: "jeanne-vasseur",
      headline: "Des outils simples pour les associations.",
      languages: ["fr", "en"],
    },
  ],
};

/** A coop without staff of its own: a fifth of its fee is what it costs to run. */
export const founding: Cast["founding"] = {
  name: "La Filature",
  country: "FR",
  currency: "EUR",
  zone: "Europe/Paris",
  languages: ["fr", "en"],
  passwords: false,
  letterhead: {
    street: "12 rue de la Filature",
    postcode: "59000",
    town: "Lille",
    vatNumber: "FR83404833048",
    iban: "FR14 2004 1010 0505 0001 3M02 606",
  },
  feeRate: 80_000,
  fundSplit: { guarantee: 330_000, insurance: 150_000, coaching: 80_000, advances: 80_000, reserve: 160_000, running: 200_000 },
  founder: { name: leads.founder, email: addressOf(leads.founder) },
};

export const endowments: Cast["endowments"] = [
  { pot: "guarantee", by: "founders", from: "Les neuf fondatrices et fondateurs", amount: "40000.00" },
  { pot: "reserve", by: "grant", from: "Fondation des Rives", amount: "20000.00" },
  { pot: "insurance", by: "grant", from: "Fondation des Rives", amount: "4000.00" },
  { pot: "advances", by: "grant", from: "Fondation des Rives", amount: "3000.00" },
];

export const crowd: Crowd = {
  firstNames: (
    "Adèle Bastien Clémence Damien Élodie Fatou Grégoire Hélène Ismaël Joséphine Kévin Lucie Mathilde Nabil Océane Philippe Quitterie " +
    "Romain Sabrina Théo Ursule Valentin Wassim Yann Zélie Antonin Blandine Cyprien Dalila Estelle Félix Garance Henri Inaya"
  ).split(" "),
  lastNames: (
    "Agache Bailleul Carlier Debruyne Evin Flament Gahide Herbaut Isaac Jaspart Kasmi Lefebvre Moreau Naessens Oudart Pollet Queval " +
    "Rousselle Sergeant Taieb Urbaniak Verhaeghe Wallez Ysebaert Zimmer Barbry Courtois Delcroix El-Mansour"
  ).split(" "),
  trades: [
    "couture et costumes",
    "traduction",
    "développement web",
    "photographie",
    "menuiserie",
    "rédaction",
    "régie lumière",
    "formation",
    "maraîchage",
    "comptabilité",
    "montage vidéo",
  ],
  organisations: [
    "Brasserie du Fort",
    "Compagnie des Terrils",
    "Librairie L’Écheveau",
    "Ressourcerie du Nord",
    "Lycée des Flandres",
    "Radio Canal Libre",
    "Maison des Aidants",
    "Jardins de la Deûle",
  ],
  street: "Rue des Métiers",
  postcode: "59200",
  town: "Tourcoing",
  branches: ["Roubaix", "Arras"],
  bank: "RELEVE",
  // Bank 99999 is not given out; the last two are its inner key.
  bban: (number) => {
    const account = String(number).padStart(11, "0");
    const key = 97n - ((89n * 99_999n + 15n * 1n + 3n * BigInt(account)) % 97n);
    return `9999900001${account}${String(key).padStart(2, "0")}`;
  },
};
