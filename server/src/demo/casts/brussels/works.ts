// What is done at Atelier Commun.
import type { Cast, Work } from "../../cast.ts";

export const works: readonly Work[] = [
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

export const pitches: Cast["pitches"] = {
  fr: "Je connais ce genre de travail et je suis libre aux dates prévues. Deux exemples récents sur demande.",
  en: "I know this kind of work and am free on these dates. I can show two recent examples.",
};
