// What is done at La Filature.
import type { Cast, Work } from "../../cast.ts";

export const works: readonly Work[] = [
  {
    title: "Douze costumes pour une pièce de cour",
    text: "Croquis, essayages, couture. Les tissus viennent de nos réserves, les tailles sont relevées.",
    language: "fr",
    trade: "couture et costumes",
    town: "Roubaix",
    price: "3100.00",
  },
  {
    title: "Sous-titres français d’un documentaire",
    text: "Cinquante-deux minutes en anglais et en arabe, repérage fourni, relecture avec la réalisatrice.",
    language: "fr",
    trade: "traduction",
    town: "Roubaix",
    price: "1900.00",
  },
  {
    title: "Réservation en ligne pour une salle de quartier",
    text: "Un calendrier, des tarifs selon qui réserve, un paiement simple. Rien à installer chez nous.",
    language: "fr",
    trade: "développement web",
    price: "4600.00",
  },
  {
    title: "Portraits d’habitantes et d’habitants",
    text: "Vingt portraits en lumière naturelle pour une exposition sur les murs du marché.",
    language: "fr",
    trade: "photographie",
    price: "1700.00",
  },
  {
    title: "Étals en bois pour un marché couvert",
    text: "Huit étals démontables, bois local, plans à discuter. Livraison et montage compris.",
    language: "fr",
    trade: "menuiserie",
    price: "5400.00",
  },
  {
    title: "Atelier d’écriture, six séances",
    text: "Un groupe de dix adultes, deux heures par séance, un recueil imprimé à la fin.",
    language: "fr",
    trade: "rédaction",
    town: "Tourcoing",
    price: "1320.00",
  },
  {
    title: "Lumières d’un festival au bord de la Deûle",
    text: "Plan de feu, montage, deux soirées de régie, démontage. L’électricité est sur place.",
    language: "fr",
    trade: "régie lumière",
    price: "2700.00",
    bounds: ["2000.00", "3000.00"],
  },
  {
    title: "Accessible rebuild of a community radio’s site",
    text: "Archive of six hundred programmes, search, live player. The texts exist in French; we write to you in English.",
    language: "en",
    trade: "web development",
    town: "Arras",
    price: "4030.00",
    hour: "62.00",
  },
];

export const pitches: Cast["pitches"] = {
  fr: "C’est le cœur de mon métier et mes dates conviennent. Je peux passer voir le lieu cette semaine.",
  en: "This is what I do, and the dates suit me. I can send links to three sites that still run.",
};
