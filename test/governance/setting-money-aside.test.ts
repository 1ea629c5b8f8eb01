// Members set money of a pot aside: taken once when the vote is carried out and never below the floor, paid by two against a reason, and what is left goes back.
import { test, type Test } from "tap";
import { carriesOut } from "@partcommune/server/governance/index";
import { balanceOf } from "@partcommune/server/money/index";
import { draftProposal, readProposal } from "@partcommune/shared/governance/api";
import { readProposalPurpose } from "@partcommune/shared/governance/api/purpose";
import { confirmBankLine, listBankLines } from "@partcommune/shared/money/api";
import { listPurposes } from "@partcommune/shared/money/api/purpose";
import { initiative, pot } from "@partcommune/shared/money/rules/accounts";
import { objectionToPurposePayment } from "@partcommune/shared/money/rules/purpose";
import type { Fact } from "@partcommune/shared/platform/events";
import type { Id } from "@partcommune/shared/platform/id";
import { listNotices } from "@partcommune/shared/platform/api/notices";
import { moneyFrom } from "@partcommune/shared/platform/money";
import { millisecondsOf } from "@partcommune/shared/platform/time";
import type { TestCoop } from "../support/coop.ts";
import { endow } from "../support/endowment.ts";
import { carried, founded, voted } from "../support/members.ts";
import { told } from "../support/told.ts";
import { entered, eur } from "../support/treasury.ts";

const money = (amount: string, currency = "EUR") => moneyFrom({ amount, currency });

test("what is asked of a payment, refusal by refusal", (t) => {
  const open = { state: "open", left: money("120.00") } as const;
  t.equal(objectionToPurposePayment(money("120.00"), open), undefined);
  t.equal(objectionToPurposePayment(money("120.01"), open)?.type, "purpose-spent");
  t.equal(objectionToPurposePayment(money("1.00", "SEK"), open)?.type, "currency-differs");
  for (const state of ["unpaid", "closed"] as const)
    t.equal(objectionToPurposePayment(money("1.00"), { ...open, state })?.type, "not-in-this-state", state);
  t.end();
});

const aside = (amount: string) => ({
  kind: "budget" as const,
  pot: "reserve" as const,
  amount,
  purpose: "A press for all",
  until: "2026-05-31",
});

/** A domain above governance hears of what passed, from however many workers; its own act is done once. */
async function heardOnce(t: Test, coop: TestCoop, proposal: Id): Promise<void> {
  const row = await coop.db
    .selectFrom("platform.fact")
    .selectAll()
    .where("type", "=", "proposal.enacted")
    .where("subject", "=", proposal)
    .executeTakeFirstOrThrow();
  const fact = {
    id: row.id,
    type: "proposal.enacted",
    subject: row.subject,
    actor: row.actor,
    body: row.body,
    cause: row.cause,
  } as unknown as Fact;
  const treaties: unknown[] = [];
  const signed = carriesOut("test.treaties", "budget", async (_, passed) => void treaties.push(passed));
  const others = carriesOut("test.others", "resolution", async (_, passed) => void treaties.push(passed));
  const listening = { perform: coop.perform } as Parameters<typeof signed.hear>[0];
  // Of several at once the queue lets those try again who were told that another is at it.
  await Promise.allSettled(Array.from({ length: 20 }, () => signed.hear(listening, fact)));
  for (const each of [signed, signed, others]) await each.hear(listening, fact);
  t.same(treaties, [{ proposal, payload: aside("400") }], "once, with what stood in the notice; and no other kind");
}

test("money is set aside by a vote, spent by two, and what is left goes back", async (t) => {
  const stage = await founded(t, ["Fanny Founder", "Tess", "Tom", "Anna", "Bela", "Chloe", "Dario"]);
  const { coop, people, tess, tom } = stage;
  await endow(coop, "10500.00", "reserve");
  const past = { title: "Too late", text: "Why.", language: "en", payload: { ...aside("10"), until: "2026-02-02" } } as const;
  t.equal((await tess.call(draftProposal, past)).problem, "purpose-over");
  const [few, many] = [await carried(stage, 3, "A press", aside("400")), await carried(stage, 4, "Two presses", aside("800.50"))];
  t.equal(
    (await coop.someone().call(readProposalPurpose, { proposal: few })).status,
    404,
    "nothing is set aside before the vote is carried out",
  );
  await voted(stage, [few, many]);

  t.match(await told(coop.someone(), readProposalPurpose, { proposal: few }), {
    state: "open",
    amount: eur("400.00"),
    left: eur("400.00"),
    payments: [],
  });
  // The reserve keeps 10 000.00, so 500.00 could go; either may be carried out first.
  const unpaid = await told(coop.someone(), readProposalPurpose, { proposal: many });
  t.match(unpaid, { state: "unpaid", left: eur("0.00"), payments: [] });
  t.ok(["300.50", "700.50"].includes(unpaid.short?.amount ?? ""), `${unpaid.short?.amount} is missing`);
  t.match(await told(coop.someone(), readProposal, { proposal: many }), { state: "enacted" });
  t.match(
    (await told(stage.board, listNotices, {})).items.find(({ kind }) => kind === "purposeUnpaid"),
    { subject: many, place: "proposal" },
  );
  t.notOk(
    (await told(people[5]?.caller ?? tess, listNotices, {})).items.some(({ kind }) => kind === "purposeUnpaid"),
    "the board alone is told",
  );
  t.same((await balanceOf({ db: coop.db }, pot("reserve")))?.balance, money("-10100.00"));
  await heardOnce(t, coop, few);

  const means = { kind: "purposePaid", purpose: few, reason: "Rollers" } as const;
  t.equal((await entered(stage, means, "400.01")).problem, "purpose-spent");
  t.equal((await entered(stage, { ...means, purpose: many }, "1.00")).problem, "not-in-this-state");
  const lines = [(await entered(stage, means, "280.00")).body.id, (await entered(stage, means, "200.00")).body.id] as const;
  t.equal((await tess.call(confirmBankLine, { line: lines[0] })).problem, "second-person-needed");
  t.equal((await tom.call(confirmBankLine, { line: lines[0] })).status, 200);
  t.equal((await tom.call(confirmBankLine, { line: lines[1] })).problem, "purpose-spent", "what was left when it was entered is gone");
  t.match((await told(tess, listPurposes, {})).items, [{ id: few, left: eur("120.00") }]);
  t.match(
    (await told(tess, listBankLines, { limit: 50 })).items.find(({ id }) => id === lines[0]),
    { about: "A press for all (Rollers)" },
  );

  coop.wait(millisecondsOf("2026-05-31T21:59:59.999Z" as never) - millisecondsOf(coop.now()));
  await coop.keepTime();
  t.match(
    await told(coop.someone(), readProposalPurpose, { proposal: few }),
    { state: "open", left: eur("120.00") },
    "the last day is whole",
  );
  coop.wait(1);
  await Promise.all([coop.keepTime(), coop.keepTime()]);
  t.match(await told(coop.someone(), readProposalPurpose, { proposal: few }), {
    state: "closed",
    returned: eur("120.00"),
    left: eur("0.00"),
    payments: [{ amount: eur("280.00"), reason: "Rollers" }],
  });
  t.same((await balanceOf({ db: coop.db }, initiative(few)))?.balance, money("0.00"));
  t.same((await balanceOf({ db: coop.db }, pot("reserve")))?.balance, money("-10220.00"));
});
