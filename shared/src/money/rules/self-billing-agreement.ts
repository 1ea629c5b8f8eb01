// The agreement by which a member lets the coop write their invoices. What was agreed to stays: a text that changes is a new version, on top.
import type { Language } from "../../platform/page.ts";

export type Agreement = { readonly version: string; readonly texts: Readonly<Record<Language, string>> };

/** Newest first. The first is the one that is agreed to today. */
export const agreements: readonly [Agreement, ...Agreement[]] = [
  {
    version: "2026-12",
    texts: {
      en: `Agreement to self-billing

1. You sell your work to the cooperative as a business of your own. The cooperative writes your invoices for it, in your name and on your behalf.
2. It writes one when it pays you for a piece of your work, and one when a part of that work repays an advance; the VAT of this one is paid to you with the rest. Each invoice bears the words “Self-billing”, a number of a series that is yours alone, and the name, address and numbers you have given here. You issue no other invoice for the same work.
3. You find every invoice on the page of your money, to read and to keep. You accept it by saying nothing for 15 days. Within these days you can say there that it is wrong, and why; the cooperative then talks to you and puts it right.
4. You tell the cooperative at once when your address, your VAT number or your VAT scheme changes. You owe the VAT that stands on your invoices to your tax authority.
5. You can take this agreement back at any time. What was invoiced stays as it is, and nothing new is paid to you for your work until you agree again.`,
      fr: `Accord d’autofacturation

1. Vous vendez votre travail à la coopérative en tant qu’entreprise indépendante. La coopérative établit vos factures, en votre nom et pour votre compte.
2. Elle en établit une quand elle vous paie un travail, et une quand une partie de ce travail rembourse une avance ; la TVA de celle-ci vous est versée avec le reste. Chaque facture porte la mention « Autofacturation », un numéro d’une série qui n’est qu’à vous, ainsi que le nom, l’adresse et les numéros que vous avez donnés ici. Vous n’émettez pas d’autre facture pour le même travail.
3. Vous trouvez chaque facture sur la page de votre argent, pour la lire et la garder. Ne rien dire pendant 15 jours, c’est l’accepter. Pendant ces jours, vous pouvez y dire qu’elle est fausse, et pourquoi ; la coopérative vous en parle alors et la corrige.
4. Vous prévenez aussitôt la coopérative quand votre adresse, votre numéro de TVA ou votre régime de TVA change. La TVA qui figure sur vos factures, c’est vous qui la devez à votre administration fiscale.
5. Vous pouvez retirer cet accord à tout moment. Ce qui est facturé reste tel quel, et plus rien ne vous est payé pour votre travail tant que vous n’avez pas accepté de nouveau.`,
    },
  },
];

/** The text that was agreed to; undefined where the version is none of ours. */
export const agreementText = (version: string, language: Language): string | undefined =>
  agreements.find((each) => each.version === version)?.texts[language];
