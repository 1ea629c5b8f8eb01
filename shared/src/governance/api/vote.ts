// What can be asked about votes: the notice, one's ballot, and what it came to.
import { z } from "zod";
import { IdText, InstantJson, listOf, Nothing, pageOfList, Text } from "../../platform/api.ts";
import { endpoint } from "../../platform/endpoint.ts";
import { contestGrounds } from "../rules/grounds.ts";
import { PanelCard } from "./panel.ts";
import { methods, modes, outcomes, voteStates } from "../rules/vote.ts";
import { classes, colleges } from "../rules/words.ts";
import { OwnEntry, RollTold } from "./roll.ts";

const ofVote = { vote: IdText };
const keyed = z.string().min(1).max(60);

/** What a voter says, by the method of the vote. */
export const ChoiceJson = z.union([
  z.enum(["yes", "no", "abstain"]),
  z.strictObject({ approve: z.array(keyed).max(60) }),
  z.strictObject({ scores: z.record(keyed, z.int().min(0).max(5)) }),
  z
    .strictObject({ ranks: z.array(z.array(keyed).min(1)).max(60) })
    .meta({ description: "best first; options in one place are equal; what is not named comes last" }),
]);

export const VoteCard = z.object({
  id: IdText,
  title: z.string(),
  class: z.enum(classes),
  method: z.enum(methods),
  mode: z.enum(modes),
  state: z.enum(voteStates),
  outcome: z.enum(outcomes).optional(),
  opensAt: InstantJson,
  closesAt: InstantJson.meta({ description: "with its extension" }),
  gathering: IdText.optional().meta({ description: "the assembly whose chair opens and closes it" }),
  proposals: z.array(z.object({ id: IdText, title: z.string() })),
});

export const listVotes = endpoint({
  does: "List votes, the newest first.",
  method: "GET",
  path: "/api/v1/votes",
  who: "anyone",
  input: z.strictObject({ ...pageOfList, state: z.enum(voteStates).optional() }),
  answer: listOf(VoteCard),
  mayLag: true,
});

export const listOwnVotes = endpoint({
  does: "List the votes one is asked in, whether one has cast, and how many one is asked in this month.",
  method: "GET",
  path: "/api/v1/me/votes",
  who: "person",
  input: z.strictObject({}),
  answer: listOf(VoteCard.extend({ cast: z.boolean(), receipt: z.string().optional() })).extend({
    askedThisMonth: z.int(),
    mostAMonth: z.int(),
  }),
});

export const readVote = endpoint({
  does: "Show a vote: its notice, its days, and for whoever is on the roll what they cast.",
  method: "GET",
  path: "/api/v1/votes/:vote",
  who: "anyone",
  input: z.strictObject(ofVote),
  answer: VoteCard.extend({
    notice: z.string().meta({ description: "canonical JSON (RFC 8785); its SHA-256 is `noticeHash`" }),
    noticeHash: z.string(),
    rollSize: z.int().optional(),
    contestUntil: InstantJson.optional(),
    contests: z
      .object({
        needed: z.int().meta({ description: "with so many names a panel drawn by lot decides" }),
        said: z
          .array(z.object({ ground: z.enum(contestGrounds), text: z.string(), at: InstantJson }))
          .meta({ description: "without names" }),
      })
      .optional()
      .meta({ description: "absent while nobody contests it" }),
    panels: z.array(PanelCard).meta({ description: "those who decide on the contest, the newest last" }),
    roll: RollTold,
    mine: z
      .object({
        onRoll: z.boolean().meta({ description: "before it opens: on the roll that was announced, by what the register says today" }),
        ...OwnEntry,
        because: z.string().optional().meta({ description: "why one is not on the roll, as a problem's name" }),
        cast: z.object({ choice: ChoiceJson, receipt: z.string(), seq: z.int() }).optional(),
        proxyTo: z.string().optional(),
        holds: z.array(z.object({ giver: IdText, name: z.string(), cast: z.boolean() })),
      })
      .optional()
      .meta({ description: "absent for visitors" }),
  }),
});

