// What people of one coop do about a treaty: members vote it, officers go as far as members let them, and everybody reads where it stands.
import { randomBytes } from "node:crypto";
import { test, type Test } from "tap";
import { hashOfTerms } from "@partcommune/server/federation/actions/terms";
import { newId } from "@partcommune/server/platform/world";
import { listSisters, readSister } from "@partcommune/shared/federation/api/sisters";
import {
  pauseTreaty,
  proposeTreaty,
  redraftTreaty,
  refuseTreaty,
  resumeTreaty,
  wishTreaty,
  withdrawTreaty,
} from "@partcommune/shared/federation/api/treaties";
import { objectionToAskingMembers, treatyStates, warningDue } from "@partcommune/shared/federation/rules/treaty";
import { draftProposal, publishProposal, readProposal, reviseProposal, sponsorProposal } from "@partcommune/shared/governance/api";
import type { Mandate, Terms } from "@partcommune/shared/governance/rules/terms";
import { objectionToMandate, objectionToRedraft, objectionToTerms } from "@partcommune/shared/governance/rules/treaty-terms";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { dayMs, millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import type { Caller, TestCoop } from "../support/coop.ts";
import { days, founded, voted, type Members } from "../support/members.ts";
import { told } from "../support/told.ts";

const at = (text: string): Instant => `${text}T00:00:00.000Z` as Instant;

const terms: Terms = {
  hostSharePpm: 200_000,
  currencies: ["EUR"],
  exposure: [{ amount: "20000", currency: "EUR" }],
  creditRisk: "host",
  nettingDay: 5,
  settleWithinDays: 10,
  countries: ["BE", "FR"],
  startsAt: at("2026-06-01"),
  expiresAt: at("2028-06-01"),
};
const mandate: Mandate = {
  hostSharePpm: [150_000, 250_000],
  exposure: [{ amount: "20000", currency: "EUR" }],
  settleWithinDays: [5, 30],
  expiresBy: at("2028-06-01"),
};
const bounds = { currency: "EUR", exposure: "20000", termMonths: 24, now: at("2026-02-02") };

test("what is asked of terms, of a mandate and of a redraft, refusal by refusal", (t) => {
  const asked = (change: Partial<Terms>) => objectionToTerms({ ...terms, ...change }, bounds)?.type;
  t.equal(asked({}), undefined);
  t.equal(asked({ currencies: ["EUR", "SEK"] }), "treaty-currency");
  t.equal(asked({ exposure: [] }), "treaty-limits");
  t.equal(asked({ exposure: [{ amount: "20000.01", currency: "EUR" }] }), "treaty-exposure");
  t.equal(asked({ expiresAt: at("2026-06-01") }), "treaty-over");
  t.equal(asked({ startsAt: at("2025-01-01"), expiresAt: at("2026-02-02") }), "treaty-over", "it is over already");
  t.equal(asked({ expiresAt: at("2028-06-02") }), "treaty-too-long", "24 months to the day");
  const given = (change: Partial<Mandate>) => objectionToMandate({ ...mandate, ...change }, terms, bounds)?.type;
  t.equal(given({}), undefined);
  t.equal(given({ hostSharePpm: [210_000, 250_000] }), "treaty-mandate", "what is proposed lies outside of it");
  t.equal(given({ exposure: [{ amount: "20001", currency: "EUR" }] }), "treaty-mandate");
  t.equal(given({ expiresBy: at("2028-06-02") }), "treaty-mandate");
  const redrafted = (change: Partial<Terms>) => objectionToRedraft({ ...terms, ...change }, terms, mandate)?.type;
  t.equal(redrafted({ hostSharePpm: 250_000, settleWithinDays: 30, exposure: [{ amount: "1", currency: "EUR" }] }), undefined);
  const outside: Partial<Terms>[] = [
    { hostSharePpm: 250_001 },
    { settleWithinDays: 4 },
    { exposure: [{ amount: "20000.01", currency: "EUR" }] },
    { exposure: [{ amount: "1", currency: "SEK" }] },
    { expiresAt: at("2028-06-02") },
    { creditRisk: "shared" },
    { nettingDay: 6 },
    { countries: ["BE"] },
    { startsAt: at("2026-06-02") },
  ];
  for (const change of outside) t.equal(redrafted(change), "treaty-outside-mandate", JSON.stringify(change));
  t.end();
});

test("what can be put to the members, state by state", (t) => {
  const asks = (act: "make" | "end", state: (typeof treatyStates)[number], hasTerms: boolean, hash?: string) =>
    objectionToAskingMembers({ act, hasTerms, hash }, { state, hash: "now" })?.type;
  for (const state of treatyStates) {
    const live = state === "active" || state === "paused";
    t.equal(asks("end", state, false), live ? undefined : "treaty-not-in-force", state);
  }
  t.equal(asks("make", "offered", true), undefined, "other terms than those that were voted");
  t.equal(asks("make", "offered", false), "treaty-terms-needed");
  t.equal(asks("make", "received", false, "now"), undefined);
  t.equal(asks("make", "received", false, "before"), "treaty-changed");
  t.equal(asks("make", "received", true, "now"), "treaty-terms-theirs");
  for (const state of ["accepted", "active", "paused"] as const) t.equal(asks("make", state, true), "treaty-stands", state);
  t.end();
});

test("when the board is told that a treaty ends", (t) => {
  const due = (now: string, warned: number | null) => warningDue(at(now), at("2026-06-01"), warned);
  t.equal(due("2026-03-02", null), undefined, "91 days before");
  t.equal(due("2026-03-03", null), 90);
  t.equal(due("2026-04-01", 90), undefined, "once");
  t.equal(due("2026-05-02", 90), 30);
  t.equal(due("2026-05-02", null), 30, "a coop whose clock stood still hears of it once");
  t.equal(due("2026-05-03", 30), undefined);
  t.end();
});

/** A coop that we know of, with a treaty in this state as if the other coop had told us. */
async function knows(coop: TestCoop, name: string, state?: "received" | "active", agreed = terms): Promise<string> {
  const [id, now] = [(): string => newId({ random: randomBytes }, coop.now()), coop.now()];
  const origin = `https://${name}.example`;
  const board = `${origin}/jobs`;
  const found = { name, actor: `${origin}/actor`, board, jobs: `${board}/open`, currencies: ["EUR"], state: "followed", at: now };
  const host = id();
  await coop.db
    .insertInto("federation.host")
    .values({ id: host, origin, ...found })
    .execute();
  if (state === undefined) return host;
  const row = {
    id: id(),
    host,
    state,
    ours: state === "active",
    draft: 1,
    terms: JSON.stringify(agreed),
    hash: hashOfTerms(agreed),
    at: now,
  };
  const given = state === "active" ? { iri: `${coop.origin}/treaties/${row.id}` } : {};
  await coop.db
    .insertInto("federation.treaty")
    .values({ ...row, ...given, offer: `${origin}/acts/1` })
    .execute();
  const { draft, hash } = row;
  await coop.db
    .insertInto("federation.treaty_draft")
    .values({ treaty: row.id, draft, hash, ours: row.ours, terms: row.terms, at: now })
    .execute();
  return host;
}

const words = { title: "A treaty with our neighbours", text: "They do good work.", language: "en" } as const;
const hash = hashOfTerms(terms).toString("hex");
const reason = "They asked for it.";

/** It is proposed, published, and everybody puts their name to it. */
async function carriedOn({ people }: Members, author: Caller, asked: Parameters<typeof ask>[1]): Promise<string> {
  const { id: proposal } = await ask(author, asked);
  await told(author, publishProposal, { proposal });
  for (const { caller } of people)
    if ((await told(caller, readProposal, { proposal })).state === "idea") await told(caller, sponsorProposal, { proposal });
  return proposal;
}

const ask = (caller: Caller, asked: Omit<Parameters<typeof told<typeof proposeTreaty>>[2], keyof typeof words>) =>
  told(caller, proposeTreaty, { ...words, ...asked });

/** The texts that were said no to, by the name of the refusal. */
async function turnedAway(
  t: Test,
  { coop, board, tess }: Members,
  { fresh, theirs, sister }: Record<"fresh" | "theirs" | "sister", string>,
) {
  const problem = async (asked: Partial<Parameters<typeof told<typeof proposeTreaty>>[2]> & { readonly host: string }) =>
    (await tess.call(proposeTreaty, { ...words, act: "make", ...asked })).problem;
  t.equal(await problem({ host: fresh }), "treaty-terms-needed");
  t.equal(await problem({ host: fresh, act: "end" }), "treaty-not-in-force");
  t.equal(await problem({ host: fresh, terms: { ...terms, currencies: ["SEK"] }, mandate }), "treaty-currency");
  t.equal(await problem({ host: fresh, terms, mandate: { ...mandate, settleWithinDays: [1, 2] } }), "treaty-mandate");
  t.equal(await problem({ host: theirs, hash: "0".repeat(64) }), "treaty-changed");
  t.equal(await problem({ host: sister, terms, mandate }), "treaty-stands");
  const payload = { kind: "treaty", act: "end", host: sister, origin: "https://evil.example", name: "sister" } as const;
  t.equal((await tess.call(draftProposal, { ...words, payload })).problem, "treaty-at-its-page", "nobody types whom it is with");
  t.equal((await board.call(redraftTreaty, { host: fresh, terms })).problem, "treaty-none");
  t.equal((await board.call(redraftTreaty, { host: theirs, terms })).problem, "not-in-this-state", "those are theirs");
  t.equal((await board.call(withdrawTreaty, { host: theirs, reason })).problem, "not-in-this-state");
  t.equal((await coop.someone().call(refuseTreaty, { host: theirs, reason })).status, 401);
}

test("members make one treaty, say yes to another and end a third; officers move within what was voted", async (t) => {
  const stage = await founded(t, ["Fanny Founder", "Tess", "Tom", "Anna"]);
  const { coop, board, tess } = stage;
  const [fresh, theirs, sister] = [
    await knows(coop, "fresh"),
    await knows(coop, "theirs", "received"),
    await knows(coop, "sister", "active"),
  ];
  const ending = await knows(coop, "ending", "active", { ...terms, startsAt: at("2025-04-15"), expiresAt: at("2026-04-15") });
  const anybody = coop.someone();
  const read = (host: string) => told(anybody, readSister, { host });
  const modes = async () => Object.fromEntries((await told(anybody, listSisters, {})).items.map(({ name, mode }) => [name, mode]));
  t.same(await modes(), { fresh: "neighbour", theirs: "applicant", sister: "sister", ending: "sister" });
  await turnedAway(t, stage, { fresh, theirs, sister });

  t.match(await told(board, readSister, { host: theirs }), { acts: ["wish", "refuse"], asks: ["make"] });
  t.match(await told(board, readSister, { host: sister }), { acts: ["pause"], asks: ["end"] });
  t.match(await read(theirs), { acts: [], asks: [], treaty: { state: "received", ours: false, hash, terms } });
  t.match((await read(fresh)).begin, {
    terms: { hostSharePpm: 200_000, currencies: ["EUR"], exposure: [{ amount: "20000" }], nettingDay: 5, countries: ["BE"] },
  });
  const wished = await told(board, wishTreaty, { host: theirs, terms: { ...terms, hostSharePpm: 150_000 } });
  t.same(wished, { draft: 2 });
  t.match(
    (await read(theirs)).treaty,
    {
      draft: 1,
      drafts: [
        { draft: 1, ours: false },
        { draft: 2, ours: true },
      ],
    },
    "a wish changes no terms",
  );

  const made = await carriedOn(stage, board, { act: "make", host: fresh, terms, mandate });
  const joined = await carriedOn(stage, tess, { act: "make", host: theirs, hash });
  const ended = await carriedOn(stage, stage.tom, { act: "end", host: sister });
  const { payload, version, class: class_ } = await told(anybody, readProposal, { proposal: made });
  t.match(payload, { kind: "treaty", name: "fresh", origin: "https://fresh.example", terms, mandate });
  t.equal(class_, "important", "as the bylaw says");
  const other = { ...payload, terms: { ...terms, nettingDay: 6 } } as never;
  const revised = { ...words, proposal: made, version, inAssembly: false };
  t.equal((await stage.board.call(reviseProposal, { ...revised, payload: other })).problem, "treaty-stays");
  t.equal((await board.call(reviseProposal, { ...revised, payload, text: "Better work." })).status, 200);
  t.equal((await board.call(refuseTreaty, { host: theirs, reason })).problem, "treaty-with-members");

  t.equal((await board.call(resumeTreaty, { host: sister, reason })).problem, "not-in-this-state");
  await told(board, pauseTreaty, { host: sister, reason: "They owe us two rounds." });
  t.match(
    (await told(anybody, listSisters, {})).items.find(({ name }) => name === "sister"),
    { mode: "resting", reason: "They owe us two rounds." },
  );
  await told(board, resumeTreaty, { host: sister, reason: "They paid." });
  t.match((await read(sister)).treaty, { state: "active", reason: "They paid." });

  await voted(stage, [made, joined, ended]);
  t.match((await read(fresh)).treaty, { state: "offered", ours: true, draft: 1, hash, mandate });
  t.match((await read(theirs)).treaty, { state: "accepted", hash, iri: `${coop.origin}/treaties/` });
  t.match(await read(sister), { mode: "over", treaty: { state: "ended" }, proposals: [{ id: ended, state: "enacted" }] });
  t.equal((await tess.call(proposeTreaty, { ...words, act: "make", host: theirs, terms, mandate })).problem, "treaty-stands");

  const wide = { ...terms, hostSharePpm: 250_001 };
  t.equal((await board.call(redraftTreaty, { host: fresh, terms: wide })).problem, "treaty-outside-mandate");
  t.same(await told(board, redraftTreaty, { host: fresh, terms: { ...terms, hostSharePpm: 250_000 } }), { draft: 2 });
  t.match((await read(fresh)).treaty, { state: "offered", draft: 2, terms: { hostSharePpm: 250_000 } });
  t.equal(
    (await board.call(redraftTreaty, { host: fresh, terms: wide })).problem,
    "treaty-outside-mandate",
    "from what was voted, not step by step",
  );
  await told(board, withdrawTreaty, { host: fresh, reason: "The members changed their mind." });
  t.match(await read(fresh), { mode: "over", reason: "The members changed their mind.", treaty: { state: "withdrawn" } });
  t.match(await told(tess, readSister, { host: fresh }), { asks: ["make"] }, "and it can be offered anew");
  t.match(await read(ending), { mode: "sister" });
  const warnings = (await told(board, listNotices, {})).items.filter(({ kind }) => kind === "treatyEnds");
  t.match(warnings, [
    { subject: ending, values: { coop: "ending", days: 30 } },
    { subject: ending, values: { days: 90 } },
  ]);
  await days(coop, Math.ceil((millisecondsOf(at("2026-04-15")) - millisecondsOf(coop.now())) / dayMs));
  t.match(await read(ending), { mode: "over", treaty: { state: "ended" } }, "and the clock ended it");
});
