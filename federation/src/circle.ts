// Who another server is to us, and what each may say at which of our inboxes.
import { originOf, type Iri } from "./iri.ts";
import type { Allowance } from "./rate.ts";

/** The four values that everything after goes by. What is offered may have no name. */
export type Said = { readonly id: Iri; readonly type: string; readonly actor: Iri; readonly object?: Iri | undefined };

/** The inbox that was knocked at: the coop's own, the job board's, a member's, a client's, or the one for all. */
export const inboxes = ["actor", "jobs", "members", "clients", "shared"] as const;
export type Inbox = (typeof inboxes)[number];

/**
 * What a server is to us. A sister is bound to us by a treaty; with an applicant one is under way; a neighbour's board we follow;
 * everybody else is the public; whom the coop blocked is heard nowhere, and where a treaty binds it nevertheless, it is suspended: it may say it
 * again. A server may be several of these.
 */
export const circles = ["sister", "applicant", "neighbour", "public", "blocked", "suspended"] as const;
export type Circle = (typeof circles)[number];

/** On what footing a server is with us: its circles, and the words by which whoever keeps its letters finds that nothing changed meanwhile. */
export type Footing = { readonly circles: readonly Circle[]; readonly words: string };

/** Footings of servers, as they were last seen and as they are now. */
export interface Footings {
  last(origin: string): Footing | undefined;
  now(origin: string): Promise<Footing>;
}

type Heard = Readonly<Partial<Record<Inbox, readonly string[]>>>;

const social = ["Follow", "Undo", "Update", "Delete", "Move"];
const answering = ["Accept", "Reject"];
const joining = ["Join", "Leave"];
const everything = [...social, ...answering, ...joining, "Create", "Offer", "Flag"];

const heardOf: Readonly<Record<Circle, Heard>> = {
  blocked: {},
  suspended: {},
  public: { actor: [...social, "Offer"], jobs: social },
  neighbour: { actor: [...social, "Offer"], jobs: [...social, ...answering, "Create"] },
  applicant: { actor: [...social, ...answering, "Offer"], jobs: social },
  sister: { actor: everything, jobs: everything, members: everything, clients: everything, shared: everything },
};

const few: Allowance = { burst: 30, perSecond: 2 };
const many: Allowance = { burst: 500, perSecond: 50 };
const allowances: Readonly<Record<Circle, Allowance>> = {
  blocked: { burst: 0, perSecond: 1 },
  suspended: { burst: 0, perSecond: 1 },
  public: few,
  applicant: few,
  neighbour: many,
  sister: many,
};

/** How much a server may say: of what its circles allow, the most. */
export const allowanceOf = (all: readonly Circle[]): Allowance =>
  all.map((circle) => allowances[circle]).toSorted((one, other) => other.burst - one.burst)[0] ?? allowances.blocked;

/** Whether this may be said here, by somebody of these circles. `ours`: our own origin. */
export const mayBeSaid = (said: Said, all: readonly Circle[], inbox: Inbox, ours: string): boolean =>
  all.some((circle) => heardOf[circle][inbox]?.includes(said.type) && isTheirsToSay(said, circle, inbox, ours));

/** One origin for who speaks and what is said (FEP-fe34). Who is no sister speaks of itself alone; who answers, answers something of ours. */
function isTheirsToSay({ id, type, actor, object }: Said, circle: Circle, inbox: Inbox, ours: string): boolean {
  const [origin, named] = [originOf(actor), object === undefined ? undefined : originOf(object)];
  if (originOf(id) !== origin) return false;
  if (type === "Offer") return (object === undefined || named === origin) && (circle === "sister" || isCoop(actor));
  if (type === "Follow") return followed(inbox).some((path) => object === `${ours}/${path}`);
  if (answering.includes(type)) return named === ours && (circle !== "applicant" || isCoop(actor));
  if (joining.includes(type)) return named === ours;
  if (type === "Flag") return named === ours || named === origin;
  if (type === "Move" || (["Update", "Delete"].includes(type) && !speaksOfThings(circle, inbox))) return object === actor;
  return named === origin;
}

/** Whom one may follow at an inbox. */
const followed = (inbox: Inbox): readonly string[] =>
  inbox === "shared" ? ["actor", "jobs"] : ["actor", "jobs"].filter((path) => path === inbox);

const speaksOfThings = (circle: Circle, inbox: Inbox): boolean => circle === "sister" || (circle === "neighbour" && inbox === "jobs");

/** Whether somebody is a coop itself, rather than one of its people: the one address that coops of this kind know each other by. */
export const isCoop = (actor: string): boolean => actor === `${originOf(actor)}/actor`;
