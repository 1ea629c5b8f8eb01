// What another server sends is taken for what its type says or not at all.
import fc from "fast-check";
import { test } from "tap";
import { parseActivity } from "@partcommune/federation/activity";
import { readStrict } from "@partcommune/federation/read";
import { jobToProposal } from "@partcommune/federation/translate/job";
import { AS, PUBLIC } from "@partcommune/federation/vocabulary";
import type { Json, JsonObject } from "@partcommune/shared/platform/json";
import { arrived, atelier, job, mastodon, sisters } from "../support/shared-job.ts";

const note: JsonObject = {
  id: "https://social.example/notes/1",
  type: "Note",
  attributedTo: mastodon,
  content: "<p>a</p>",
  published: "2026-11-23T09:00:00Z",
  inReplyTo: null,
  to: [PUBLIC],
  cc: [],
};

/** An activity with other words in it. */
const sent = (type: string, object: Json, more: JsonObject = {}): JsonObject => ({
  "@context": AS,
  id: "https://social.example/acts/1",
  type,
  actor: mastodon,
  object,
  ...more,
});

test("of what an activity names, its name is taken and nothing that was embedded", (t) => {
  const follow = { id: "https://social.example/acts/0", type: "Follow", actor: "https://atelier.example/members/anna", object: mastodon };
  for (const type of ["Follow", "Undo", "Accept", "Reject", "Delete"])
    for (const object of [follow, follow.id, [follow.id], { "@id": follow.id }])
      t.strictSame(
        parseActivity(arrived(sent(type, object, { to: `${atelier}/actor`, signature: {} }))),
        { id: "https://social.example/acts/1", type, actor: mastodon, to: [`${atelier}/actor`], cc: [], object: follow.id },
        type,
      );
  t.match(parseActivity(sent("Move", mastodon, { target: { id: "https://b.example/eve", type: "Person" } })), {
    type: "Move",
    object: mastodon,
    target: "https://b.example/eve",
  });
  const update = sent("Update", { id: mastodon, type: "Person", publicKey: { publicKeyPem: "mine" } });
  t.strictSame(parseActivity(update), {
    id: "https://social.example/acts/1",
    type: "Update",
    actor: mastodon,
    to: [],
    cc: [],
    object: { type: "actor", id: mastodon },
  });
  t.end();
});

test("a note and a proposal are carried whole", (t) => {
  const to = [PUBLIC];
  t.match(parseActivity(arrived(sent("Create", note, { to }))), {
    type: "Create",
    to,
    object: { type: "Note", id: note["id"], attributedTo: mastodon, content: "<p>a</p>", published: "2026-11-23T09:00:00.000Z", to },
  });
  for (const type of ["Create", "Update"])
    t.match(parseActivity(arrived(sent(type, jobToProposal(job, sisters)))), {
      type,
      object: { type: "Proposal", id: job.id, name: job.title },
    });
  const inFull = {
    "@id": "https://social.example/notes/1",
    "@type": [`${AS}#Note`],
    [`${AS}#attributedTo`]: [{ "@id": mastodon }],
    [`${AS}#content`]: [{ "@value": "a" }],
  };
  for (const object of [inFull, [inFull]])
    t.match(
      parseActivity(arrived({ id: "https://social.example/acts/1", type: "as:Create", actor: mastodon, [`${AS}#object`]: object })),
      { type: "Create", object: { type: "Note", content: "a", attributedTo: mastodon } },
      "words in full",
    );
  t.end();
});

test("what is not as its type says is no activity", (t) => {
  const object = `${atelier}/jobs`;
  const follow = sent("Follow", object);
  for (const [what, odd] of [
    ["a type we do not take", sent("Like", object)],
    ["a type that is a name of JavaScript", sent("constructor", object)],
    ["two types", { ...follow, type: ["Follow", "Create"] }],
    ["no type", { ...follow, type: null }],
    ["an embedded actor", { ...follow, actor: { id: mastodon, type: "Person" } }],
    ["two actors", { ...follow, actor: [mastodon, mastodon] }],
    ["an id that is a list", { ...follow, id: [follow["id"] ?? null] }],
    ["an id that is no address", { ...follow, id: "urn:uuid:1" }],
    ["an id with a name in it", { ...follow, id: "https://eve@social.example/1" }],
    ["an id with a space", { ...follow, id: "https://social.example/1 2" }],
    ["a long id", { ...follow, id: `https://social.example/${"a".repeat(2_048)}` }],
    ["another word for the actor", { ...follow, "as:actor": "https://evil.example/" }],
    ["no object", sent("Follow", null)],
    ["two objects", sent("Undo", [object, object])],
    ["an object without a name", sent("Accept", { type: "Follow" })],
    ["a move to nowhere", sent("Move", mastodon)],
    ["a note by its name", sent("Create", "https://social.example/notes/1")],
    ["two notes", sent("Create", [note, note])],
    ["something else", sent("Create", { ...note, type: "Article" })],
    ["a person", sent("Create", { id: mastodon, type: "Person" })],
    ["an event of money", sent("Create", { id: object, type: "EconomicEvent" })],
    ["a note of nobody", sent("Create", { ...note, attributedTo: null })],
    ["a note without words", sent("Create", { ...note, content: null })],
    ["a note too long", sent("Create", { ...note, content: "a".repeat(60_001) })],
    ["two hundred and one readers", { ...follow, to: Array.from({ length: 201 }, (_, at) => `https://a.example/${at}`) }],
    ["nothing", {}],
  ] as readonly (readonly [string, JsonObject])[])
    t.equal(parseActivity(odd), undefined, what);
  t.ok(parseActivity({ ...follow, id: `${String(follow["id"])}#follow/7` }), "an id may have a fragment");
  t.end();
});

test("nothing that can be written in JSON breaks the reading", (t) => {
  const types = fc.constantFrom("Follow", "Undo", "Create", "Update", "Move", "Delete");
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom("id", "actor", "object", "to", "cc", "target", "as:object", "@context"), fc.jsonValue()),
      types,
      (words, type) => {
        const activity = parseActivity({ ...words, type });
        return activity === undefined || activity.type === type;
      },
    ),
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => typeof (readStrict(Buffer.from(bytes)) ?? {}) === "object"));
  t.end();
});
