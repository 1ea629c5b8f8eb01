// What coops owe each other across a border: figures, legs that mirror each other, claims, and rounds that come to nothing in sum.
import fc from "fast-check";
import { test } from "tap";
import {
  actsOnClaim,
  addsUp,
  claimStates,
  claimTable,
  claimVerbs,
  comesNear,
  fallsOn,
  isAsExpected,
} from "@partcommune/shared/federation/rules/claim";
import { hashOfRound, inBoth, monthBefore, netOf, roundName, roundOf, type Agreed } from "@partcommune/shared/federation/rules/netting";
import { creditRisks } from "@partcommune/shared/governance/rules/terms";
import { payableToCoop, receivableOfCoop, settlementWithCoop, type AccountCode } from "@partcommune/shared/money/rules/accounts";
import { totalsOf, type Leg } from "@partcommune/shared/money/rules/legs";
import * as law from "@partcommune/shared/money/rules/legs-of-sisters";
import { figuresOf } from "@partcommune/shared/money/rules/split";
import type { Money } from "@partcommune/shared/platform/money";
import { transition } from "@partcommune/shared/platform/table";
import type { Day } from "@partcommune/shared/platform/time";

const eur = (minor: number | bigint): Money => ({ minor: BigInt(minor), currency: "EUR" });
const founding = { guarantee: 400_000n, insurance: 200_000n, coaching: 100_000n, advances: 100_000n, reserve: 200_000n, running: 0n };
const golden = { price: eur(200_000), feePpm: 85_000n, hostSharePpm: 200_000n };

const across = fc.record({
  price: fc.bigInt(1n, 10n ** 10n).map(eur),
  feePpm: fc.bigInt(0n, 300_000n),
  hostSharePpm: fc.bigInt(0n, 500_000n),
});

const moved = (legs: readonly Leg[], account: AccountCode): bigint =>
  legs.reduce((so, { account: { code }, money }) => (code === account.code ? so + money.minor : so), 0n);

test("the figures of a price across a border", async (t) => {
  for (const [price, feePpm, hostSharePpm, ...figures] of [
    [200_000, 85_000n, 200_000n, 17_000, 3_400, 13_600, 183_000, 196_600],
    [100_000, 85_000n, 200_000n, 8_500, 1_700, 6_800, 91_500, 98_300],
    [1, 85_000n, 200_000n, 0, 0, 0, 1, 1],
    [200_000, 85_000n, 0n, 17_000, 0, 17_000, 183_000, 200_000],
    [59, 85_000n, 500_000n, 5, 2, 3, 54, 57], // half of five cents goes to the even one
  ] as const) {
    const { fee, hostFund, homeFund, member, due } = figuresOf({ price: eur(price), feePpm, hostSharePpm });
    t.same(
      [fee, hostFund, homeFund, member, due].map(({ minor }) => Number(minor)),
      figures,
    );
  }
  fc.assert(fc.property(across, (each) => addsUp(figuresOf(each))));
  const figures = figuresOf(golden);
  t.notOk(addsUp({ ...figures, due: eur(196_601) }));
  t.notOk(addsUp({ ...figures, fee: { ...figures.fee, currency: "SEK" } }));
});

test("both books say the same of a job and of its loss", async (t) => {
  const vatRate = fc.constantFrom(0n, 55_000n, 210_000n);
  fc.assert(
    fc.property(
      across,
      vatRate,
      fc.constantFrom(...creditRisks),
      fc.array(fc.bigInt(1n, 9n), { minLength: 1, maxLength: 4 }),
      (work, rate, risk, parts) => {
        const facts = { ...work, fundSplit: founding };
        const atHost = { ...facts, sister: "home", client: "9", country: "BE", vatRate: rate };
        const atHome = { ...facts, sister: "host" };
        const host = law.legsOfFeeHost(atHost);
        const home = law.legsOfFeeHome({ ...atHome, team: parts.map((part, at) => ({ member: String(at), part })) });
        const lostAtHost = law.legsOfLossHost(atHost, risk);
        const lostAtHome = law.legsOfLossHome(atHome, risk);
        for (const legs of [host, home, lostAtHost, lostAtHome])
          if ([...totalsOf(legs).values()].some((total) => total !== 0n)) return false;
        // A pot gives back what it had of the fee, and no loss ever fills the guarantee.
        const guarantee = [lostAtHost, lostAtHome].every((legs) =>
          legs.filter(({ account }) => account.code === "pot:guarantee").every(({ money }) => money.minor > 0n),
        );
        return (
          guarantee &&
          moved(host, payableToCoop("home")) === -moved(home, receivableOfCoop("host")) &&
          moved(lostAtHost, payableToCoop("home")) === -moved(lostAtHome, receivableOfCoop("host"))
        );
      },
    ),
  );
  t.pass("for random prices, rates, shares and teams");
});

