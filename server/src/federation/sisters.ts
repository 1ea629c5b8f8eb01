// What federation itself makes of activities: who follows our board, and what became of our own asking.
import { ctx, PUBLIC } from "@partcommune/federation/vocabulary";
import type { Fact } from "@partcommune/shared/platform/events";
import { isId } from "@partcommune/shared/platform/id";
import { documentOf } from "./actions/actor-documents.ts";
import { hears, type OurActor, type Shows, type Sisters, type Tells } from "./index.ts";
import { answerFollow } from "./actions/neighbours.ts";
import { followsNoMore } from "./actions/moving.ts";
import { keepPeer, lookUp, type Looked } from "./actions/peers.ts";
import { hearStatement, statementDocument } from "./actions/stating.ts";
import { tell } from "./actions/telling.ts";
import { treatyHears } from "./actions/treaty-hears.ts";
import { treatyTells } from "./actions/treaty-tells.ts";
import { signedAt } from "./store/signed.ts";
import { sisterOfHost } from "./store/sisters.ts";
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

/** An actor of ours signs with another key: who follows it, or is bound to us, looks at it again. */
const tellChange: Tells = {
  name: "actorKey.tellChange",
  facts: ["actorKey.changed"],
  tell: async (view, { body }) => {
    const { actor } = body as Fact<"actorKey.changed">["body"];
    const object = await documentOf(view, actor as OurActor, "anybody");
    const [board, coop] = [`${view.origin}/jobs`, `${view.origin}/actor`];
    const audience = actor === "jobs" ? { to: [PUBLIC], cc: [`${board}/followers`] } : { to: [`${coop}/followers`] };
    return object && { actor: actor as OurActor, type: "Update", ...audience, object };
  },
};

/** A sister is let through again: it hears from us, and says at once what waited. */
const tellUnblocked: Tells = {
  name: "host.tellUnblocked",
  facts: ["host.unblocked"],
  tell: async (view, { subject }) => {
    const sister = await sisterOfHost(view.db, subject);
    const object = sister && (await documentOf(view, "actor", "anybody"));
    return object && { actor: "actor", type: "Update", to: [`${sister.origin}/actor`], object };
  },
};

/** Somebody elsewhere says that they changed: what they say of themselves is read where they are, and nowhere else. */
const hearChange = hears<Looked | undefined>({
  inbox: "any",
  types: ["Update"],
  bring: async (fetcher, { actor, object }) => {
    const seen = object === actor ? await lookUp(fetcher, actor) : undefined;
    return typeof seen === "object" ? seen : undefined;
  },
  hear: async (scope, _, seen) => (seen ? keepPeer(scope, seen) : undefined),
});

const hearFarewell = hears<void>({
  inbox: "any",
  types: ["Delete"],
  bring: nothing,
  hear: async (scope, { actor, object }) => (object === actor ? followsNoMore(scope, actor) : undefined),
});

/** What a sister states under its own signature: claims, answers to ours, rounds, and how its book stands. */
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
  tells: [...treatyTells, tellChange, tellUnblocked],
  hears: [hearFollow, hearUndo, hearAnswer, hearStated, hearChange, hearFarewell, ...treatyHears],
  shows: [showTreaty, showStatement],
};
