// What coops owe each other across a border: figures, legs that mirror each other, claims, and rounds that come to nothing in sum.
import fc from "fast-check";
import { test } from "tap";
import {
  actsOnClaim,
  addsUp,
  expectedOfLoss,
  claimStates,
  claimTable,
  claimVerbs,
  comesNear,
  fallsOn,
  isAsExpected,
  isAsLost,
  isOurWord,
} from "@partcommune/shared/federation/rules/claim";
import { hashOfRound, inBoth, monthBefore, netOf, roundName, roundOf, type Agreed } from "@partcommune/shared/federation/rules/netting";
import { creditRisks } from "@partcommune/shared/governance/rules/terms";
import { bank, payableToCoop, receivableOfCoop, settlementWithCoop, type AccountCode } from "@partcommune/shared/money/rules/accounts";
import { openParts, legsOfLoss, legsOfLossHome, legsOfRecovered } from "@partcommune/shared/money/rules/legs-of-loss";
import { totalsOf, type Leg } from "@partcommune/shared/money/rules/legs";
import * as law from "@partcommune/shared/money/rules/legs-of-sisters";
import { figuresOf, figuresOfPart } from "@partcommune/shared/money/rules/split";
import { vatOf } from "@partcommune/shared/money/rules/vat";
import { share, type Money } from "@partcommune/shared/platform/money";
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
  fc.assert(fc.property(across, (each) => addsUp({ ...figuresOf(each), turn: 0 })));
  const figures = { ...figuresOf(golden), turn: 0 };
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
        const open = { net: work.price, vat: vatOf(work.price, rate) };
        const bears = share(work.price, law.homeLossPpm(work.hostSharePpm, risk));
        const lostAtHost = legsOfLoss(host, [], open, { team: [], sister: { host: "home", bears } });
        const lostAtHome = risk === "host" ? [] : legsOfLossHome(home, { price: work.price, lost: work.price, bears });
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
  const claimed = { ...figuresOf(golden), engagement: "https://host.example/engagements/7", milestone: "m1", turn: 0 };
  t.ok(isAsExpected(claimed, { ...claimed }));
  for (const other of [
    { due: eur(196_601) },
    { fee: eur(16_999) },
    { hostFund: { minor: 3_400n, currency: "SEK" } },
    { milestone: "m2" },
    { turn: 1 },
    { engagement: "https://host.example/engagements/8" },
  ])
    t.notOk(isAsExpected({ ...claimed, ...other }, claimed));
});

test("what is lost of a job, in part or whole, and comes in after all in any parts is reckoned alike by both coops, and ends at nothing", async (t) => {
  const parts = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 6 });
  const vatRate = fc.constantFrom(0n, 55_000n, 210_000n);
  const named = { engagement: "https://host.example/engagements/7", milestone: "m1" };
  fc.assert(
    fc.property(across, vatRate, fc.integer({ min: 1, max: 1_000 }), parts, (price, rate, openParts1000, weights) => {
      const { hostSharePpm } = price;
      const homeLossPpm = law.homeLossPpm(hostSharePpm, "shared");
      const work = figuresOf(price);
      const facts = { ...price, fundSplit: founding };
      const earned = law.legsOfFeeHome({ ...facts, sister: "host", team: [{ member: "1", part: 1n }] });
      const invoice = law.legsOfFeeHost({ ...facts, sister: "home", client: "9", country: "BE", vatRate: rate });
      const whole = { net: price.price, vat: vatOf(price.price, rate) };
      const gross = (whole.net.minor + whole.vat.minor) * BigInt(openParts1000);
      if (gross < 1_000n) return true;
      const open = openParts(whole, { net: eur(0), vat: eur(0) }, eur(gross / 1_000n));
      if (open.net.minor === 0n) return true;
      const bears = share(open.net, homeLossPpm);
      const loss = legsOfLoss(invoice, [], open, { team: [], sister: { host: "home", bears } });
      const said = (legs: readonly Leg[], turn: number) => {
        const [due, net] = [
          -moved(legs, payableToCoop("home")),
          legs.filter(({ account: { code } }) => !/^(bank|receivable|vat):/.test(code)),
        ];
        const price0 = eur(-net.reduce((so, { money }) => so + money.minor, 0n));
        return { ...figuresOfPart(work, price0, eur(due)), ...named, turn };
      };
      const before = [said(loss, 1)];
      if (!isAsLost(said(loss, 1), { work, homeLossPpm, before: [] })) return false;
      const atHome = [...legsOfLossHome(earned, { price: price.price, lost: open.net, bears })];
      const lost = [...atHome];
      const came: Leg[] = [];
      const back: Leg[] = [];
      const all = open.net.minor + open.vat.minor;
      const total = BigInt(weights.reduce((so, each) => so + each, 0));
      let until = 0n;
      let so = 0n;
      for (const weight of weights) {
        until += BigInt(weight);
        const received = (all * until) / total - so;
        if (received === 0n) continue;
        so += received;
        const legs = legsOfRecovered(bank("main"), eur(received), loss, came);
        came.push(...legs);
        const claim = said(legs, before.length + 1);
        if (!isAsLost(claim, { work, homeLossPpm, before })) return false;
        before.push(claim);
        if (claim.due.minor === 0n) continue;
        const returned = legsOfRecovered(receivableOfCoop("host"), claim.due, lost, back);
        back.push(...returned);
        if ([...totalsOf(returned).values()].some((each) => each !== 0n)) return false;
      }
      const left = (legs: readonly Leg[], account: AccountCode) => moved(legs, account);
      return (
        before.reduce((sum, { due }) => sum + due.minor, 0n) === 0n &&
        left([...loss, ...came], payableToCoop("home")) === 0n &&
        left([...atHome, ...back], receivableOfCoop("host")) === 0n
      );
    }),
    { numRuns: 100 },
  );
  const figures = figuresOf(golden);
  const lost = expectedOfLoss({ work: figures, homeLossPpm: 800_000n, before: [] }, { gross: eur(-200_000), turn: 1 });
  t.match(lost, { gross: eur(-200_000), hostFund: eur(-3_400), homeFund: eur(-13_600), member: eur(-183_000), due: eur(-160_000) });
  const bearing = { work: figures, homeLossPpm: 800_000n, before: lost ? [lost] : [] };
  t.match(expectedOfLoss(bearing, { gross: eur(50_000), turn: 2 }), { due: eur(40_000) });
  t.equal(expectedOfLoss(bearing, { gross: eur(200_001), turn: 2 }), undefined, "no more comes in than was lost");
  t.equal(expectedOfLoss({ ...bearing, homeLossPpm: 0n }, { gross: eur(-1), turn: 1 }), undefined, "the host bears it alone");
  t.equal(expectedOfLoss(bearing, { gross: eur(-200_001), turn: 1 }), undefined, "no more is lost than was agreed");
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

test("a treasurer withdraws or raises anew what we said, and accepts what the other coop did", async (t) => {
  const actsOn = (turn: number) =>
    claimStates.flatMap((state) =>
      [true, false].flatMap((ours) =>
        actsOnClaim({ state, ours, turn }).map((act) => `${state} ${isOurWord({ ours, turn }) ? "ours" : "theirs"} ${act}`),
      ),
    );
  const ofLoss = ["disputed theirs accept", "disputed ours raise", "disputed ours withdraw", "withdrawn ours raise"];
  t.same(actsOn(1), ofLoss, "of a loss it is whoever has the client who says it");
  t.same(actsOn(0), ["disputed ours raise", "disputed ours withdraw", "disputed theirs accept", "withdrawn ours raise"]);
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
