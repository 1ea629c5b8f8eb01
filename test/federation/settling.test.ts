// Two coops that owe each other: claims under signature over a bad network, one that differs, a round that both hold, and the money.
import { sql } from "kysely";
import { test, type Test } from "tap";
import { saveClaim } from "@partcommune/server/federation/store/claims";
import { exposureAt, raiseClaim, sisterAt } from "@partcommune/server/federation/index";
import { balancesUnder, trialBalance } from "@partcommune/server/money/index";
import { state } from "@partcommune/server/federation/actions/statements";
import { acceptClaim, listSettling, raiseClaimAnew, withdrawClaim } from "@partcommune/shared/federation/api/settling";
import { confirmLoss, listBankLines, proposeLoss } from "@partcommune/shared/money/api";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { readFund } from "@partcommune/shared/mutual/api";
import { figuresOf } from "@partcommune/shared/money/rules/split";
import { moneyText } from "@partcommune/shared/platform/money";
import { dayMs, millisecondsOf, type Instant } from "@partcommune/shared/platform/time";
import { acting, approvedAcross } from "../support/across.ts";
import { proving } from "../support/authenticator.ts";
import type { Caller, TestCoop } from "../support/coop.ts";
import { clientOwner, confirmedMember, founder, withRole } from "../support/people.ts";
import { bankBooked, entered } from "../support/treasury.ts";
import { bound, introduced, laFilature, openSister, settled, type Fate } from "../support/sisters.ts";

/** The fates of the next messages; afterwards all arrive. */
const fates = (): { readonly next: () => Fate; readonly meet: (...coming: readonly Fate[]) => void } => {
  const coming: Fate[] = [];
  return { next: () => coming.shift() ?? "arrives", meet: (...more) => void coming.push(...more) };
};

const minute = 60_000;

type Row = { readonly state: string; readonly ours: boolean; readonly due_minor: bigint; readonly theirs_minor: bigint | null };

const claimsOf = (coop: TestCoop): Promise<readonly Row[]> =>
  coop.db
    .selectFrom("federation.claim")
    .select(["state", "ours", "due_minor", "theirs_minor"])
    .orderBy("at")
    .orderBy("due_minor", "desc")
    .execute();

/** The accounts between a coop and its sister, in cents, without the id of the host. */
async function betweenUs(coop: TestCoop): Promise<Readonly<Record<string, number>>> {
  const accounts = await Promise.all(
    ["payable:coop:", "receivable:coop:", "settlement:coop:"].map((prefix) => balancesUnder(coop, prefix)),
  );
  return Object.fromEntries(accounts.flat().map(({ account: { code }, balance }) => [code.split(":")[0] ?? "", Number(balance.minor)]));
}

/** Both coops let time pass, and everything that is due is done and arrives. */
async function later(ms: number, ...coops: readonly TestCoop[]): Promise<void> {
  for (const coop of coops) coop.wait(ms);
  for (const coop of coops) await coop.keepTime();
  await settled(...coops);
}

const twoTreasurers = async (coop: TestCoop, board: Caller) => {
  const [tess, tom] = [await withRole(coop, board, "Tess", "treasurer"), await withRole(coop, board, "Tom", "treasurer")];
  return { coop, tess: proving(coop, tess), tom: proving(coop, tom) };
};

const bankOf = async (coop: TestCoop): Promise<number> => Number((await balancesUnder(coop, "bank:"))[0]?.balance.minor ?? 0n);

const entries = async (coop: TestCoop): Promise<bigint | undefined> =>
  (await sql<{ count: bigint }>`select count(*) from ledger.entry`.execute(coop.db)).rows[0]?.count;

const disputedOf = async (coop: TestCoop): Promise<readonly Row[]> => (await claimsOf(coop)).filter(({ state: at }) => at === "disputed");

/** What somebody was told of disputed claims, the last first. */
const noticesOf = async (caller: Caller): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  (await caller.call(listNotices, {})).body.items.flatMap(({ kind, place, values }) =>
    kind === "claimDisputed" && place === "settlingDesk" ? [values] : [],
  );

