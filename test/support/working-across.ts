// Two coops that share work in a test: what each side sees of it, what was not taken, and what may come to be owed.
import { sql } from "kysely";
import type { Test } from "tap";
import { exposureAt, openSisters } from "@partcommune/server/federation/index";
import {
  askChanges,
  endDispute,
  handIn,
  listEngagements,
  openDispute,
  readEngagement,
  searchJobs,
} from "@partcommune/shared/marketplace/api";
import type { Caller, TestCoop } from "./coop.ts";
import { settled } from "./sisters.ts";
import { held } from "./treating.ts";

/** `isCut`: what leaves Lille is lost. */
export type Two = { readonly brussels: TestCoop; readonly lille: TestCoop; isCut: boolean };

/** The job of this title, as it stands at a coop. */
export async function jobNamed(reader: Caller, title: string): Promise<string> {
  const { items } = (await reader.call(searchJobs, { order: "newest" })).body;
  return items.find((each) => each.title === title)?.id ?? "";
}

/** What came to a coop and was not taken: why. */
export const refusedAt = async ({ db }: TestCoop): Promise<readonly (string | null)[]> =>
  (await db.selectFrom("federation.inbox_event").select("why").where("state", "<>", "done").execute()).map(({ why }) => why);

/** What one of a coop said to others, in its order. */
export async function toldBy({ db }: TestCoop, actor: string): Promise<readonly string[]> {
  const type = sql<string>`doc ->> 'type'`.as("type");
  return (await db.selectFrom("federation.activity").select(type).where("actor", "=", actor).orderBy("seq").execute()).map(
    (row) => row.type,
  );
}

export const later = async ({ brussels, lille }: Two): Promise<void> => {
  for (const coop of [brussels, lille]) coop.wait(1_000);
  await settled(brussels, lille);
};

export const minuteLater = async (two: Two): Promise<void> => {
  for (const coop of [two.brussels, two.lille]) coop.wait(60_000);
  await later(two);
};

/** Where a milestone of somebody stands. */
export async function stateOf(caller: Caller, milestone: string): Promise<string | undefined> {
  for (const { id: engagement } of (await caller.call(listEngagements, {})).body.items) {
    const found = (await caller.call(readEngagement, { engagement })).body.milestones.find(({ id }) => id === milestone);
    if (found) return found.state;
  }
  return undefined;
}

/** The only engagement of somebody. */
export async function onlyWork(caller: Caller) {
  const [only] = (await caller.call(listEngagements, {})).body.items;
  return (await caller.call(readEngagement, { engagement: only?.id ?? "" })).body;
}

/** What a coop may come to owe its only sister, and be owed, in cents. */
export async function openBetween(coop: TestCoop): Promise<Readonly<Record<"ours" | "theirs", bigint>>> {
  const [sister] = await openSisters(coop.db);
  const of = async (whose: "ours" | "theirs"): Promise<bigint> => (await exposureAt(coop, sister?.host ?? "", whose)).minor;
  return { ours: await of("ours"), theirs: await of("theirs") };
}

/** What two coops said to each other of one piece of work, as it left, and what one stated that it is owed. */
export async function toldOfWork({ brussels, lille }: Two): Promise<Readonly<Record<string, unknown>>> {
  const said = async ({ db, origin }: TestCoop, type: string, word: string): Promise<Readonly<Record<string, unknown>> | undefined> => {
    const rows = await db.selectFrom("federation.activity").select("wire").where("origin", "=", origin).orderBy("seq").execute();
    const all = rows.map(({ wire }) => JSON.parse(String(wire)) as Readonly<Record<string, unknown>>);
    return all.find((each) => each["type"] === type && JSON.stringify(each).includes(`"${word}":`));
  };
  const claim = await lille.db
    .selectFrom("federation.statement")
    .select("payload")
    .where("type", "=", "settlement-claim")
    .executeTakeFirst();
  const agreement = await said(brussels, "Accept", "result");
  const bid = await lille.db
    .selectFrom("federation.activity")
    .select("wire")
    .where("id", "=", String(agreement?.["object"]))
    .executeTakeFirst();
  return {
    "a bid": JSON.parse(String(bid?.wire)) as unknown,
    "an agreement": agreement,
    "its signature": await said(lille, "Accept", "pc:sha256"),
    "work handed in": await said(lille, "Create", "pc:milestone"),
    "an approval": await said(brussels, "Accept", "pc:approvedBy"),
    "a statement on its way": await said(lille, "Create", "pc:jws"),
    "what a claim states": JSON.parse(claim?.payload ?? "{}") as unknown,
  };
}

export type People = Readonly<Record<"carla" | "anna" | "ours" | "theirs", Caller>>;

/** A dispute that arrives before what it is about waits for it. */
export async function overtaken(
  t: Test,
  two: Two,
  { carla, anna }: People,
  { milestone, there }: Readonly<Record<"milestone" | "there", string>>,
): Promise<void> {
  two.isCut = true;
  await anna.call(handIn, { milestone, text: "A first sketch." });
  await anna.call(openDispute, { milestone, reason: "The sketch was to be enough." });
  await later(two);
  two.isCut = false;
  const deliveryOf = (type: string) =>
    sql`activity in (select id from federation.activity where doc ->> 'type' = ${type} order by seq desc limit 1)`;
  await sql`update federation.delivery set state = 'sent', done_at = ${two.lille.now()}::timestamptz where ${deliveryOf("Create")}`.execute(
    two.lille.db,
  );
  for (let time = 0; time < 2; time += 1) await minuteLater(two);
  t.equal(await stateOf(carla, there), "waiting", "what is disputed is not here");
  await sql`update federation.delivery set state = 'due', done_at = null, due_at = ${two.lille.now()}::timestamptz where ${deliveryOf("Create")}`.execute(
    two.lille.db,
  );
  for (let time = 0; time < 2; time += 1) await minuteLater(two);
  t.match([await stateOf(carla, there), await stateOf(anna, milestone)], ["disputed", "disputed"]);
  await anna.call(endDispute, { milestone });
  await later(two);
  await carla.call(askChanges, { milestone: there, points: ["Larger."] });
  await later(two);
  await anna.call(openDispute, { milestone, reason: "Larger was not agreed." });
  await later(two);
  t.match([await stateOf(carla, there), await stateOf(anna, milestone)], ["disputed", "disputed"], "also against what was asked for");
  await anna.call(endDispute, { milestone });
  await later(two);
  // What was said last arrives first: a dispute and its end, and then an end and the next dispute.
  const says = {
    opens: (reason: string) => () => anna.call(openDispute, { milestone, reason }),
    ends: () => anna.call(endDispute, { milestone }),
  };
  await held(two.lille, two.brussels, says.opens("It is enough."), says.ends);
  t.match([await stateOf(carla, there), await stateOf(anna, milestone)], ["handedIn", "handedIn"], "the end holds, though it came first");
  await held(two.lille, two.brussels, says.opens("It is enough."), says.ends, says.opens("It is more than enough."));
  t.match([await stateOf(carla, there), await stateOf(anna, milestone)], ["disputed", "disputed"], "what was said last holds");
  const disputed = (await onlyWork(carla)).milestones.map(({ dispute }) => dispute?.reason);
  t.same(disputed, ["It is more than enough."]);
  await says.ends();
  await later(two);
  t.match([await stateOf(carla, there), await stateOf(anna, milestone)], ["handedIn", "handedIn"]);
}
