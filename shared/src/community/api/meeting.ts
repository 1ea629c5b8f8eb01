// What is done in an assembly: call one, come, lead it through its agenda, sign its minutes. Whoever only reads of it does not load these addresses.
import { z } from "zod";
import { IdText, Line, listOf, Nothing, Text } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { itemKinds, mostItems } from "../rules/agenda.ts";
import { ways } from "../rules/assembly.ts";
import { ofGathering, words, wrong } from "./gathering.ts";

const ItemPut = z.strictObject({
  kind: z.enum(itemKinds),
  title: Line(160, 3),
  text: Text(5_000).default(""),
  proposal: IdText.exactOptional().meta({ description: "admitted, and voted under this item" }),
  paper: z.boolean().default(false).meta({ description: "whether it is voted on paper, which the two tellers count" }),
});

const Papers = z.int().min(0).max(100_000);

export const conveneAssembly = endpoint({
  does: "Call an assembly with its agenda, as many days ahead as the bylaw asks. Every member gets a letter, and proposals on the agenda their notice.",
  method: "POST",
  path: "/api/v1/assemblies",
  who: ["board"],
  status: 201,
  input: z.strictObject({ ...words, items: z.array(ItemPut).min(1).max(mostItems) }),
  answer: z.object({ id: IdText }),
  refusals: [
    "notice-too-short",
    "item-without-proposal",
    "item-not-voted",
    "item-kind-unlike",
    "beside-another",
    "assembly-not-asked",
    "assembly-too-early",
    "assembly-too-late",
    "subject-at-stake",
    "month-full",
    "bylaw-unfit",
    "paper-unfit",
    "proposal-twice",
    "not-in-this-state",
    "bylaw-moved",
    "bylaw-unchanged",
    "bylaws-disagree",
    "seat-unknown",
    "college-seatless",
    "board-full",
    ...wrong,
  ],
});

export const attendAssembly = endpoint({
  does: "Note that one is present, in the room or by link; the chair notes it of others.",
  method: "PUT",
  path: "/api/v1/gatherings/:gathering/attendance",
  who: "person",
  input: z.strictObject({ ...ofGathering, way: z.enum(ways), person: IdText.exactOptional() }),
  answer: Nothing,
  refusals: ["members-attend", "doors-closed", "not-in-this-state", "chair-only"],
});

export const leaveAssembly = endpoint({
  does: "Note that one has left; the chair notes it of others.",
  method: "DELETE",
  path: "/api/v1/gatherings/:gathering/attendance",
  who: "person",
  input: z.strictObject({ ...ofGathering, person: IdText.exactOptional() }),
  answer: Nothing,
  refusals: ["not-present", "not-in-this-state", "chair-only"],
});

export const listAttendable = endpoint({
  does: "Find members by name, for the chair who notes who is in the room.",
  method: "GET",
  path: "/api/v1/gatherings/:gathering/members",
  who: "person",
  input: z.strictObject({ ...ofGathering, named: z.string().trim().min(2).max(80) }),
  answer: listOf(z.object({ person: IdText, name: z.string() })),
});

export const handOverChair = endpoint({
  does: "Hand the chair of an assembly to somebody who is present.",
  method: "PUT",
  path: "/api/v1/gatherings/:gathering/chair",
  who: "person",
  input: z.strictObject({ ...ofGathering, person: IdText }),
  answer: Nothing,
  refusals: ["chair-only", "not-in-this-state", "not-present"],
});

export const openAssembly = endpoint({
  does: "Open an assembly.",
  method: "POST",
  path: "/api/v1/gatherings/:gathering/opening",
  who: "person",
  input: z.strictObject(ofGathering),
  answer: Nothing,
  refusals: ["chair-only", "not-in-this-state", "doors-closed"],
});

export const drawTellers = endpoint({
  does: "Draw two tellers by lot among those present besides the chair.",
  method: "POST",
  path: "/api/v1/gatherings/:gathering/tellers",
  who: "person",
  input: z.strictObject(ofGathering),
  answer: z.object({ tellers: z.array(z.string()), seed: z.string() }),
  refusals: ["chair-only", "not-in-this-state", "tellers-too-few", "tellers-drawn"],
});

export const openItem = endpoint({
  does: "Come to an item of the agenda; a vote under it opens with it, and its roll is frozen.",
  method: "POST",
  path: "/api/v1/gatherings/:gathering/items/:item/opening",
  who: "person",
  input: z.strictObject({ ...ofGathering, item: IdText }),
  answer: Nothing,
  refusals: ["chair-only", "not-in-this-state", "tellers-missing", "item-open"],
});

export const enterPapers = endpoint({
  does: "Enter what one counted of a vote on paper, as one of the two tellers. What the other counted is not shown; unlike counts are counted again.",
  method: "POST",
  path: "/api/v1/gatherings/:gathering/items/:item/papers",
  who: "person",
  status: 201,
  input: z.strictObject({ ...ofGathering, item: IdText, yes: Papers, no: Papers, abstain: Papers }),
  answer: z.object({ agreed: z.boolean() }),
  refusals: ["tellers-only", "not-in-this-state", "papers-agreed", "papers-entered", "papers-too-many"],
});

export const closeItem = endpoint({
  does: "Close an item, with a note for the minutes; a vote under it closes and is counted.",
  method: "POST",
  path: "/api/v1/gatherings/:gathering/items/:item/closing",
  who: "person",
  input: z.strictObject({ ...ofGathering, item: IdText, note: Text(4_000).default("") }),
  answer: Nothing,
  refusals: ["chair-only", "not-in-this-state", "papers-uncounted"],
});

export const closeAssembly = endpoint({
  does: "Close an assembly; its minutes are drafted from what was recorded.",
  method: "POST",
  path: "/api/v1/gatherings/:gathering/closing",
  who: "person",
  input: z.strictObject(ofGathering),
  answer: Nothing,
  refusals: ["chair-only", "not-in-this-state", "item-open"],
});

export const signMinutes = endpoint({
  does: "Sign the minutes of an assembly one chaired or watched.",
  method: "POST",
  path: "/api/v1/gatherings/:gathering/minutes/signature",
  who: "person",
  status: 201,
  input: z.strictObject({ ...ofGathering, hash: z.string().length(64) }),
  answer: Nothing,
  refusals: ["signers-only", "minutes-unlike", "signed-already"],
});

export const addToMinutes = endpoint({
  does: "Add to minutes what they lack or have wrong; what they say stays.",
  method: "POST",
  path: "/api/v1/gatherings/:gathering/minutes/addenda",
  who: "person",
  status: 201,
  input: z.strictObject({ ...ofGathering, text: Text(4_000, 1) }),
  answer: z.object({ id: IdText }),
  refusals: ["signers-only"],
});