test("a claim is taken when it says to the cent what is expected", async (t) => {
  const claimed = { ...figuresOf(golden), engagement: "https://host.example/engagements/7", milestone: "m1" };
  t.ok(isAsExpected(claimed, { ...claimed }));
  for (const other of [
    { due: eur(196_601) },
    { fee: eur(16_999) },
    { hostFund: { minor: 3_400n, currency: "SEK" } },
    { milestone: "m2" },
    { engagement: "https://host.example/engagements/8" },
  ])
    t.notOk(isAsExpected({ ...claimed, ...other }, claimed));
});

test("a claim goes from one side's word to the money, and a dispute moves nothing", async (t) => {
  const leads = claimStates.flatMap((state) =>
    claimVerbs.flatMap((verb) => {
      const step = transition(claimTable, state, verb);
      return "to" in step ? [`${state} ${verb} ${step.to}`] : [];
    }),
  );
  t.same(leads, [
    "expected accept accepted",
    "expected dispute disputed",
    "raised accept accepted",
    "raised dispute disputed",
    "accepted net netted",
    "disputed expect expected",
    "disputed raise raised",
    "disputed accept accepted",
    "disputed dispute disputed",
    "disputed withdraw withdrawn",
    "netted settle settled",
    "withdrawn raise raised",
    "withdrawn accept accepted",
  ]);
});

test("a treasurer withdraws or raises anew what is owed to us, and accepts what we owe", async (t) => {
  const acts = claimStates.flatMap((state) =>
    [true, false].flatMap((ours) => actsOnClaim({ state, ours }).map((act) => `${state} ${ours ? "ours" : "theirs"} ${act}`)),
  );
  t.same(acts, ["disputed ours raise", "disputed ours withdraw", "disputed theirs accept", "withdrawn ours raise"]);
});

test("the day on which exposure should fall is that of the next payment", async (t) => {
  const terms = { nettingDay: 5, settleWithinDays: 10 };
  t.equal(fallsOn("2026-12-03" as Day, terms, { due: [] }), "2027-01-15");
  t.equal(fallsOn("2026-12-03" as Day, terms, { due: [], oldest: "2026-11-20" as Day }), "2026-12-15");
  t.equal(fallsOn("2026-12-08" as Day, terms, { due: [], oldest: "2026-11-20" as Day }), "2026-12-18", "the round is late");
  t.equal(fallsOn("2026-12-06" as Day, terms, { due: ["2026-12-15", "2026-12-01"] as Day[] }), "2026-12-15", "what is late says no day");
});

test("who comes near a limit is told once", async (t) => {
  t.same(
    [
      [0, 80],
      [79, 80],
      [80, 90],
      [0, 79],
      [0, 100],
    ].map(([before = 0, after = 0]) => comesNear(eur(before), eur(after), eur(100))),
    [true, true, false, false, true],
  );
  t.notOk(comesNear(eur(0), eur(100), undefined));
});

const parties = [
  "https://atelier.example/actor",
  "https://filature.example/actor",
  "https://weberei.example/actor",
  "https://telar.example/actor",
];

