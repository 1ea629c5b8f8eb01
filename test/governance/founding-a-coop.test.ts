// A coop is founded once, by its first person, with rules inside their bounds.
import { test } from "tap";
import { foundCoop, listBylaws, listProposals } from "@partcommune/shared/governance/api";
import { bylawKeys } from "@partcommune/shared/governance/rules/bylaws";
import { readCoop } from "@partcommune/shared/platform/api";
import { openCoop } from "../support/coop.ts";
import { atelierCommun } from "../support/founding.ts";

test("a founded coop says its name, its rules, and signs its founder in", async (t) => {
  const coop = await openCoop(t);
  const founder = coop.someone();
  t.match((await founder.call(readCoop, {})).body, { founded: false, name: "Partcommune" });
  await coop.keepTime();
  t.same((await founder.call(listProposals, {})).body.items, [], "nothing is proposed where nobody is yet, and the clock goes round");
  const founded = await founder.call(foundCoop, atelierCommun);
  t.equal(founded.status, 201, founded.text);
  t.match(founded.headers["set-cookie"], /^session-4100=[\w-]{43};.*HttpOnly; SameSite=Lax$/);
  t.match((await founder.call(readCoop, {})).body, { founded: true, name: "Atelier Commun", currency: "EUR" });
  const { items } = (await founder.call(listBylaws, {})).body;
  t.same(
    items.map(({ key }) => key),
    bylawKeys,
  );
  t.match(
    items.find(({ key }) => key === "fee.rate"),
    { value: 85_000, version: 1, class: "important", validFrom: "2026-12-01T09:00:00.000Z" },
  );
});

test("fifty founders at once found one coop", async (t) => {
  const coop = await openCoop(t, { settings: { poolSize: 30 } });
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, at) =>
      coop.someone().call(foundCoop, { ...atelierCommun, founder: { name: `F ${at}`, email: `f${at}@atelier.example` } }),
    ),
  );
  t.equal(answers.filter(({ status }) => status === 201).length, 1);
  t.equal(answers.filter(({ problem }) => problem === "already-founded").length, 49, JSON.stringify(answers.map(({ status }) => status)));
});

test("rules outside their bounds are refused with a pointer", async (t) => {
  const coop = await openCoop(t);
  const refused = await coop.someone().call(foundCoop, { ...atelierCommun, feeRate: 10_000 });
  t.equal(refused.status, 422);
  t.match(JSON.parse(refused.text), { type: "/problems/not-as-asked", errors: [{ pointer: "/feeRate" }] });
  const uneven = await coop.someone().call(foundCoop, { ...atelierCommun, fundSplit: { ...atelierCommun.fundSplit, running: 1 } });
  t.match(JSON.parse(uneven.text), { errors: [{ pointer: "/fundSplit" }] });
});

test("the server's own role cannot write a bylaw, and nobody can change one", async (t) => {
  const coop = await openCoop(t);
  await coop.someone().call(foundCoop, atelierCommun);
  const insert = coop.db
    .insertInto("governance.bylaw_version")
    .values({ key: "fee.rate", version: 2n, value: "1", valid_from: coop.now(), cause: "me" });
  await t.rejects(insert.execute(), { code: "42501" });
  await t.rejects(coop.db.updateTable("governance.bylaw_version").set({ value: "1" }).execute(), { code: "42501" });
});
