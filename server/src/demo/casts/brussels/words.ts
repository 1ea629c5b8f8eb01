// What people say and write at Atelier Commun.
import { addressOf } from "../../cast.ts";
import type { Words } from "../../words.ts";

const place = "Rue du Canal 7, Bruxelles";

export const words: Words = {
  work: {
    tooDear: "Notre budget s’arrête à 3 000 euros.",
    calledOff: "L’exposition est reportée à l’année prochaine.",
    handedIn: "Tout est là : les fichiers et une note d’une page.",
    changes: ["Le titre plus grand.", "La date en bas, avec l’heure."],
    dispute: "Le client demande un format qui n’est pas dans le devis.",
  },
  before: {
    question: "Une visite sur place est-elle prévue avant de commencer ?",
    answer: "Oui, le premier matin, à neuf heures.",
    aside: "Puis-je livrer en deux fois ?",
  },
  talk: [
    "Bonjour, j’ai tout reçu. Faut-il garder l’ancien logo ?",
    "Non, le **nouveau** : il est dans le dossier, en deux couleurs.",
    "Parfait, première version vendredi.",
  ],
  more: { title: "Une version en néerlandais", reason: "Nos membres flamands la demandent aussi." },
  declared: {
    budget: "Jeugdromans",
    work: {
      client: {
        name: "Uitgeverij De Kaai",
        country: "BE",
        street: "Kaai 3",
        postcode: "9000",
        town: "Gent",
        contact: { name: "Wim Kaai", email: addressOf("Wim Kaai"), language: "fr" },
      },
      title: "Vertaling van een jeugdroman",
      text: "Tweehonderd bladzijden van het Frans naar het Nederlands, in twee delen.",
      price: { amount: "5800.00", currency: "EUR" },
      milestones: [
        { title: "Eerste helft", amount: { amount: "2900.00", currency: "EUR" }, parallel: false },
        { title: "Tweede helft en correcties", amount: { amount: "2900.00", currency: "EUR" }, parallel: false },
      ],
    },
  },
  costs: { server: "Hébergement du Port", accountant: "Bureau comptable Claes", premises: "Halle du Canal" },
  votes: {
    moreBids: {
      title: "Trente offres ouvertes au lieu de vingt",
      text: "Au printemps, plusieurs d’entre nous ont dû retirer une offre pour en faire une autre.",
    },
    lowerFee: {
      title: "Une contribution de 7,9 % au lieu de 8,5 %",
      text: "La réserve est **pleine** depuis un an. Ce qui dépasse l’objectif peut rester à qui l’a gagné.\n\nLa garantie passe de 3,4 % à 3,16 % de chaque prix ; la page dit ce que cela change pour chacun.",
    },
    fasterClients: {
      title: "Les clients paient sous 21 jours",
      text: "Trente jours, c’est long pour le fonds, qui avance l’argent.",
    },
    together: { title: "Une journée ensemble à Gand chaque automne", text: "Pour se voir ailleurs que sur un écran." },
    tool: {
      title: "Une presse pour l’atelier",
      text: "Une presse d’occasion, et son transport. Qui imprime pour un client n’ira plus à Charleroi.",
      purpose: "une presse typographique et son transport",
    },
    question: "Et les clients qui ont signé à trente jours ?",
    answer: "Pour eux rien ne change : la règle vaut pour les contrats signés après le vote.",
    forIt: "Chaque jour d’attente est un jour où la garantie est engagée.",
    against: "Les petites associations paient après leur propre subside.",
  },
  gatherings: {
    place,
    evening: { title: "Soirée des nouveaux membres", text: "On se présente, on mange, on raconte sa première mission." },
    meal: {
      title: "Midi des traductrices et des traducteurs",
      text: "Apportez ce que vous lisez. Cette fois : **les contrats qu’on n’aurait pas dû signer**.",
      access: "Pas de marche à l’entrée.",
      capacity: 4,
    },
    workshop: {
      title: "Atelier : fixer son prix",
      text: "Deux heures avec une conseillère, à partir de vos propres devis.",
      link: "https://rencontres.example/prix",
      capacity: 30,
    },
  },
  assemblies: {
    called: {
      text: "Tous les membres sont convoqués, dans la salle ou à distance.",
      place,
      link: "https://rencontres.example/assemblee",
    },
    question: {
      title: "Nos comptes expliqués chaque trimestre",
      text: "Les chiffres sont publics depuis le début. Qu’une trésorière ou un trésorier les raconte en une page, quatre fois par an.",
    },
    held: {
      title: "Assemblée d’automne",
      report: "Où en est la caisse",
      note: "La réserve est pleine ; la garantie a payé onze fois cette année.",
    },
    coming: {
      title: "Assemblée d’hiver",
      report: "L’année en chiffres",
      talk: { title: "Un second local", text: "À Gand ou à Liège, à partir de ce que coûte le nôtre." },
    },
  },
  panel: {
    proposal: { title: "Des dimanches sans messages", text: "Personne n’écrit à personne le dimanche." },
    unclear: "À qui cela s’adresse-t-il : aux membres, aux clients, au logiciel ?",
    appeal: "À tous. C’est ce que dit « personne ».",
  },
};
