// Activities that other servers may send us: per type what is read of each, and nothing besides.
import { z } from "zod";
import type { JsonObject } from "@partcommune/shared/platform/json";
import { compactTerms, isObject, oneId } from "./read.ts";
import { WireProposal } from "./translate/job.ts";
import { IriText, Kind, Many, Maybe, One, Only, Page, When, Words } from "./wire.ts";

const longestContent = 60_000;
const longestStatement = 200_000;

/** A message of a timeline; its content is HTML that whoever shows it cleans. */
export const WireNote = z.object({
  id: One,
  type: Kind("Note"),
  attributedTo: One,
  content: Words(longestContent),
  name: Maybe(Words(300)),
  url: Maybe(Page),
  published: Maybe(When),
  updated: Maybe(When),
  inReplyTo: Maybe(One),
  to: Many,
  cc: Many,
});
export type WireNote = z.output<typeof WireNote>;

const actorTypes = ["Application", "Group", "Organization", "Person", "Service"];

/** An actor that says it has changed. What it says of itself is not read here, but asked for at its own address. */
const ChangedActor = z.preprocess(
  (value) => {
    const isActor = isObject(value as JsonObject) && actorTypes.includes(String((value as JsonObject)["type"]));
    return isActor || typeof value === "string" ? { type: "actor", id: oneId(value as JsonObject) } : undefined;
  },
  z.object({ type: z.literal("actor"), id: IriText }),
);

/** An agreement: of work, or a treaty. What it says of either is read by whom it concerns; `id` stands once it was accepted. */
const agreement = { type: Kind("Agreement"), name: Maybe(Words(300)), published: Maybe(When), updated: Maybe(When) };
const Offered = z.object({ ...agreement, id: Maybe(One), attributedTo: Maybe(One) });
const Agreed = z.object({ ...agreement, id: One, attributedTo: One });

/** A paper: work that is handed in, a receipt, or a statement, which brings its own signature. */
export const WireDocument = z.object({
  id: One,
  type: Kind("Document"),
  attributedTo: One,
  name: Maybe(Words(300)),
  content: Maybe(Words(longestContent)),
  context: Maybe(One),
  url: Maybe(Page),
  published: Maybe(When),
  "pc:jws": Maybe(z.string().max(longestStatement)),
});

const base = { id: IriText, actor: IriText, to: Many, cc: Many };
const naming = <Name extends string>(type: Name) => z.object({ ...base, type: z.literal(type), object: One });

/** One shape per type. Where an activity names a thing, its name alone is taken: what was embedded of it is another's word. */
const shapes = {
  Follow: naming("Follow"),
  Undo: naming("Undo"),
  Accept: naming("Accept").extend({
    result: Maybe(Only(Agreed)),
    "pc:sha256": Maybe(z.string().max(64)),
    "pc:approvedBy": Maybe(z.string().max(40)),
  }),
  Reject: naming("Reject"),
  Join: naming("Join"),
  Leave: naming("Leave"),
  Flag: naming("Flag"),
  Offer: z.object({ ...base, type: z.literal("Offer"), object: Only(Offered) }),
  Delete: naming("Delete"),
  Move: naming("Move").extend({ target: One }),
  Create: z.object({ ...base, type: z.literal("Create"), object: Only(z.union([WireNote, WireProposal, WireDocument])) }),
  Update: z.object({
    ...base,
    type: z.literal("Update"),
    object: Only(z.union([WireNote, WireProposal, WireDocument, Agreed, ChangedActor])),
  }),
};

export type ActivityType = keyof typeof shapes;
export type Activity = { [Type in ActivityType]: z.output<(typeof shapes)[Type]> }[ActivityType];

export const isActivityType = (text: unknown): text is ActivityType => typeof text === "string" && Object.hasOwn(shapes, text);

/** The activity in a document, in our words; undefined where its type is none we take, or something in it is not as that type says. */
export function parseActivity(document: JsonObject): Activity | undefined {
  const ours = compactTerms(document);
  const type = ours?.["type"];
  return isActivityType(type) ? shapes[type].safeParse(ours).data : undefined;
}
