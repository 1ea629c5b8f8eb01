// A job of Brussels is done by a member of Lille: each coop keeps its own part, and believes the other only about what it holds.
import { test } from "tap";
import { listBids, placeBid, postJob, readJob, searchJobs } from "@partcommune/shared/marketplace/api";
import { posterJob } from "../support/jobs.ts";
import { clientOwner, founder, trialMember } from "../support/people.ts";
import { bound, laFilature, openSister, settled } from "../support/sisters.ts";

const euros = (amount: string) => ({ amount, currency: "EUR" });

test("a member of Lille bids on a job of Brussels", async (t) => {
  const [brussels, lille] = [await openSister(t, "brussels"), await openSister(t, "lille")];
  const board = await founder(lille, laFilature);
  await founder(brussels);
  const { caller: carla, client } = await clientOwner(brussels, "Carla");
  await carla.call(postJob, posterJob(client));
  await carla.call(postJob, { ...posterJob(client), title: "A fair in Berlin", place: { town: "Berlin", country: "DE" } });
  await bound(brussels, lille);
  await settled(brussels, lille);

  const anna = await trialMember(lille, board, "Anna");
  const found = (await anna.call(searchJobs, { order: "newest" })).body;
  const [berlin = "", poster = ""] = ["A fair in Berlin", posterJob(client).title].map(
    (title) => found.items.find((each) => each.title === title)?.id,
  );
  t.match(found.facets?.coops, [{ name: brussels.origin, count: 2 }], "where they were posted");
  const { body: job } = await anna.call(readJob, { job: poster });
  t.match(job.elsewhere, { hostSharePpm: 200_000 }, "a treaty is in force, and says which part of the fee stays there");

  const offer = { job: poster, version: job.version, amount: euros("2000.00"), pitch: "I have done ten." };
  const refused = async (change: Partial<typeof offer>) => (await anna.call(placeBid, { ...offer, ...change })).problem;
  t.equal(await refused({ job: berlin, version: 1 }), "country-outside-treaty");
  t.equal(await refused({ amount: euros("1999.00") }), "bid-differs-from-fixed");
  t.equal((await anna.call(placeBid, offer)).status, 201);
  t.equal(await refused({}), "bid-placed-already");
  t.match((await anna.call(listBids, { job: poster })).body.items, [{ mine: true, state: "placed" }]);
});
