// A coop whose board we follow is believed about its own jobs, and about nothing else.
import { test, type Test } from "tap";
import { askNeighbour, followNeighbour, listNeighbours } from "@partcommune/shared/federation/api";
import { searchJobs } from "@partcommune/shared/marketplace/api";
import { type TestCoop } from "../support/coop.ts";
import { founder } from "../support/people.ts";
import { openSister, settled } from "../support/sisters.ts";
import { openStranger, shown, type Json, type Stranger } from "../support/stranger.ts";

const AS = "https://www.w3.org/ns/activitystreams";
const PUBLIC = `${AS}#Public`;
const hour = 3_600_000;

test("a board that lies", async (t) => {
  const coop = await openSister(t, "atelier");
  await lying(t, coop, await founder(coop));
});

/** A coop whose board we follow may show its own jobs, and nothing else: whatever it says of others is not believed. */
async function lying(t: Test, coop: TestCoop, officer: Awaited<ReturnType<typeof founder>>): Promise<void> {
  const [liar, other] = [
    await neighbour(coop, officer, await openStranger(t, coop, "liar")),
    await neighbour(coop, officer, await openStranger(t, coop, "other")),
  ];
  const inbox = `${coop.origin}/jobs/inbox`;
  const titles = async (): Promise<readonly string[]> =>
    (await coop.someone().call(searchJobs, { order: "newest" })).body.items.flatMap(({ title, elsewhere }) => (elsewhere ? [title] : []));
  let acts = 0;
  const tell = async (from: Stranger, type: string, object: unknown): Promise<number> => {
    acts += 1;
    const reply = await from.send(inbox, { id: `${from.origin}/acts/told${acts}`, type, actor: `${from.origin}/jobs`, to: PUBLIC, object });
    await settled(coop);
    return reply.status;
  };
  const noteOf = (from: Stranger, no: number, job = `${from.origin}/jobs/${no}`): Json => ({
    id: `${from.origin}/jobs/${no}/note`,
    type: "Note",
    attributedTo: `${from.origin}/jobs`,
    content: "<p>A job</p>",
    attachment: [{ type: "Link", href: job, name: "Proposal" }],
  });
  const show = (no: number, more: Json = {}): void => void liar.shows.set(`/jobs/${no}`, shown(proposal(liar, no, more)));

  other.shows.set("/jobs/1", shown(proposal(other, 1, { name: "An honest job" })));
  t.equal(await tell(other, "Create", noteOf(other, 1)), 202);
  show(1, { name: "A job of its own", "pc:version": 3 });
  t.equal(await tell(liar, "Create", noteOf(liar, 1)), 202);
  const honest = ["A job of its own", "An honest job"];
  t.same((await titles()).toSorted(), honest, "what a board shows of its own stands in the search");

  const asked = other.asked.length;
  t.equal(await tell(liar, "Create", noteOf(liar, 2, `${other.origin}/jobs/1`)), 202);
  t.equal(other.asked.length, asked, "what it says of another's is not even looked at");
  t.equal(await tell(liar, "Delete", `${other.origin}/jobs/1/note`), 403);
  t.equal(await tell(liar, "Delete", `${other.origin}/jobs/1`), 403);
  t.equal(await tell(liar, "Update", { ...noteOf(other, 1), attributedTo: `${liar.origin}/jobs` }), 403);
  t.equal(await tell(liar, "Accept", `${coop.origin}/acts/nothing`), 403, "an answer to what we never said");
  const follows = other.got.filter(({ type }) => type === "Follow").map(({ id }) => id);
  t.equal(await tell(liar, "Reject", follows[0]), 403, "an answer in another's place");

  const lies: Readonly<Record<string, Json>> = {
    "another address": { id: `${liar.origin}/jobs/99` },
    "another's address": { id: `${other.origin}/jobs/1` },
    "a client elsewhere": { attributedTo: `${other.origin}/clients/1` },
    "a page elsewhere": { url: `${other.origin}/jobs/1` },
    "not for everybody": { to: `${liar.origin}/actor/followers` },
    "bounds the wrong way round": {
      reciprocal: { resourceConformsTo: "https://www.wikidata.org/wiki/Q4916" },
      "pc:budgetMin": "9.00",
      "pc:budgetMax": "1.00",
    },
    "less than nothing": { reciprocal: money("-5.00") },
    "a figure that is a number": { reciprocal: money(5) },
    "no money that we know": { reciprocal: { resourceConformsTo: "https://example.com/gold" } },
    "a version beyond all": { "pc:version": 4_294_967_296 },
    "an end before the start": { "pc:endOn": "2026-01-01" },
    "a year beyond all": { endTime: "9999-12-31T23:59:59-14:00" },
    "a year before all": { published: "0000-01-01T00:00:00+14:00" },
    "a title that turns round": { name: "\u202egnihton" },
  };
  for (const [at, [name, more]] of Object.entries(lies).entries()) {
    show(10 + at, more);
    t.equal(await tell(liar, "Create", noteOf(liar, 10 + at)), 202, name);
  }
  liar.shows.set("/jobs/30", { status: 302, headers: { location: `${other.origin}/jobs/1` } });
  liar.shows.set("/jobs/31", { status: 302, headers: { location: "http://169.254.169.254/jobs/1" } });
  for (const no of [30, 31]) t.equal(await tell(liar, "Create", noteOf(liar, no)), 202);
  t.same((await titles()).toSorted(), honest, "nothing of it stands in the search");

  show(1, { name: "An older word", "pc:version": 2 });
  await tell(liar, "Update", { ...noteOf(liar, 1), content: "<p>older</p>" });
  t.same((await titles()).toSorted(), honest, "an older version changes nothing");
  liar.shows.set("/jobs/1", { status: 410 });
  t.equal(await tell(liar, "Delete", `${liar.origin}/jobs/1/note`), 202);
  t.same(await titles(), ["An honest job"]);
  show(1, { name: "Back from the dead", "pc:version": 9 });
  await tell(liar, "Create", noteOf(liar, 1));

  const item = (origin: string, no: number): Json => ({ id: `${origin}/jobs/${no}`, type: "Proposal", "pc:version": 9 });
  const list = (items: readonly Json[], next?: string): void =>
    void liar.shows.set(
      "/jobs/open",
      shown({ id: `${liar.origin}/jobs/open`, type: "OrderedCollectionPage", orderedItems: items, ...(next ? { next } : {}) }),
    );
  const read = async (): Promise<readonly string[]> => {
    const calls = liar.asked.length;
    coop.wait(2 * hour);
    await settled(coop);
    return liar.asked.slice(calls);
  };
  list(Array.from({ length: 10_000 }, (_, at) => item(liar.origin, 100 + at)));
  t.same(new Set(await read()), new Set(["/jobs/open"]), "a list that is too long to read is not read");
  list([item(liar.origin, 1), item(other.origin, 2), item("http://169.254.169.254", 1)], `${liar.origin}/jobs/open`);
  t.ok((await read()).length <= 52, "a list that never ends is left");
  list([item(liar.origin, 1)], `${other.origin}/jobs/open`);
  await read();
  t.same(await titles(), ["An honest job"], "what is gone stays gone, and nobody lists for another");
  await silence(t, coop, other);
}

