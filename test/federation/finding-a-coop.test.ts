// How others find a coop and its board, and the contexts that are kept so that nobody has to be asked for one.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "tap";
import { bundled, bundledContext, fileOf } from "@partcommune/federation/contexts";
import { actorDocument, nodeinfoAnswer, nodeinfoLinks, webfingerAnswer, type Described } from "@partcommune/federation/discovery";
import { actorCtx, AS, ctx } from "@partcommune/federation/vocabulary";
import type { Json } from "@partcommune/shared/platform/json";

const origin = "https://atelier.example";
const coop: Described = {
  kind: "coop",
  origin,
  name: "Atelier Commun",
  rsa: { id: `${origin}/actor#rsa-2`, public: "-----BEGIN PUBLIC KEY-----\n" },
  proving: [
    { id: `${origin}/actor#ed-2`, public: "z6Mka" },
    { id: `${origin}/actor#ed-1`, public: "z6Mkb", expires: "2026-11-01T00:00:00Z" },
  ],
  currencies: ["EUR"],
};

test("a coop says who it is, and which keys are its own", (t) => {
  t.strictSame(actorDocument(coop), {
    "@context": actorCtx,
    id: `${origin}/actor`,
    type: "Application",
    preferredUsername: "atelier.example",
    name: "Atelier Commun",
    url: `${origin}/`,
    inbox: `${origin}/actor/inbox`,
    outbox: `${origin}/actor/outbox`,
    followers: `${origin}/actor/followers`,
    following: `${origin}/actor/following`,
    endpoints: { sharedInbox: `${origin}/inbox` },
    manuallyApprovesFollowers: true,
    discoverable: true,
    webfinger: "atelier.example@atelier.example",
    publicKey: { id: `${origin}/actor#rsa-2`, owner: `${origin}/actor`, publicKeyPem: "-----BEGIN PUBLIC KEY-----\n" },
    assertionMethod: [
      { id: `${origin}/actor#ed-2`, type: "Multikey", controller: `${origin}/actor`, publicKeyMultibase: "z6Mka" },
      {
        id: `${origin}/actor#ed-1`,
        type: "Multikey",
        controller: `${origin}/actor`,
        publicKeyMultibase: "z6Mkb",
        expires: "2026-11-01T00:00:00Z",
      },
    ],
    "pc:board": { id: `${origin}/jobs` },
    "pc:currencies": ["EUR"],
  });
  const board = actorDocument({ ...coop, kind: "board", name: "Jobs at Atelier Commun", summary: "<p>Jobs</p>" });
  t.match(board, {
    id: `${origin}/jobs`,
    type: "Group",
    preferredUsername: "jobs",
    inbox: `${origin}/jobs/inbox`,
    manuallyApprovesFollowers: false,
    attributedTo: `${origin}/actor`,
    webfinger: "jobs@atelier.example",
    summary: "<p>Jobs</p>",
  });
  t.notOk("endpoints" in board, "its inbox is for everybody, the shared one is not");
  t.end();
});

test("a handle and an address find the same actor, and nobody else is found", (t) => {
  const found = (resource: string, at = origin): Json | undefined => {
    const answer = webfingerAnswer(resource, at);
    return answer && [answer["subject"] ?? null, answer["aliases"] ?? null];
  };
  const [actor, board] = [
    ["acct:atelier.example@atelier.example", [`${origin}/actor`]],
    ["acct:jobs@atelier.example", [`${origin}/jobs`]],
  ];
  t.strictSame(found("acct:atelier.example@atelier.example"), actor);
  t.strictSame(found("acct:Atelier.example@ATELIER.example"), actor);
  t.strictSame(found(`${origin}/actor`), actor);
  t.strictSame(found("acct:jobs@atelier.example"), board);
  t.strictSame(found(`${origin}/jobs`), board);
  t.strictSame(found("acct:jobs@lille.localhost:4102", "http://lille.localhost:4102"), [
    "acct:jobs@lille.localhost:4102",
    ["http://lille.localhost:4102/jobs"],
  ]);
  for (const odd of [
    "",
    "acct:",
    "acct:anna@atelier.example",
    "acct:jobs@filature.example",
    "jobs@atelier.example",
    "acct:jobs@atelier.example:25/..",
    `${origin}/actor#rsa-2`,
    `${origin}/jobs/`,
    "https://filature.example/actor",
  ])
    t.equal(found(odd), undefined, odd);
  t.match(webfingerAnswer(`${origin}/actor`, origin)?.["links"], [
    { rel: "self", type: "application/activity+json", href: `${origin}/actor` },
  ]);
  t.end();
});

