// An error that nobody caught fails the test within which it began, wherever it comes up, and none beside it.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "tap";

const file = `import { test } from "tap";
import { createServer, connect } from "node:net";
import { once } from "node:events";
const never = () => new Promise((end) => setTimeout(end, 60_000).unref());
const boom = (what) => { throw new Error(what); };
test("first", async (t) => {
  await t.test("a timer", async () => { setTimeout(boom, 1, "of a timer"); await never(); });
  await t.test("a promise", async () => { void Promise.reject(new Error("of a promise")); await never(); });
  await t.test("a socket", async (t) => {
    const server = createServer(() => boom("of a socket")).listen(0);
    t.teardown(() => server.close());
    await once(server, "listening");
    const socket = connect(server.address().port);
    t.teardown(() => socket.destroy());
    await never();
  });
  await t.test("well", async (t) => t.pass("nothing came up"));
});
test("one that left something behind", async (t) => { setTimeout(boom, 50, "too late"); t.pass("here all is well"); });
test("last", async (t) => { await new Promise((end) => setTimeout(end, 200)); t.pass("beside it as well"); });
`;

test("an error that nobody caught is told by its test", (t) => {
  const first = join(import.meta.dirname, "../support/before-tap.ts");
  const { stdout, status } = spawnSync(process.execPath, ["--no-warnings", "--import", first, "--input-type=module", "--eval", file], {
    cwd: join(import.meta.dirname, ".."),
    encoding: "utf8",
  });
  const told = stdout.split("\n").filter((line) => /^ *(not )?ok /.test(line));
  t.same(
    told.map((line) => line.replace(/ # time.*$/, "")),
    [
      "        not ok 1 - of a timer",
      "    not ok 1 - a timer",
      "        not ok 1 - of a promise",
      "    not ok 2 - a promise",
      "        not ok 1 - of a socket",
      "    not ok 3 - a socket",
      "        ok 1 - nothing came up",
      "    ok 4 - well",
      "not ok 1 - first",
      "    ok 1 - here all is well",
      "ok 2 - one that left something behind",
      "    ok 1 - beside it as well",
      "ok 3 - last",
      "not ok 4 - too late",
    ],
    "what comes up when its test has ended is told by the house itself",
  );
  t.equal(status, 1, "and the process says so");
  t.end();
});
