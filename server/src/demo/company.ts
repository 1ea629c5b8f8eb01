// What a coop is besides jobs that were posted: branches, people who show themselves, work brought along, and words beside the work.
import {
  answerQuestion,
  askQuestion,
  chooseBudget,
  declareWork,
  inviteMember,
  proposeAmendment,
  readEngagement,
  signAmendment,
} from "@partcommune/shared/marketplace/api";
import { openBudget } from "@partcommune/shared/money/api";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import { saveProfile } from "@partcommune/shared/membership/api/directory";
import { listBranches, moveMember, openBranch } from "@partcommune/shared/membership/api/branches";
import { writeMessage } from "@partcommune/shared/platform/api/messages";
import { addressOf } from "./cast.ts";
import type { Actress, Stage } from "./stage.ts";
import type { Client, House, Member } from "./people.ts";

/** Two branches under the first, and one of the leads in each. */
export async function branchOut(stage: Stage, { board }: House, members: readonly Member[]): Promise<void> {
  const [root] = (await board.does(listBranches, {})).items;
  for (const [at, name] of ["Gent", "Liège"].entries()) {
    const { id: branch } = await board.does(openBranch, { parent: root?.id ?? "", name, country: "BE" });
    const member = members[at + 1]?.member;
    if (member) await board.does(moveMember, { member, branch, from: stage.now().slice(0, 10) });
  }
}

/** Where the leads among the members show themselves, in their order. */
export const handles = ["marc-dubois", "lotte-janssens", "amina-benali"];
const headlines = [
  "Affiches, livres, signalétique : du croquis à l’imprimerie.",
  "Vertaling en redactie, Nederlands en Frans.",
  "Des sites légers, accessibles, que l’on peut reprendre sans moi.",
];

/** The leads among the members show themselves in the directory. */
export async function shownInDirectory(members: readonly Member[]): Promise<void> {
  for (const [at, handle] of handles.entries())
    await members[at]?.does(saveProfile, {
      handle,
      shown: true,
      headline: headlines[at] ?? "",
      about: "",
      languages: ["fr", "nl"],
      places: ["Bruxelles"],
    });
}

const written = [
  ["member", "Bonjour, j’ai tout reçu. Faut-il garder l’ancien logo ?"],
  ["client", "Non, le **nouveau** : il est dans le dossier, en deux couleurs."],
  ["member", "Parfait, première version vendredi."],
] as const;

/** The two sides of an engagement write to each other. */
export async function talked(sides: { readonly client: Client; readonly member: Member }, engagement: string): Promise<void> {
  for (const [side, text] of written) await sides[side].does(writeMessage, { subjectKind: "engagement", subject: engagement, text });
}

/** The client of work under way asks for more of it, as a milestone of its own, and signs; the member has not answered yet. */
export async function changeProposed({ does }: Client, engagement: string): Promise<void> {
  const { quote, endOn, milestones } = await does(readEngagement, { engagement });
  const kept = milestones.map(({ id, title, amount, parallel }) => ({ id, title, amount, parallel }));
  const more = { title: "Une version en néerlandais", amount: { amount: "240.00", currency: "EUR" }, parallel: true };
  const { text } = JSON.parse(quote) as { readonly text: string };
  const reason = "Nos membres flamands la demandent aussi.";
  const { hash } = await does(proposeAmendment, { engagement, reason, text, endOn, milestones: [...kept, more] });
  await does(signAmendment, { engagement, hash });
}

type Bidding = {
  readonly client: Client;
  readonly member: Member;
  readonly rivals: readonly Member[];
  readonly veiled?: boolean | undefined;
};

/** What is asked, answered and offered about a job that is still open. Where names are hidden nobody is invited by one. */
export async function beforeAward({ client, member, rivals, veiled }: Bidding, job: string): Promise<void> {
  const { id: question } = await member.does(askQuestion, {
    job,
    text: "Une visite sur place est-elle prévue avant de commencer ?",
    audience: "public",
  });
  await client.does(answerQuestion, { question, text: "Oui, le premier matin, à neuf heures." });
  for (const rival of rivals) await rival.does(askQuestion, { job, text: "Puis-je livrer en deux fois ?", audience: "private" });
  const [handle] = handles;
  if (!veiled && handle) await client.does(inviteMember, { job, handle });
}

/** A member comes with a client of their own, and keeps what that brings apart; the link to sign by is in the client's letter. */
export async function declared(member: Actress, startOn: string, endOn: string): Promise<void> {
  const { engagement } = await member.does(declareWork, novel(startOn, endOn));
  const { id: chosen } = await member.does(openBudget, { name: "Jeugdromans" });
  await member.does(chooseBudget, { engagement, chosen });
}

const novel = (startOn: string, endOn: string): AskedOf<typeof declareWork> => ({
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
  startOn,
  endOn,
  price: { amount: "5800.00", currency: "EUR" },
  milestones: [
    { title: "Eerste helft", amount: { amount: "2900.00", currency: "EUR" }, parallel: false },
    { title: "Tweede helft en correcties", amount: { amount: "2900.00", currency: "EUR" }, parallel: false },
  ],
});