const roundsOf = (coop: TestCoop) =>
  coop.db.selectFrom("federation.netting_round").select(["name", "state", "hash", "theirs", "net_minor"]).orderBy("name").execute();

const until = (coop: TestCoop, at: string): number => millisecondsOf(at as Instant) - millisecondsOf(coop.now());

const figures = figuresOf({ price: { minor: 200_000n, currency: "EUR" }, feePpm: 85_000n, hostSharePpm: 200_000n });
const texts = Object.fromEntries(Object.entries(figures).map(([name, money]) => [name, moneyText(money)]));

test("what two coops owe each other, from the claim to the bank", async (t: Test) => {
  const net = fates();
  const weather = { fate: net.next, now: "2026-12-28T09:00:00Z" };
  const [brussels, lille] = [await openSister(t, "brussels", false, weather), await openSister(t, "lille", false, weather)];
  const coops = [brussels, lille] as const;
  const [board, theirBoard] = [await founder(brussels), await founder(lille, laFilature)];
  await bound(brussels, lille);
  await introduced(brussels, lille);
  const [{ client }, { client: theirClient }] = [await clientOwner(brussels, "Carla"), await clientOwner(lille, "Claude")];
  const [{ member }, { member: theirMember }] = [
    await confirmedMember(brussels, board, "Anna"),
    await confirmedMember(lille, theirBoard, "Zoe"),
  ];

  const treasurers = { brussels: await twoTreasurers(brussels, board), lille: await twoTreasurers(lille, theirBoard) };

  await t.test("claims both ways, of which some are lost, some come twice, and all count once", async (part) => {
    net.meet("isLost", "comesTwice", "isLost", "comesTwice");
    await approvedAcross(brussels, lille, { client, member: theirMember, price: "2000.00" });
    await approvedAcross(lille, brussels, { client: theirClient, member, price: "1000.00" });
    await settled(...coops);
    for (let round = 0; round < 4; round += 1) await later(5 * minute, ...coops);
    part.match(await claimsOf(brussels), [
      { state: "accepted", ours: false, due_minor: 196_600n },
      { state: "accepted", ours: true, due_minor: 98_300n },
    ]);
    part.match(await claimsOf(lille), [
      { state: "accepted", ours: true, due_minor: 196_600n },
      { state: "accepted", ours: false, due_minor: 98_300n },
    ]);
    part.same(await betweenUs(brussels), { payable: -196_600, receivable: 98_300 });
    part.same(await betweenUs(lille), { payable: -98_300, receivable: 196_600 }, "each book mirrors the other");
    const statements = await sql<{ count: bigint }>`select count(*) from federation.statement where type like 'settlement-%'`.execute(
      brussels.db,
    );
    part.equal(statements.rows[0]?.count, 4n, "two claims and two answers, each once");
  });

  await t.test("a claim that differs, comes again or has nothing behind it moves nothing in the book", async (part) => {
    const engagement = await approvedAcross(brussels, lille, { client, member: theirMember, price: "2000.00", believes: 200_059n });
    const before = await entries(brussels);
    await later(minute, ...coops);
    const [one, other] = [(await disputedOf(brussels))[0], (await disputedOf(lille))[0]];
    part.match(one, { due_minor: 196_600n, theirs_minor: 196_599n }, "a cent less than the host reckons");
    part.match(other, { due_minor: 196_599n, theirs_minor: 196_600n }, "and the home reads what the host reckons");
    const host = (await sisterAt(lille.db, brussels.origin))?.host ?? "";
    const [{ invoice } = { invoice: null }] = await lille.db
      .selectFrom("federation.claim")
      .select("invoice")
      .where("engagement", "=", engagement)
      .execute();
    const words = (of: string, milestone: string) => ({ host, invoice: invoice ?? "", engagement: of, milestone, ...figures });
    await acting(lille, (scope) => raiseClaim(scope, words(engagement, "m1")));
    await acting(lille, async (scope) => {
      const sister = await sisterAt(scope.tx, brussels.origin);
      const said = { treaty: sister?.iri ?? "", engagement, milestone: "m1", ...texts };
      if (sister) await state(scope, sister, "settlement-claim", said);
      if (sister) await state(scope, sister, "settlement-claim", { ...said, engagement: `${brussels.origin}/engagements/nowhere` });
      if (sister) await state(scope, sister, "settlement-claim", { ...said, milestone: "m2", due: { amount: "1966.00", currency: "SEK" } });
    });
    await later(minute, ...coops);
    part.match(
      await disputedOf(brussels),
      [one, { theirs_minor: null }, { theirs_minor: null }],
      "what was said again has no effect, and what is unknown is looked at",
    );
    part.same(await entries(brussels), before);
    part.same(await betweenUs(brussels), { payable: -393_200, receivable: 98_300 });
    const [sums, alone] = [
      { due: "1966.00 EUR", theirs: "1965.99 EUR" },
      { how: "theirsAlone", coop: "La Filature", theirs: "" },
    ];
    part.match(await noticesOf(treasurers.brussels.tess), [alone, alone, { how: "theirs", coop: "La Filature", ...sums }]);
    part.match(await noticesOf(treasurers.lille.tom), [{ how: "ours", coop: "Atelier Commun", due: sums.theirs, theirs: sums.due }]);
    part.same(await noticesOf(board), [], "it is the treasurers' matter");
  });

  const disputes = async (coop: TestCoop, caller: Caller) => {
    const [card] = (await caller.call(listSettling, {})).body.items;
    const open = card?.claims.filter(({ state: at }) => at === "disputed" || at === "withdrawn") ?? [];
    return open.map(({ id, milestone, acts, theirs }) => ({ id, milestone, acts, theirs: theirs?.amount, at: coop.origin }));
  };

  await t.test(
    "a claim for work that nobody here knows of is withdrawn, or taken upon oneself, and only then moves the book",
    async (part) => {
      await approvedAcross(brussels, lille, { client, member: theirMember, price: "10.00", isUnknown: true });
      await later(minute, ...coops);
      const [mine] = (await disputes(lille, treasurers.lille.tess)).filter(({ theirs }) => theirs === undefined);
      part.same(mine?.acts, ["withdraw"], "no other sum is known");
      const claim = mine?.id ?? "";
      part.equal((await theirBoard.call(withdrawClaim, { claim, reason: "Not ours." })).problem, "role-needed");
      part.equal((await treasurers.lille.tess.call(raiseClaimAnew, { claim, reason: "Again." })).problem, "claim-sum-unknown");
      part.equal((await treasurers.lille.tess.call(acceptClaim, { claim, reason: "Why not." })).problem, "not-in-this-state");
      const before = [await entries(brussels), await betweenUs(brussels)];
      part.equal((await treasurers.lille.tess.call(withdrawClaim, { claim, reason: "Done for another coop." })).status, 200);
      await later(minute, ...coops);
      part.equal((await claimsOf(brussels)).filter(({ state: at }) => at === "withdrawn").length, 1);
      part.same([await entries(brussels), await betweenUs(brussels)], before, "it never was in the book of the other");
      part.equal((await treasurers.lille.tess.call(withdrawClaim, { claim, reason: "Twice." })).problem, "not-in-this-state");
    },
  );

  await t.test("the round of December: posted by both only when both hold the other's equal hash", async (part) => {
    await later(until(brussels, "2027-01-04T23:59:00.000Z"), ...coops);
    part.same(await roundsOf(brussels), [], "not before its day");
    net.meet("comesTwice", "isLost", "isLost", "comesTwice", "isLost");
    await later(minute, ...coops);
    for (const coop of coops) part.notOk((await roundsOf(coop)).some(({ state: at, theirs }) => at === "posted" && theirs === null));
    for (let hour = 0; hour < 3; hour += 1) await later(10 * minute, ...coops);
    const [[ours], [theirs]] = [await roundsOf(brussels), await roundsOf(lille)];
    part.match(ours, { name: "2026-12/EUR", state: "posted", net_minor: -98_300n });
    part.match(theirs, { name: "2026-12/EUR", state: "posted", net_minor: 98_300n });
    part.equal(ours?.hash, theirs?.hash);
    part.same([ours?.hash, theirs?.hash], [ours?.theirs, theirs?.theirs], "each holds the other's");
    part.same(await betweenUs(brussels), { payable: -196_600, receivable: 0, settlement: -98_300 });
    part.same(await betweenUs(lille), { payable: 0, receivable: 196_599, settlement: 98_300 }, "what is disputed stays open on both sides");
    for (const coop of coops) {
      part.same(
        (await trialBalance(coop)).map(({ difference }) => difference),
        [0n],
      );
      part.comment(JSON.stringify(await betweenUs(coop)));
    }
    const host = (await sisterAt(brussels.db, lille.origin))?.host ?? "";
    part.equal((await exposureAt(brussels, host)).minor, 196_600n + 196_600n, "netted is not paid yet, and the disputed claim counts");
  });

  await t.test("unpaid in its time, the treaty rests; then two treasurers on each side book what their bank says", async (part) => {
    await later(11 * dayMs, ...coops);
    for (const coop of coops) {
      const treaty = await coop.db.selectFrom("federation.treaty").select(["state", "reason"]).executeTakeFirstOrThrow();
      part.match(treaty, { state: "paused", reason: /983\.00 EUR.*2026-12.*2027-01-15/ });
    }
    part.match((await treasurers.brussels.tess.call(listSettling, {})).body.items, [
      {
        name: "La Filature",
        isOpen: false,
        payable: { amount: "1966.00" },
        settlement: { amount: "-983.00" },
        ours: { amount: { amount: "3932.00" }, limit: { amount: "20000.00" }, level: "calm" },
        rounds: [{ name: "2026-12/EUR", state: "posted", open: { amount: "-983.00" }, dueOn: "2027-01-15" }],
      },
    ]);
    part.equal((await theirBoard.call(listSettling, {})).status, 200);
    part.equal((await lille.someone().call(listSettling, {})).status, 401);
    const sister = async (coop: TestCoop, other: TestCoop): Promise<string> => (await sisterAt(coop.db, other.origin))?.host ?? "";
    const toLille = { kind: "settlementPaid", sister: await sister(brussels, lille) } as const;
    const fromBrussels = { kind: "settlementReceived", sister: await sister(lille, brussels) } as const;
    part.equal((await entered(treasurers.brussels, toLille, "983.01")).problem, "more-than-open");
    part.equal((await entered(treasurers.brussels, { ...toLille, kind: "settlementReceived" }, "1.00")).problem, "more-than-open");
    part.equal((await bankBooked(treasurers.brussels, toLille, "500.00")).status, 200);
    part.equal((await bankBooked(treasurers.brussels, toLille, "483.00")).status, 200);
    part.equal((await bankBooked(treasurers.lille, fromBrussels, "983.00")).status, 200);
    await settled(...coops);
    const lines = (await treasurers.lille.tom.call(listBankLines, {})).body.items;
    part.match(lines, [{ kind: "settlementReceived", about: "Atelier Commun", amount: { amount: "983.00" } }]);
    for (const coop of coops) {
      part.match(await roundsOf(coop), [{ state: "settled" }]);
      part.match((await claimsOf(coop)).filter(({ state: at }) => at === "settled").length, 2);
      part.equal((await betweenUs(coop))["settlement"], 0);
    }
    part.same(await bankOf(brussels), -98_300);
    part.same(await bankOf(lille), 98_300);
    part.match(
      (await brussels.someone().call(readFund, {})).body.coverage.owedToSisters,
      { amount: "1966.00" },
      "anybody reads what is owed to sisters",
    );
  });

  await t.test("what differs by a cent is raised anew or accepted after all, and both books say the same", async (part) => {
    const { tess } = treasurers.lille;
    const [own] = (await disputes(lille, tess)).filter(({ milestone, theirs }) => milestone === "m1" && theirs === "1966.00");
    part.same(own?.acts, ["raise", "withdraw"]);
    const [there] = (await disputes(brussels, treasurers.brussels.tess)).filter(({ theirs }) => theirs === "1965.99");
    part.same(there?.acts, ["accept"]);
    part.equal((await tess.call(raiseClaimAnew, { claim: own?.id ?? "", reason: "Rounded once, as you do." })).status, 200);
    await later(minute, ...coops);
    part.match(
      [(await betweenUs(brussels))["payable"], (await betweenUs(lille))["receivable"]],
      [-196_600, 196_600],
      "the mirror is whole",
    );
    const last = async (coop: TestCoop) =>
      coop.db
        .selectFrom("federation.claim")
        .select(["state", "reason"])
        .where("due_minor", "=", 196_600n)
        .where("state", "=", "accepted")
        .execute();
    part.match(await last(lille), [{ state: "accepted" }]);
    part.match(await last(brussels), [{ state: "accepted" }]);
    const engagement = await approvedAcross(brussels, lille, { client, member: theirMember, price: "2000.00", believes: 200_059n });
    await later(minute, ...coops);
    const [second] = (await disputes(brussels, treasurers.brussels.tess)).filter(({ theirs }) => theirs === "1965.99");
    const [same] = (await disputes(lille, tess)).filter(({ theirs }) => theirs === "1966.00");
    net.meet("isLost", "isLost");
    const both = [
      await treasurers.brussels.tess.call(acceptClaim, { claim: second?.id ?? "", reason: "A cent is a cent." }),
      await tess.call(withdrawClaim, { claim: same?.id ?? "", reason: "Let it be." }),
    ];
    part.same(
      both.map(({ status }) => status),
      [200, 200],
      "at the same time",
    );
    for (let round = 0; round < 3; round += 1) await later(5 * minute, ...coops);
    part.match(
      await lille.db.selectFrom("federation.claim").select(["state", "due_minor"]).where("engagement", "=", engagement).execute(),
      [{ state: "accepted", due_minor: 196_599n }],
    );
    part.match(
      [(await betweenUs(brussels))["payable"], (await betweenUs(lille))["receivable"]],
      [-393_199, 393_199],
      "what was accepted stands on both sides",
    );
  });

  await t.test(
    "what a client never pays is disputed where the two read their treaty differently, and no book moves but the one that lost it",
    async (part) => {
      const [host, home] = [treasurers.brussels, treasurers.lille];
      const lost = async (): Promise<string> => {
        await approvedAcross(brussels, lille, { client, member: theirMember, price: "2000.00", creditRisk: "shared", risk: "host" });
        const { invoice } = await brussels.db
          .selectFrom("money.document")
          .select("id as invoice")
          .where("kind", "=", "invoice")
          .orderBy("issued_at", "desc")
          .limit(1)
          .executeTakeFirstOrThrow();
        const { id: loss } = (await host.tess.call(proposeLoss, { invoice, because: "insolvent" })).body;
        part.equal((await host.tom.call(confirmLoss, { loss })).status, 200);
        return invoice;
      };
      const between = async () => [(await betweenUs(brussels))["payable"], (await betweenUs(lille))["receivable"]];
      const open = async ({ tess }: typeof host, ...kinds: readonly string[]) =>
        ((await tess.call(listSettling, {})).body.items[0]?.claims ?? []).filter(
          ({ about, state: at }) => kinds.includes(about) && at === "disputed",
        );
      const mended = async (which: typeof host, about: "loss" | "recovery"): Promise<void> => {
        const [one] = await open(which, about);
        const act = which === home ? acceptClaim : withdrawClaim;
        part.equal((await which.tess.call(act, { claim: one?.id ?? "", reason: "So it stands in the text." })).status, 200);
        await arrives();
      };
      const arrives = async (): Promise<void> => {
        for (let round = 0; round < 3; round += 1) await later(5 * minute, ...coops);
      };

      const first = await lost();
      net.meet("isLost", "comesTwice", "isLost");
      await arrives();
      part.same(await between(), [-393_199 - 196_600 + 160_000, 393_199 + 196_600]);
      part.match(await open(host, "loss"), [{ ourWord: true, acts: ["withdraw"], due: { amount: "-1600.00" } }]);
      part.match(await open(home, "loss"), [{ ourWord: false, acts: ["accept"], due: { amount: "-1600.00" } }]);
      part.equal((await bankBooked(host, { kind: "clientPaid", invoice: first }, "605.00")).status, 200);
      await later(minute, ...coops);
      const [came] = await open(home, "recovery");
      part.match(came, { due: { amount: "400.00" }, acts: ["accept"] });
      part.equal((await home.tess.call(acceptClaim, { claim: came?.id ?? "", reason: "Too early." })).problem, "not-in-this-state");
      await mended(home, "loss");
      await mended(home, "recovery");
      part.same(await between(), [-393_199 - 196_600 + 120_000, 393_199 + 196_600 - 120_000], "accepted, it is in both books");

      const news = (await home.tom.call(listNotices, {})).body.items.flatMap(({ kind, values }) => (kind === "lossShared" ? [values] : []));
      const of = { coop: "Atelier Commun" };
      part.match(news, [
        { ...of, how: "cameBack", sum: "400.00 EUR" },
        { ...of, how: "lost", sum: "1600.00 EUR" },
      ]);

      const second = await lost();
      await arrives();
      await mended(host, "loss");
      part.equal((await bankBooked(host, { kind: "clientPaid", invoice: second }, "605.00")).status, 200);
      await arrives();
      part.same(await open(home, "loss", "recovery"), []);
      part.same(
        await between(),
        [-393_199 - 196_600 * 2 + 120_000, 393_199 + 196_600 * 2 - 120_000],
        "withdrawn, the host bears it alone, and what comes in is its own",
      );
      const kinds = await sql<{ kind: string }>`select kind from ledger.entry order by entry_id desc limit 4`.execute(brussels.db);
      part.same(
        kinds.rows.map(({ kind }) => kind),
        ["loss.host", "guarantee.recovered", "loss.host", "loss.host"],
      );
    },
  );

  await t.test("what comes to nothing in both directions is set off all the same: both hold the round, and nothing moves", async (part) => {
    const nextMonth = async (): Promise<void> => {
      const month = brussels.now().slice(0, 7);
      while (brussels.now().slice(0, 7) === month) await later(6 * dayMs, ...coops);
      await later(6 * dayMs, ...coops);
      for (let round = 0; round < 3; round += 1) await later(10 * minute, ...coops);
    };
    await nextMonth();
    const before = [await betweenUs(brussels), await betweenUs(lille)];
    const none = { minor: 0n, currency: "EUR" };
    const fees = { fee: none, hostFund: none, homeFund: none };
    // A loss, and what came back of it.
    for (const [turn, minor] of [
      [1, -160_000n],
      [2, 160_000n],
    ] as const) {
      const money = { minor, currency: "EUR" };
      const claimed = { engagement: "nothing", milestone: "m1", turn, ...fees, gross: money, member: money, due: money };
      const words = {
        claimed,
        state: "accepted",
        statement: `${lille.origin}/statements/nothing-${turn}`,
        sha256: "0".repeat(64),
      } as const;
      for (const [coop, other, ours] of [
        [lille, brussels, true],
        [brussels, lille, false],
      ] as const)
        await acting(coop, async (scope) => {
          const host = (await sisterAt(scope.tx, other.origin))?.host ?? "";
          await saveClaim(scope, { ...words, host, ours, acceptedAt: scope.now });
        });
    }
    await nextMonth();
    for (const coop of coops) {
      const last = (await roundsOf(coop)).at(-1);
      part.match(last, { state: "settled", net_minor: 0n });
      part.equal(last?.hash, last?.theirs);
      const claims = await coop.db.selectFrom("federation.claim").select("state").where("engagement", "=", "nothing").execute();
      part.same(claims, [{ state: "settled" }, { state: "settled" }]);
      part.equal(
        (await coop.db.selectFrom("federation.inbox_event").select("id").where("state", "in", ["new", "stuck"]).execute()).length,
        0,
      );
    }
    part.same([await betweenUs(brussels), await betweenUs(lille)], before);
  });
});
