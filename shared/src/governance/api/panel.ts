// What can be asked about panels: who was drawn, what they decide about, and what they said.
import { z } from "zod";
import { IdText, InstantJson, listOf, Nothing, Text } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { contestGrounds, grounds } from "../rules/grounds.ts";
import { causes, decisions, panelStates, seatStates } from "../rules/panel.ts";

const ofPanel = { panel: IdText };

export const PanelCard = z.object({
  id: IdText,
  cause: z.enum(causes),
  state: z.enum(panelStates),
  round: z.int().meta({ description: "a panel that does not decide is followed by one more" }),
  lot: IdText.optional().meta({ description: "the newest draw; absent where too few could be drawn" }),
  until: InstantJson.optional().meta({ description: "when this state ends by the clock" }),
  decision: z.enum(decisions).optional(),
  same: z.boolean().optional().meta({ description: "of a recount: whether it came to the same" }),
});

const Seat = z.object({
  place: z.int(),
  entry: z.string().meta({ description: "as it stands in the pool of the lot" }),
  state: z.enum(seatStates),
  name: z.string().optional().meta({ description: "for the parties and for those who sit" }),
  mine: z.boolean(),
  decision: z.enum(decisions).optional().meta({ description: "once the panel has decided, and before that one's own" }),
  reason: z.string().optional(),
});

export const readPanel = endpoint({
  does: "Show a panel: what it decides about, its seats, and what it decided. Names are for the parties and for those who sit.",
  method: "GET",
  path: "/api/v1/panels/:panel",
  who: "anyone",
  input: z.strictObject(ofPanel),
  answer: PanelCard.extend({
    title: z.string().meta({ description: "of the proposal" }),
    vote: IdText.optional(),
    proposal: IdText.optional(),
    widened: z.boolean().meta({ description: "so few were left that those who carried the text and the board were drawn from as well" }),
    seats: z.array(Seat),
    wanted: z.int().meta({ description: "how many seats it has" }),
    contests: z.array(z.object({ ground: z.enum(contestGrounds), text: z.string() })),
    noes: z.array(z.object({ ground: z.enum(grounds), text: z.string() })).meta({ description: "why the text was kept from the vote" }),
    asks: z.string().optional().meta({ description: "why the author asks" }),
    answerUntil: InstantJson.optional().meta({ description: "until when whoever asks is asked" }),
    recount: z.string().optional().meta({ description: "canonical JSON of what was counted again" }),
    mine: z.object({ party: z.enum(["author", "contesters"]).optional(), verbs: z.array(z.string()) }),
  }),
});

export const listOwnPanels = endpoint({
  does: "List the panels one is asked for or sits on, and the lots one is asked to give or show a seed for: what waits for an answer.",
  method: "GET",
  path: "/api/v1/me/panels",
  who: "person",
  input: z.strictObject({}),
  answer: listOf(
    z.object({ id: IdText, title: z.string(), waits: z.enum(["answer", "decision", "seed", "showing"]), until: InstantJson }).meta({
      description: "the id of the panel, or of the lot for a seed",
    }),
  ),
});

export const answerSeat = endpoint({
  does: "Say whether one takes the seat one was drawn to; the next in the order of the lot is asked where one does not.",
  method: "PUT",
  path: "/api/v1/panels/:panel/answer",
  who: "person",
  input: z.strictObject({ ...ofPanel, accept: z.boolean() }),
  answer: Nothing,
  refusals: ["not-drawn", "not-in-this-state"],
});

export const challengeSeat = endpoint({
  does: "Refuse one seat of a panel, as the author of the proposal or as one of those who contest; once for each side.",
  method: "POST",
  path: "/api/v1/panels/:panel/challenges",
  who: "person",
  input: z.strictObject({ ...ofPanel, place: z.int().min(1) }),
  answer: Nothing,
  refusals: ["not-a-party", "challenged-already", "seat-gone", "not-in-this-state"],
});

export const speakOnPanel = endpoint({
  does: "Say what one decides as a member of a panel, and why. It is decided once more than half say the same; until then one may say otherwise.",
  method: "PUT",
  path: "/api/v1/panels/:panel/word",
  who: "person",
  input: z.strictObject({ ...ofPanel, decision: z.enum(decisions), reason: Text(4_000, 1) }),
  answer: z.object({ decision: z.enum(decisions).optional() }),
  refusals: ["not-drawn", "not-in-this-state", "decision-unlike"],
});