test("a server says what runs on it, and counts nobody it was not told of", (t) => {
  t.match(nodeinfoLinks(origin), { links: [{ rel: "http://nodeinfo.diaspora.software/ns/schema/2.1", href: `${origin}/nodeinfo/2.1` }] });
  const said = { version: "0.1.0", name: "Atelier Commun", openRegistrations: false };
  t.match(nodeinfoAnswer({ ...said, members: 31 }), {
    version: "2.1",
    software: { name: "partcommune" },
    protocols: ["activitypub"],
    usage: { users: { total: 31 } },
  });
  t.strictSame(nodeinfoAnswer(said)["usage"], { users: {} });
  t.end();
});

/** The contexts as they were taken over. Those of multikey and data-integrity are the hashes that the W3C publishes. */
const hashes: Readonly<Record<string, string>> = {
  activitystreams: "a27b78b82f4980963127140d0cb74f0e8f21c0e2b8efd0368232bf9823edff5a",
  "cid-v1": "61dc4b1cf0b1a3bb24c32d0b46ceca5a13649ff858296300d64f9cd3c9fe2873",
  "did-v1": "62c1054bf404d6dd3a4b26b64f830fd72095f6a26edc4469908c94351352ce5f",
  "fep-5711": "64ecd50eb7f7fa8c9665ebc3577decb8ce83be24767cb3769c1a3e1acd3da597",
  "fep-ef61": "08850604f4f7cf93f95bfefe99fe28e793de77b96bbb882c1c9c7a24aaad69fd",
  gotosocial: "dc20cccee7cd25dff137df7d05982376df2a7ad747a0798501d40c99a6558dd9",
  "identity-v1": "2fb220687d1c092a957b53f7bb33743df609afda72961924a7efd16ca55e1a96",
  "join-lemmy": "e8794cb1007f1c72c5d321c0bd0ded5ae886b8e4316a2cfb6c1ac00aa4a4d6c2",
  joinmastodon: "18af76336be31776acf3978cc60a245ea7479b338f7cb9e778889f716c546f9e",
  miscellany: "c84cb0b4bf559e635d5a6e01ba270bf89a69a5285338bc98b69642db6c9edeac",
  "security-data-integrity-v1": "b5d829bd09aa7c42abc6efa0c8ed7635313b5487f37ccfce3ecd149ca9418554",
  "security-data-integrity-v2": "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
  "security-multikey-v1": "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597",
  "security-v1": "e2d146cd556f6fa5f14996c6f1749667d5a14073fa30f0643990068e2c0b1bac",
  webfinger: "f6a87d126b583f4305b1661a6e488cb56c17940673a4c608d2b07a8a67409b9f",
};

test("every context that is kept is the one that was taken over", (t) => {
  t.same(Object.keys(hashes).toSorted(), Object.values(bundled).toSorted());
  for (const [name, hash] of Object.entries(hashes))
    t.equal(
      createHash("sha256")
        .update(readFileSync(fileOf(name)))
        .digest("hex"),
      hash,
      name,
    );
  for (const url of Object.keys(bundled)) t.ok("@context" in (bundledContext(url) ?? {}), url);
  for (const url of ["https://evil.example/context", "https://www.w3.org/ns/activitystreams/", "__proto__", "constructor", ""])
    t.equal(bundledContext(url), undefined, url);
  t.end();
});

test("every context that our own documents name is kept", (t) => {
  const named = [ctx, actorCtx].flatMap((context) => (Array.isArray(context) ? context : [])).filter((each) => typeof each === "string");
  t.ok(named.includes(AS) && named.length > 4);
  for (const url of named) t.ok(bundledContext(url), url);
  t.end();
});
