// What a hostile server may try at the inboxes that stand open: each case by what is sent or shown, and the number that answers it.
import { randomBytes } from "node:crypto";
import { digestsOf } from "@partcommune/federation/sign/digest";
import { millisecondsOf } from "@partcommune/shared/platform/time";
import type { TestCoop } from "./coop.ts";
import { shown, type Headers, type Json, type Laid, type Stranger } from "./stranger.ts";

const second = 1000;
const minute = 60_000;
const hour = 3_600_000;

/** What is sent, to which inbox, and by whom it says it is. */
export type Sent = { to: string; by: string; body: Buffer; headers: Headers };
type Change = (sent: Sent) => Partial<Sent>;
/** One thing to try, and what becomes of it. */
export type Case = {
  /** The activity, beside a follow of the board by an actor of its own. */
  readonly says?: Json;
  /** The inbox, when it is not the board's. */
  readonly to?: string;
  /** Bytes in place of the activity's. */
  readonly bytes?: (activity: Json) => Buffer;
  /** What was done to it after it was signed, or how it was signed. */
  readonly changes?: Change;
  /** What the stranger shows where the actor's document should be. */
  readonly shows?: Laid | ((actor: Json) => Laid);
  readonly status: number;
  /** How often the stranger was asked for anything; not at all where nothing is said. */
  readonly calls?: number;
};

const having = ({ headers }: Sent, ...more: Headers): Partial<Sent> => ({ headers: [...headers, ...more] });
const without = ({ headers }: Sent, name: string): Partial<Sent> => ({ headers: headers.filter(([each]) => each !== name) });
const written = ({ headers }: Sent, name: string, change: (value: string) => string): Partial<Sent> => ({
  headers: headers.map(([each, value]) => [each, each === name ? change(value) : value] as const),
});

