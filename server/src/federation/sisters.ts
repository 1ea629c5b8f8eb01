// What federation itself makes of activities: who follows our board, and what became of our own asking.
import { ctx } from "@partcommune/federation/vocabulary";
import { isId } from "@partcommune/shared/platform/id";
import { hears, type Shows, type Sisters } from "./index.ts";
import { answerFollow } from "./actions/neighbours.ts";
import { hearStatement, statementDocument } from "./actions/stating.ts";
import { tell } from "./actions/telling.ts";
import { treatyHears } from "./actions/treaty-hears.ts";
import { treatyTells } from "./actions/treaty-tells.ts";
import { signedAt } from "./store/signed.ts";
import { ourStatement } from "./store/statements.ts";

const nothing = async (): Promise<void> => undefined;

/** Anybody may follow our board: it shows what is public. */
const hearFollow = hears<void>({
  inbox: "jobs",
  types: ["Follow"],
  bring: nothing,
  hear: async (scope, { id, actor, host, object }) => {
    if (object !== `${scope.origin}/jobs`) return;
    await tell(scope, { actor: "jobs", type: "Accept", to: [actor], object: id });
    scope.emit({ type: "follower.came", subject: host, body: { follower: actor }, about: ["neighbours"] });
  },
});

const hearUndo = hears<void>({
  inbox: "jobs",
  types: ["Undo"],
  bring: nothing,
  hear: async (scope, { actor, host }) =>
    scope.emit({ type: "follower.went", subject: host, body: { follower: actor }, about: ["neighbours"] }),
});

const hearAnswer = hears<void>({
  inbox: "jobs",
  types: ["Accept", "Reject"],
  bring: nothing,
  hear: async (scope, { origin, object, type }) => answerFollow(scope, origin, object, type === "Accept" ? "welcome" : "turnAway"),
});

/** The agreement of a treaty that our members accepted, as it was signed. */
const showTreaty: Shows = {
  path: "/treaties/:treaty",
  show: async (view, { treaty = "" }, reader) => (isId(treaty) ? signedAt(view, `${view.origin}/treaties/${treaty}`, reader) : undefined),
};

/** What a sister states under its own signature: claims, answers to ours, and rounds. */
const hearStated = hears<void>({ inbox: "any", types: ["Create"], bring: nothing, hear: hearStatement });

/** A statement of ours at its address, for the coop that it is for. */
const showStatement: Shows = {
  path: "/statements/:statement",
  show: async ({ db, origin }, { statement = "" }, reader) => {
    const kept = isId(statement) ? await ourStatement(db, statement) : undefined;
    const isTheirs = reader !== "anybody" && reader.host !== undefined && reader.host === kept?.host;
    return kept && isTheirs && kept.jws !== null ? { "@context": ctx, ...statementDocument(origin, kept) } : undefined;
  },
};

export const sisters: Sisters = {
  tells: treatyTells,
  hears: [hearFollow, hearUndo, hearAnswer, hearStated, ...treatyHears],
  shows: [showTreaty, showStatement],
};