const claims = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 10_000 }).map((no) => `https://x.example/statements/${no}`),
    sha256: fc.constantFrom("aa", "bb"),
    pair: fc.constantFrom(
      ...parties.flatMap((creditor) => parties.filter((each) => each !== creditor).map((debtor) => ({ creditor, debtor }))),
    ),
    due: fc.bigInt(-(10n ** 7n), 10n ** 9n).map(eur),
  }),
  { selector: ({ id }) => id, maxLength: 40 },
);
const agreed = claims.map((drawn) => drawn.map(({ pair, ...rest }): Agreed => ({ ...rest, ...pair })));

test("a round comes to nothing in sum, whatever the order of its claims", async (t) => {
  fc.assert(
    fc.property(agreed, fc.infiniteStream(fc.nat()), (list, chance) => {
      const shuffled = list
        .map((one) => ({ one, place: chance.next().value ?? 0 }))
        .toSorted((a, b) => a.place - b.place)
        .map(({ one }) => one);
      const total = netOf(list).reduce((so, { net }) => so + net.minor, 0n);
      return total === 0n && hashOfRound(roundOf("2026-12/EUR", list)) === hashOfRound(roundOf("2026-12/EUR", shuffled));
    }),
  );
  t.throws(() =>
    netOf([
      { id: "a", sha256: "aa", creditor: "c", debtor: "d", due: eur(1) },
      { id: "b", sha256: "bb", creditor: "c", debtor: "d", due: { minor: 1n, currency: "SEK" } },
    ]),
  );
});

test("what two coops set off leaves each other's accounts as mirrors", async (t) => {
  const [atelier = "", filature = ""] = parties;
  const pair = agreed.map((list) =>
    list.filter(({ creditor, debtor }) => [creditor, debtor].every((each) => each === atelier || each === filature)),
  );
  fc.assert(
    fc.property(pair, (list) => {
      const owedTo = (whose: string): Money => eur(list.reduce((so, { creditor, due }) => (creditor === whose ? so + due.minor : so), 0n));
      const [ours, theirs] = [
        law.legsOfSettlementNetted("filature", owedTo(filature), owedTo(atelier)),
        law.legsOfSettlementNetted("atelier", owedTo(atelier), owedTo(filature)),
      ];
      const net = netOf(list).find(({ party }) => party === atelier)?.net.minor ?? 0n;
      return (
        moved(ours, payableToCoop("filature")) === -moved(theirs, receivableOfCoop("atelier")) &&
        moved(ours, settlementWithCoop("filature")) === -moved(theirs, settlementWithCoop("atelier")) &&
        moved(ours, settlementWithCoop("filature")) === net &&
        [...totalsOf(ours).values(), ...totalsOf(theirs).values()].every((total) => total === 0n)
      );
    }),
  );
  t.pass("for random claims both ways");
});

test("the golden round: 1 966.00 one way, 983.00 the other", async (t) => {
  const [atelier = "", filature = ""] = parties;
  const round = roundOf(roundName("2026-12", "EUR"), [
    { id: `${filature}/8`, sha256: "f8", creditor: filature, debtor: atelier, due: eur(196_600) },
    { id: `${atelier}/29`, sha256: "a29", creditor: atelier, debtor: filature, due: eur(98_300) },
  ]);
  t.same(round, {
    round: "2026-12/EUR",
    parties: [atelier, filature],
    claims: [
      { id: `${atelier}/29`, sha256: "a29" },
      { id: `${filature}/8`, sha256: "f8" },
    ],
    net: [
      { party: atelier, amount: "-983.00" },
      { party: filature, amount: "983.00" },
    ],
  });
  t.not(hashOfRound(round), hashOfRound({ ...round, round: "2027-01/EUR" }));
});

test("the claims of a round are those that both hold alike", async (t) => {
  const list = (...ids: readonly string[]) => ids.map((id) => ({ id: id.slice(0, 1), sha256: id }));
  t.same(inBoth(list("a1", "b1", "c1"), list("c1", "a2", "b1", "d1")), list("b1", "c1"));
});

test("a round is of the month before", async (t) => {
  t.equal(monthBefore("2027-01-05" as Day), "2026-12");
  t.equal(monthBefore("2026-12-05" as Day), "2026-11");
  t.equal(monthBefore("2026-10-31" as Day), "2026-09");
});