export const castVote = endpoint({
  does: "Cast one's vote, or cast it again: until the close the last one counts. `for`: the giver of a proxy one holds, in its last hours.",
  method: "PUT",
  path: "/api/v1/votes/:vote/ballot",
  who: "person",
  input: z.strictObject({ ...ofVote, choice: ChoiceJson, for: IdText.exactOptional() }),
  answer: z.object({ receipt: z.string(), seq: z.int(), until: InstantJson }),
  refusals: [
    "not-on-roll",
    "vote-on-paper",
    "vote-not-open",
    "vote-closed",
    "choice-unlike",
    "proxy-unknown",
    "proxy-too-early",
    "proxy-spent",
  ],
});

export const listVoters = endpoint({
  does: "List who else stands on the roll of a vote, for whoever stands on it: to whom one may give a proxy.",
  method: "GET",
  path: "/api/v1/votes/:vote/voters",
  who: "person",
  input: z.strictObject({ ...ofVote, ...pageOfList }),
  answer: listOf(z.object({ person: IdText, name: z.string() })),
});

export const giveProxy = endpoint({
  does: "Let another on the roll vote for oneself in this vote. One's own vote voids it.",
  method: "PUT",
  path: "/api/v1/votes/:vote/proxy",
  who: "person",
  input: z.strictObject({ ...ofVote, holder: IdText }),
  answer: Nothing,
  refusals: [
    "not-on-roll",
    "vote-on-paper",
    "proxy-to-oneself",
    "proxy-to-leaver",
    "proxy-chained",
    "proxies-enough",
    "proxy-spent",
    "vote-closed",
  ],
});

export const takeProxyBack = endpoint({
  does: "Take back the proxy one gave in this vote.",
  method: "DELETE",
  path: "/api/v1/votes/:vote/proxy",
  who: "person",
  input: z.strictObject(ofVote),
  answer: Nothing,
  refusals: ["not-on-roll", "vote-on-paper", "proxy-spent", "vote-closed"],
});

export const readTally = endpoint({
  does: "Show what a vote came to, with every stage of the count.",
  method: "GET",
  path: "/api/v1/votes/:vote/tally",
  who: "anyone",
  input: z.strictObject(ofVote),
  answer: z.object({
    tally: z.string().meta({ description: "canonical JSON of every stage" }),
    hash: z.string(),
    seed: z.string().meta({ description: "the 32 bytes that end ties, in hex" }),
    counts: z
      .array(z.object({ by: z.string(), round: z.int(), yes: z.int(), no: z.int(), abstain: z.int() }))
      .meta({ description: "on paper: what each teller counted, round by round" }),
  }),
});

export const listCalls = endpoint({
  does: "List the votes one by one, for whoever recounts them, in the order of their entries. Of votes about people only whoever is on the roll reads the names.",
  method: "GET",
  path: "/api/v1/votes/:vote/calls",
  who: "anyone",
  input: z.strictObject({ ...ofVote, ...pageOfList, limit: z.coerce.number().int().min(1).max(2_000).default(50) }),
  answer: listOf(
    z.object({
      entry: z.string(),
      college: z.enum(colleges),
      choice: ChoiceJson,
      seq: z.int(),
      by: z.string().optional().meta({ description: "by name; absent for whoever does not read it" }),
      receipt: z.string(),
    }),
  ).extend({ named: z.boolean().meta({ description: "whether the reader reads the names" }) }),
});

export const contestVote = endpoint({
  does: "Contest a vote before it is carried out. With enough names a panel drawn by lot decides; with the ground `count` the votes are counted again at once, and a difference needs no more names.",
  method: "POST",
  path: "/api/v1/votes/:vote/contests",
  who: "person",
  status: 201,
  input: z.strictObject({ ...ofVote, ground: z.enum(contestGrounds), text: Text(4_000, 1) }),
  answer: z.object({ contests: z.int(), needed: z.int(), panel: IdText.optional() }),
  refusals: ["not-on-roll", "not-in-this-state", "contested-already"],
});
