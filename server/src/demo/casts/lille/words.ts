// What people say and write at La Filature.
import { addressOf } from "../../cast.ts";
import type { Words } from "../../words.ts";

const place = "12 rue de la Filature, Lille";

export const words: Words = {
  work: {
    tooDear: "Nous ne pouvons pas aller au-delà de 3 000 euros.",
    calledOff: "La saison est reportée, la salle ferme pour travaux.",
    handedIn: "Voici l’ensemble, avec une feuille qui dit comment s’en servir.",
    changes: ["Les noms en entier.", "Une version lisible en noir et blanc."],
    dispute: "La cliente compte trois essayages, le devis en prévoit deux.",
  },
  before: {
    question: "Peut-on voir le lieu avant de commencer ?",
    answer: "Oui, tous les mardis après-midi.",
    aside: "Est-il possible de décaler la fin d’une semaine ?",
  },
  talk: [
    "Bonjour, le dossier est complet. Qui valide les choix de couleur ?",
    "C’est **moi**, jusqu’à jeudi ; ensuite ma collègue Odile.",
    "Très bien, je vous montre deux pistes mercredi.",
  ],
  more: { title: "Une version pour les écoles", reason: "Trois classes du quartier se sont inscrites depuis." },
  declared: {
    budget: "Livres traduits",
    work: {
      client: {
        name: "Éditions du Beffroi",
        country: "FR",
        street: "Rue Basse 3",
        postcode: "59000",
        town: "Lille",
        contact: { name: "Odile Beffroi", email: addressOf("Odile Beffroi"), language: "fr" },
      },
      title: "Traduction d’un récit de voyage",
      text: "Cent quatre-vingts pages de l’arabe vers le français, en deux envois.",
      price: { amount: "5200.00", currency: "EUR" },
      milestones: [
        { title: "Première moitié", amount: { amount: "2600.00", currency: "EUR" }, parallel: false },
        { title: "Seconde moitié et corrections", amount: { amount: "2600.00", currency: "EUR" }, parallel: false },
      ],
    },
  },
  costs: { server: "Serveurs du Nord", accountant: "Cabinet Leroy", premises: "Filature Sud" },
  votes: {
    moreBids: {
      title: "Jusqu’à trente offres ouvertes",
      text: "Vingt, c’est peu pour qui répond à de petites missions.",
    },
    lowerFee: {
      title: "Une contribution de 7,9 % au lieu de 8 %",
      text: "Nos charges ont baissé depuis que nous partageons le local. **Un dixième de point**, c’est peu, mais c’est dit.",
    },
    fasterClients: {
      title: "Trois semaines pour payer",
      text: "Les associations du quartier paient déjà en vingt jours ; alignons la règle sur l’usage.",
    },
    together: { title: "Une fête de la Filature en juin", text: "Avec celles et ceux de Bruxelles et de Berlin, si le train suit." },
    tool: {
      title: "Une surjeteuse pour l’atelier",
      text: "D’occasion, révisée, avec deux jeux d’aiguilles. Elle servirait à six d’entre nous.",
      purpose: "une surjeteuse d’occasion et sa révision",
    },
    question: "Et les clients qui ont signé à trente jours ?",
    answer: "Pour eux rien ne change : la règle vaut pour les contrats signés après le vote.",
    forIt: "Ce que la règle dit, nos clients le lisent avant de signer.",
    against: "Les compagnies de théâtre vivent de subventions versées tard.",
  },
  gatherings: {
    place,
    evening: { title: "Accueil des nouveaux membres", text: "Un repas, un tour de l’atelier, et les questions qu’on n’ose pas écrire." },
    meal: {
      title: "Déjeuner des gens d’image",
      text: "Chacun apporte une image ratée. **On parle de ce qui n’a pas marché.**",
      access: "Ascenseur par la cour.",
      capacity: 4,
    },
    workshop: {
      title: "Lire un contrat à plusieurs",
      text: "Deux heures avec Régine, vos contrats anonymisés sur la table.",
      link: "https://rencontres.example/contrats",
      capacity: 24,
    },
  },
  assemblies: {
    called: {
      text: "Toutes et tous sont convoqués, à l’atelier ou à distance.",
      place,
      link: "https://rencontres.example/filature",
    },
    question: {
      title: "Un compte rendu du fonds chaque saison",
      text: "Une page, quatre fois l’an : ce qui est entré, ce qui est sorti, ce qui reste promis.",
    },
    held: {
      title: "Assemblée de rentrée",
      report: "L’état du fonds",
      note: "La garantie est couverte deux fois ; deux avances sont en cours.",
    },
    coming: {
      title: "Assemblée de janvier",
      report: "Une année en chiffres",
      talk: { title: "Un traité avec nos voisines", text: "Ce que nous partagerions avec Bruxelles et Berlin, et ce que nous garderions." },
    },
  },
  panel: {
    proposal: { title: "Des réponses dans la journée", text: "Tout le monde répond à tout le monde le jour même." },
    unclear: "Parle-t-on des clients, des membres, ou du conseil ?",
    appeal: "Des trois : « tout le monde » n’exclut personne.",
  },
};
