// Governance's door for the clock.
import { z } from "zod";
import { colleges } from "@partcommune/shared/governance/rules/words";
import { IdText, InstantText, Nothing } from "@partcommune/shared/platform/api";
import { dayOf } from "@partcommune/shared/platform/calendar";
import { duty, type Duty } from "../platform/domain.ts";
import { callElection, electionsToCall } from "./actions/calling.ts";
import { fixProposal, lapseProposal, passProposal, supportProposal } from "./actions/clockwork.ts";
import { closeDraw, voidDraw } from "./actions/lots.ts";
import { passSeat, sitPanel } from "./actions/panel-seats.ts";
import { lapsePanel } from "./actions/panel-words.ts";
import { conveneVote } from "./actions/convening.ts";
import { countVote } from "./actions/counting.ts";
import { endVote } from "./actions/enacting.ts";
import { leaveSeat, seatsToLeave, takeSeat } from "./actions/seats.ts";
import { closeVote, openVote, remindVoters } from "./actions/voting-days.ts";
import * as due from "./store/due.ts";
import * as lots from "./store/lots.ts";
import * as panels from "./store/panels.ts";
import { seatsToTake } from "./store/seats.ts";
import * as votes from "./store/votes.ts";

const ofProposal = z.strictObject({ proposal: IdText });
const ofLot = z.strictObject({ lot: IdText });
const ofPanel = z.strictObject({ panel: IdText });
const ofVote = z.strictObject({ vote: IdText });
type Due = readonly { readonly id: string; readonly at: string }[];
const keyed = (rows: Due) => rows.map(({ id, at }) => ({ key: `${id}:${at}`, id }));
const proposals = (rows: Due) => keyed(rows).map(({ key, id }) => ({ key, input: { proposal: id } }));
const draws = (rows: Due) => keyed(rows).map(({ key, id }) => ({ key, input: { lot: id } }));
const sittings = (rows: Due) => keyed(rows).map(({ key, id }) => ({ key, input: { panel: id } }));
const ballots = (rows: Due) => keyed(rows).map(({ key, id }) => ({ key, input: { vote: id } }));

export const duties: readonly Duty[] = [
  duty({
    verb: { name: "proposal.lapse", input: ofProposal, answer: Nothing, status: 200 },
    due: async (view) => proposals(await due.ideasToLapse(view)),
    act: lapseProposal,
  }),
  duty({
    verb: { name: "proposal.support", input: ofProposal, answer: Nothing, status: 200 },
    due: async (view) => proposals(await due.ideasToSupport(view)),
    act: supportProposal,
  }),
  duty({
    verb: { name: "proposal.fix", input: ofProposal, answer: Nothing, status: 200 },
    due: async (view) => proposals(await due.proposalsToFix(view)),
    act: fixProposal,
  }),
  duty({
    verb: { name: "proposal.pass", input: ofProposal, answer: Nothing, status: 200 },
    due: async (view) => proposals(await due.proposalsToPass(view)),
    act: passProposal,
  }),
  duty({
    verb: { name: "vote.convene", input: z.strictObject({ proposal: IdText, opensAt: InstantText }), answer: Nothing, status: 200 },
    due: async (view) =>
      (await due.proposalToConvene(view)).map(({ id, opensAt }) => ({ key: `${id}:${opensAt}`, input: { proposal: id, opensAt } })),
    act: conveneVote,
  }),
  duty({
    verb: { name: "seat.take", input: z.strictObject({ seat: IdText }), answer: Nothing, status: 200 },
    due: async (view) => (await seatsToTake(view)).map((seat) => ({ key: seat, input: { seat } })),
    act: takeSeat,
  }),
  duty({
    verb: {
      name: "seat.leave",
      input: z.strictObject({ seat: IdText, cause: z.enum(["resigned", "left", "term"]) }),
      answer: Nothing,
      status: 200,
    },
    // Whoever stays because nobody else sits is asked again the next day.
    due: async (view) => {
      const day = dayOf(view.now, "UTC");
      return (await seatsToLeave(view)).map(({ seat, cause }) => ({ key: `${seat}:${cause}:${day}`, input: { seat, cause } }));
    },
    act: leaveSeat,
  }),
  duty({
    verb: { name: "election.call", input: z.strictObject({ college: z.enum(colleges) }), answer: Nothing, status: 200 },
    due: async (view) => (await electionsToCall(view)).map(({ college, day }) => ({ key: `${college}:${day}`, input: { college } })),
    act: callElection,
  }),
  duty({
    verb: { name: "vote.open", input: ofVote, answer: Nothing, status: 200 },
    due: async (view) => ballots(await votes.votesToOpen(view)),
    act: openVote,
  }),
  duty({
    verb: { name: "vote.remind", input: ofVote, answer: Nothing, status: 200 },
    due: async (view) => ballots(await votes.votesToRemind(view)),
    act: remindVoters,
  }),
  duty({
    verb: { name: "vote.close", input: ofVote, answer: Nothing, status: 200 },
    due: async (view) => ballots(await votes.votesToClose(view)),
    act: closeVote,
  }),
  duty({
    verb: { name: "vote.count", input: ofVote, answer: Nothing, status: 200 },
    due: async (view) => ballots(await votes.votesToCount(view)),
    act: countVote,
  }),
  duty({
    verb: { name: "vote.end", input: ofVote, answer: Nothing, status: 200 },
    due: async (view) => ballots(await votes.votesToEnd(view)),
    act: endVote,
  }),
  duty({
    verb: { name: "lot.close", input: ofLot, answer: Nothing, status: 200 },
    due: async (view) => draws(await lots.drawsToClose(view)),
    act: closeDraw,
  }),
  duty({
    verb: { name: "lot.void", input: ofLot, answer: Nothing, status: 200 },
    due: async (view) => draws(await lots.drawsToVoid(view)),
    act: voidDraw,
  }),
  duty({
    verb: { name: "panel.pass", input: ofPanel.extend({ place: z.int() }), answer: Nothing, status: 200 },
    due: async (view) =>
      (await panels.seatsToPass(view)).map(({ panel, place }) => ({ key: `${panel}:${place}`, input: { panel, place } })),
    act: passSeat,
  }),
  duty({
    verb: { name: "panel.sit", input: ofPanel, answer: Nothing, status: 200 },
    due: async (view) => sittings(await panels.panelsToSit(view)),
    act: sitPanel,
  }),
  duty({
    verb: { name: "panel.lapse", input: ofPanel, answer: Nothing, status: 200 },
    due: async (view) => sittings(await panels.panelsToLapse(view)),
    act: lapsePanel,
  }),
];