/** A board that gives no answer rests as for letters, and is read again once it is heard. */
async function silence(t: Test, coop: TestCoop, board: Stranger): Promise<void> {
  const { asked, shows } = board;
  const asks = async (minutes: number): Promise<number> => {
    const before = asked.length;
    for (let beat = 0; beat < minutes * 4; beat += 1) {
      coop.sleep(15_000);
      await coop.lanes.wakeDue();
      await coop.settle();
    }
    return asked.length - before;
  };
  const open = shows.get("/jobs/open") ?? "silence";
  shows.set("/jobs/open", "silence");
  coop.wait(2 * hour);
  t.equal(await asks(5), 10, "every half minute at first");
  coop.wait(hour / 2);
  t.equal(await asks(20), 4, "then every five minutes");
  coop.wait(24 * hour);
  t.equal(await asks(30), 1, "and after a day every hour");
  shows.set("/jobs/open", open);
  const heard = { id: `${board.origin}/acts/here`, type: "Follow", actor: `${board.origin}/users/anna`, object: `${coop.origin}/jobs` };
  t.equal((await board.send(`${coop.origin}/jobs/inbox`, heard)).status, 202);
  t.ok((await asks(1)) > 0, "who is heard is read at the next beat");
  t.equal(await asks(5), 0, "and then an hour later");
}

const money = (value: unknown): Json => ({
  resourceConformsTo: "https://www.wikidata.org/wiki/Q4916",
  resourceQuantity: { type: "om2:Measure", hasUnit: "one", hasNumericalValue: value },
});

/** A job as a coop shows it. */
const proposal = ({ origin }: Stranger, no: number, more: Json): Json => ({
  id: `${origin}/jobs/${no}`,
  type: "Proposal",
  purpose: "request",
  attributedTo: `${origin}/clients/1`,
  name: "A lie",
  content: "<p>Words.</p>",
  source: { content: "Words.", mediaType: "text/markdown" },
  url: `${origin}/jobs/${no}`,
  published: "2026-12-01T08:00:00Z",
  endTime: "2026-12-07T16:59:00Z",
  to: PUBLIC,
  publishes: { resourceQuantity: { hasUnit: "one", hasNumericalValue: "1" } },
  reciprocal: money("2000.00"),
  "pc:version": 1,
  "pc:clientName": "Somebody",
  "pc:clientCountry": "FR",
  "pc:trade": "graphic design",
  "pc:language": "en",
  "pc:startOn": "2026-12-14",
  "pc:endOn": "2026-12-18",
  ...more,
});

/** Makes a stranger a coop whose board we follow. */
async function neighbour(coop: TestCoop, officer: Awaited<ReturnType<typeof founder>>, stranger: Stranger): Promise<Stranger> {
  const { origin, shows, actor } = stranger;
  shows.set(
    "/actor",
    shown(actor("/actor", { type: "Application", name: origin, "pc:board": `${origin}/jobs`, "pc:currencies": ["EUR"] })),
  );
  shows.set("/jobs", shown(actor("/jobs", { type: "Group", "pc:jobs": `${origin}/jobs/open` })));
  shows.set("/jobs/open", shown({ id: `${origin}/jobs/open`, type: "OrderedCollectionPage", orderedItems: [] }));
  await officer.call(askNeighbour, { address: origin });
  await settled(coop);
  const { items } = (await officer.call(listNeighbours, {})).body;
  await officer.call(followNeighbour, { neighbour: items.find((each) => each.origin === origin)?.id ?? "" });
  await settled(coop);
  const [asking] = stranger.got.filter(({ type }) => type === "Follow");
  await stranger.send(`${coop.origin}/jobs/inbox`, {
    id: `${origin}/acts/yes`,
    type: "Accept",
    actor: `${origin}/jobs`,
    object: asking?.["id"],
  });
  await settled(coop);
  return stranger;
}