/** Everything that a stranger may try at the doors that stand open. */
export function casesOf(coop: TestCoop, evil: Stranger, honest: Stranger, job: string): Readonly<Record<string, Case>> {
  const [board, own] = [`${coop.origin}/jobs`, `${coop.origin}/actor`];
  const now = (): number => millisecondsOf(coop.now());
  const dated =
    (ms: number): Change =>
    ({ to, by, body }) => ({ headers: evil.signed(to, by, body, now() + ms) });
  const covering =
    (names: string): Change =>
    (sent) =>
      written(sent, "signature", (value) => value.replace(/headers="[^"]*"/, `headers="${names}"`));
  const note = { type: "Note", content: "<p>x</p>" };
  const sentBy = (says: Json, status: number): Case => ({ says, status });
  return {
    "no signature": { changes: (sent) => without(sent, "signature"), status: 401 },
    "the date alone is signed": { changes: covering("date"), status: 401 },
    "the address alone is signed": { changes: covering("(request-target)"), status: 401 },
    "the digest is not signed": { changes: covering("(request-target) host date"), status: 401 },
    "the host is not signed": { changes: covering("(request-target) date digest"), status: 401 },
    "no digest": { changes: (sent) => without(sent, "digest"), status: 401 },
    "another body under the digest": { changes: ({ body }) => ({ body: Buffer.from(`${body.toString()} `) }), status: 401 },
    "another body and its digest under the signature": {
      changes: (sent) => {
        const body = Buffer.from(`${sent.body.toString()} `);
        return { body, ...written(sent, "digest", () => digestsOf(body).digest) };
      },
      status: 401,
      calls: 1,
    },
    "signed for another coop": {
      changes: ({ by, body }) => ({ headers: evil.signed(`${honest.origin}/jobs/inbox`, by, body) }),
      status: 401,
    },
    "signed for another coop, its name changed": {
      changes: ({ by, body }) => {
        const headers = evil.signed(`${honest.origin}/jobs/inbox`, by, body);
        return { headers: headers.map(([name, value]) => [name, name === "host" ? new URL(coop.origin).host : value] as const) };
      },
      status: 401,
      calls: 1,
    },
    "signed for the other inbox": {
      changes: ({ by, body }) => ({ headers: evil.signed(`${own}/inbox`, by, body) }),
      status: 401,
      calls: 1,
    },
    "thirteen hours old": { changes: dated(-13 * hour), status: 401 },
    "two hours ahead": { changes: dated(2 * hour), status: 401 },
    "six minutes old": { changes: dated(-6 * minute), status: 401 },
    "no date": { changes: (sent) => without(sent, "date"), status: 401 },
    "two dates": { changes: (sent) => having(sent, ["date", new Date(now()).toUTCString()]), status: 401 },
    "another date beside it": { changes: (sent) => having(sent, ["x-date", new Date(now()).toUTCString()]), status: 401 },
    expired: { changes: (sent) => written(sent, "signature", (value) => `${value},expires=${now() / second - 1}`), status: 401 },
    "made in the future": {
      changes: (sent) => written(sent, "signature", (value) => `${value},created=${now() / second + 900}`),
      status: 401,
    },
    "two signatures": {
      changes: (sent) => having(sent, ["signature", sent.headers.find(([name]) => name === "signature")?.[1] ?? ""]),
      status: 401,
    },
    "a signature in two places": { changes: (sent) => having(sent, ["authorization", 'Signature keyId="x"']), status: 401 },
    "a parameter twice": {
      changes: (sent) => written(sent, "signature", (value) => `${value},keyId="${evil.origin}/users/x#main"`),
      status: 401,
    },
    "a signature of nothing": {
      changes: (sent) => written(sent, "signature", (value) => value.replace(/,signature="[^"]*"/, ',signature=""')),
      status: 401,
    },
    "half a signature": { changes: (sent) => written(sent, "signature", (value) => value.slice(0, -30).concat('"')), status: 401 },
    "a signature of nine thousand signs": {
      changes: (sent) => written(sent, "signature", (value) => `${value},a="${"x".repeat(9_000)}"`),
      status: 401,
    },
    "a header of sixty-four thousand": { changes: (sent) => written(sent, "signature", () => "x".repeat(64_000)), status: 431 },
    "words for a signature": { changes: (sent) => having(sent, ["signature-input", 'sig1=("@method" 7;x);keyid=:AA==:']), status: 401 },
    "a key of another server": {
      changes: (sent) => written(sent, "signature", (value) => value.replaceAll(evil.origin, honest.origin)),
      status: 401,
    },
    "a key that the actor does not list": {
      changes: (sent) => written(sent, "signature", (value) => value.replace("#main", "#other")),
      status: 401,
      calls: 1,
    },
    "the key of somebody else there": {
      changes: ({ to, body }) => ({ headers: evil.signed(to, `${evil.origin}/users/somebody`, body) }),
      status: 401,
      calls: 1,
    },
    "an actor elsewhere, with a key of its own": sentBy({ actor: `${honest.origin}/users/anna`, id: `${honest.origin}/acts/1` }, 401),
    "our own coop": sentBy({ actor: own, id: `${coop.origin}/acts/1` }, 403),
    "an activity on another server": sentBy({ id: `${honest.origin}/acts/1` }, 403),
    "an activity on ours": sentBy({ id: `${coop.origin}/acts/1` }, 403),

    "a key that is none": {
      shows: (actor) => shown({ ...actor, publicKey: { ...(actor["publicKey"] as Json), publicKeyPem: "-----BEGIN" } }),
      status: 401,
      calls: 1,
    },
    "a document that is text": { shows: (actor) => shown(actor, "text/plain"), status: 401, calls: 1 },
    "a document that is a picture": { shows: (actor) => shown(actor, "image/png"), status: 401, calls: 1 },
    "a document that is JSON": { shows: (actor) => shown(actor, "application/json"), status: 401, calls: 1 },
    "a document that is JSON-LD of some kind": { shows: (actor) => shown(actor, "application/ld+json"), status: 401, calls: 1 },
    "a document that names an actor elsewhere": {
      shows: (actor) => shown({ ...actor, id: `${honest.origin}/users/anna` }),
      status: 401,
      calls: 1,
    },
    "a document that names another address there": {
      shows: (actor) => shown({ ...actor, id: `${evil.origin}/nobody` }),
      status: 401,
      calls: 2,
    },
    "a document without a name": { shows: (actor) => shown({ ...actor, id: undefined }), status: 401, calls: 1 },
    "a document with two names": { shows: (actor) => shown({ ...actor, id: [actor["id"]] }), status: 401, calls: 1 },
    "a key that is said to be another's": {
      shows: (actor) => shown({ ...actor, publicKey: { ...(actor["publicKey"] as Json), owner: `${honest.origin}/users/anna` } }),
      status: 401,
      calls: 1,
    },
    "an inbox on another server": { shows: (actor) => shown({ ...actor, inbox: `${honest.origin}/inbox` }), status: 401, calls: 1 },
    "an inbox with an endless name": {
      shows: (actor) => shown({ ...actor, inbox: `${evil.origin}/${"x".repeat(3_000)}` }),
      status: 401,
      calls: 1,
    },
    "a document of two mebibytes": { shows: (actor) => shown({ ...actor, summary: "x".repeat(2_097_152) }), status: 401, calls: 1 },
    "a document that leads to itself": { shows: ({ id }) => ({ status: 302, headers: { location: String(id) } }), status: 401, calls: 3 },
    "a document that leads inside": { shows: { status: 302, headers: { location: "http://169.254.169.254/" } }, status: 401, calls: 1 },
    "a document that leads to another private address": {
      shows: { status: 307, headers: { location: "//10.0.0.1/actor" } },
      status: 401,
      calls: 1,
    },
    "a document that leads to a file": { shows: { status: 308, headers: { location: "file:///etc/passwd" } }, status: 401, calls: 1 },
    "a document that leads to its own words": {
      shows: { status: 302, headers: { location: "data:application/activity+json,{}" } },
      status: 401,
      calls: 1,
    },
    "a document that is not there": { shows: { status: 500 }, status: 401, calls: 1 },
    ...Object.fromEntries(
      [
        "0.0.0.0",
        "[::]",
        "10.0.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "192.168.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "localhost.",
        "intranet",
      ].map((host) => {
        const changes: Change = ({ to, body }) => ({ headers: evil.signed(to, `http://${host}/users/1`, body) });
        return [`an actor at ${host}`, { says: { actor: `http://${host}/users/1`, id: `http://${host}/acts/1` }, changes, status: 401 }];
      }),
    ),
    ...Object.fromEntries(
      [
        "http://2130706433/a",
        "http://0x7f.1/a",
        "http://017700000001/a",
        "http://me@evil.example/a",
        "HTTP://EVIL.EXAMPLE/a",
        "data:x",
        "file:///etc/passwd",
        "/users/1",
        `http://evil.example/${"é".repeat(1_500)}`,
        `http://evil.example/${"x".repeat(2_100)}`,
      ].map((address) => [`an actor at ${address.slice(0, 40)}${address.length}`, { says: { actor: address, id: address }, status: 400 }]),
    ),

    "no JSON": { bytes: () => Buffer.from("{"), status: 400 },
    "a list": { bytes: (activity) => Buffer.from(JSON.stringify([activity])), status: 400 },
    "a word twice": {
      bytes: (activity) => Buffer.from(JSON.stringify(activity).replace("{", `{"actor":"${honest.origin}/users/anna",`)),
      status: 400,
    },
    "the word of a prototype": {
      bytes: (activity) => Buffer.from(JSON.stringify(activity).replace("{", '{"__proto__":{"x":1},')),
      status: 400,
    },
    "a hundred thousand deep": { bytes: () => Buffer.from(`{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`), status: 400 },
    "more words than anybody says": {
      bytes: () => Buffer.from(`{${Array.from({ length: 12_000 }, (_, at) => `"k${at}":1`).join(",")}}`),
      status: 400,
    },
    "no sign": { says: { summary: "\0" }, status: 400 },
    "half a sign": { bytes: (activity) => Buffer.from(JSON.stringify({ ...activity, summary: "?" }).replace("?", "\\ud800")), status: 400 },
    "bytes that are no text": {
      bytes: (activity) => Buffer.concat([Buffer.from(JSON.stringify(activity)), Buffer.from([0xff])]),
      status: 400,
    },
    "a mark before it": { bytes: (activity) => Buffer.from(`\ufeff${JSON.stringify(activity)}`), status: 400 },
    "no type": sentBy({ type: undefined }, 400),
    "two types": sentBy({ type: ["Follow", "Undo"] }, 400),
    "no actor": sentBy({ actor: undefined }, 400),
    "two actors": sentBy({ actor: [`${evil.origin}/users/1`, `${honest.origin}/users/1`] }, 400),
    "an actor that is brought along": sentBy({ actor: { id: `${evil.origin}/users/1` } }, 400),
    "no object": sentBy({ object: undefined }, 400),
    "two objects": sentBy({ object: [board, own] }, 400),
    "an activity with an endless name": { says: { id: `${evil.origin}/${randomBytes(4_000).toString("base64url")}` }, status: 400 },

    "a follow of the coop at the board": sentBy({ object: own }, 403),
    "a follow of a job": sentBy({ object: `${board}/${job}` }, 403),
    ...Object.fromEntries(
      ["Create", "Accept", "Reject", "Offer", "Announce", "Like", "Add", "Join", "Flag", "Block", "Invite", "Travel", "constructor"].map(
        (type) => [`${type} by a stranger`, sentBy({ type, object: { id: `${evil.origin}/notes/1`, ...note } }, 403)],
      ),
    ),
    ...Object.fromEntries(
      ["Follow", "Undo", "Update", "Delete", "Move", "Create", "Accept", "Offer"].map((type) => [
        `${type} at the inbox for all`,
        { says: { type, object: own }, to: `${coop.origin}/inbox`, status: 403 },
      ]),
    ),
    "an update of our coop": sentBy(
      { type: "Update", object: { id: own, type: "Application", attributedTo: `${evil.origin}/users/1` } },
      403,
    ),
    "an update of our job": sentBy({ type: "Update", object: { id: `${board}/${job}`, type: "Proposal" } }, 403),
    "an update of another's": sentBy({ type: "Update", object: { id: `${honest.origin}/notes/1`, ...note } }, 403),
    "an update of its own note": sentBy({ type: "Update", object: { id: `${evil.origin}/notes/1`, ...note } }, 403),
    "a delete of our job": sentBy({ type: "Delete", object: `${board}/${job}` }, 403),
    "a delete of somebody elsewhere": sentBy({ type: "Delete", object: `${honest.origin}/users/anna` }, 403),
    "an undo of our own act": sentBy({ type: "Undo", object: `${coop.origin}/acts/1` }, 403),
    "an undo of another's act": sentBy({ type: "Undo", object: `${honest.origin}/acts/1` }, 403),
    "a move of another's": sentBy({ type: "Move", object: `${honest.origin}/users/anna`, target: `${evil.origin}/users/1` }, 403),
    "a move to nowhere": {
      says: { type: "Move", object: `${evil.origin}/users/mover`, actor: `${evil.origin}/users/mover` },
      changes: ({ to, body }) => ({ headers: evil.signed(to, `${evil.origin}/users/mover`, body) }),
      status: 422,
      calls: 1,
    },
    "a delete of somebody nobody knew": {
      says: { type: "Delete", actor: `${evil.origin}/users/gone`, object: `${evil.origin}/users/gone` },
      status: 202,
    },
    "too much": { bytes: () => Buffer.alloc(262_145, " "), status: 413 },
    "plain JSON": { changes: (sent) => having(sent, ["content-type", "application/json"]), status: 415 },
    "JSON-LD of some kind": { changes: (sent) => having(sent, ["content-type", "application/ld+json"]), status: 415 },
    text: { changes: (sent) => having(sent, ["content-type", "text/plain"]), status: 415 },
    "a packed body": { changes: (sent) => having(sent, ["content-encoding", "gzip"]), status: 415 },
  };
}
