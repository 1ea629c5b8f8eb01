// What follows from each answer to a delivery, how long it is tried, and how a host that fails is left alone and found again.
import fc from "fast-check";
import { test } from "tap";
import { afterAnswer, breaker, closed, mayLeave, type Answer, type Breaker } from "@partcommune/federation/delivery";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const now = Date.parse("2026-11-24T10:00:00Z");

/** What follows, as a word or as the wait. */
const next = (answer: Answer, tries = 1, sister = true, chance = 0.5, since = now): string => {
  const { then, ...more } = afterAnswer(answer, { tries, sister, since }, now, chance);
  return "at" in more ? `${(more.at - now) / second} s` : then;
};

test("each answer has one consequence", (t) => {
  for (const [statuses, wanted] of [
    ["200 201 202 204 299", "sent"],
    ["301 302 303 307 308 304", "newInbox"],
    ["401", "otherSignature"],
    ["410", "gone"],
    ["400 402 403 404 405 406 409 411 413 415 422 451", "refused"],
    ["0 100 408 423 425 429 500 501 502 503 504 520 599", "30 s"],
  ] as const)
    for (const status of statuses.split(" ")) t.equal(next({ status: Number(status) }), wanted, status);
  t.equal(next({ status: 401, tried: ["otherSignature"] }), "30 s", "both signatures refused");
  t.equal(next({ status: 301, tried: ["newInbox"] }), "refused", "the new inbox leads on");
  t.equal(next({ status: 301, tried: ["otherSignature"] }), "newInbox");
  t.end();
});

test("it is tried ever more rarely, and for thirty days or three", (t) => {
  const waits = ["30 s", "120 s", "600 s", "1800 s", "3600 s", "10800 s", "21600 s", "43200 s", "43200 s"];
  waits.forEach((wait, at) => t.equal(next({ status: 503 }, at + 1), wait, `after try ${at + 1}`));
  t.same([next({ status: 0 }, 2, true, 0), next({ status: 0 }, 2, true, 1)], ["96 s", "144 s"], "a fifth either way");
  for (const [sister, lifetime] of [
    [true, 30 * day],
    [false, 3 * day],
  ] as const) {
    const after = (tries: number, passed: number) => afterAnswer({ status: 500 }, { tries, sister, since: 0 }, passed, 0.5);
    let [tries, passed] = [1, 0];
    for (let each = after(tries, passed); each.then === "retry"; each = after(tries, passed)) {
      passed = each.at;
      tries += 1;
    }
    t.ok(passed <= lifetime && passed > lifetime - 12 * hour, `${tries} tries in ${passed / day} days`);
    t.equal(next({ status: 401, tried: ["otherSignature"] }, tries, sister, 0.5, now - lifetime), "dead");
    t.equal(next({ status: 200 }, tries, sister), "sent");
  }
  t.end();
});

test("a sister that does not believe us is asked as one that is silent, for it may not have reached us to read our key", (t) => {
  const unbelieved: Answer = { status: 401, tried: ["otherSignature"] };
  for (const [waited, wait] of [
    [0, 30],
    [29 * minute, 30],
    [hour, 300],
    [2 * day, 3_600],
  ] as const) {
    t.equal(next(unbelieved, 9, true, 0.5, now - waited), `${wait} s`, `${waited / minute} minutes under way`);
    t.equal(next(unbelieved, 9, false, 0.5, now - waited), "43200 s", "anybody else as ever");
  }
  t.end();
});

test("who asks for time is given it, up to a day", (t) => {
  for (const [retryAfter, wanted] of [
    ["120", "120 s"],
    ["1", "30 s"],
    ["0", "30 s"],
    ["999999999", "86400 s"],
    ["Tue, 24 Nov 2026 10:05:00 GMT", "300 s"],
    ["Tue, 24 Nov 2026 09:05:00 GMT", "30 s"],
    ["Tue, 24 Nov 2099 09:05:00 GMT", "86400 s"],
    ["soon", "30 s"],
    ["-5", "30 s"],
    ["", "30 s"],
  ] as const)
    t.equal(next({ status: 429, retryAfter }), wanted, retryAfter);
  t.end();
});

test("after five failures, or one silence, a host is only probed, ever more rarely, until it answers or asks", (t) => {
  let state: Breaker = closed;
  for (const failure of [1, 2, 3, 4]) {
    state = breaker(state, "failed", now);
    t.equal(mayLeave(state, now), true, `after ${failure}`);
  }
  state = breaker(state, "failed", now);
  t.equal(mayLeave(state, now), false);
  t.equal(mayLeave(state, now + 29_999), false);
  t.equal(mayLeave(state, now + 30_000), true);
  for (const [after, wait] of [
    [30 * second, 30 * second],
    [30 * minute - 1, 30 * second],
    [30 * minute, 5 * minute],
    [day - 1, 5 * minute],
    [day, hour],
    [20 * day, hour],
  ] as const) {
    state = breaker(state, "failed", now + after);
    t.equal(mayLeave(state, now + after + wait - 1), false, `${after} later`);
    t.equal(mayLeave(state, now + after + wait), true, `${after} later`);
  }
  const silent = breaker(closed, "silent", now);
  t.same([mayLeave(silent, now + 29_999), mayLeave(silent, now + 30_000)], [false, true], "who does not answer at all is probed at once");
  for (const event of ["succeeded", "heard"] as const) t.same(breaker(state, event, now + 20 * day), closed, event);
  t.equal(mayLeave(breaker(breaker(state, "heard", now), "failed", now), now), true, "and five more are needed");
  t.end();
});

test("a retry always lies ahead, and a host is never left alone for more than an hour", (t) => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999 }),
      fc.integer({ min: 1, max: 100 }),
      fc.boolean(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.string(),
      (status, tries, sister, chance, retryAfter) => {
        const answer = afterAnswer({ status, retryAfter }, { tries, sister, since: now }, now, chance);
        return answer.then !== "retry" || (answer.at >= now + 24 * second && answer.at <= now + day);
      },
    ),
  );
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.constantFrom("failed", "failed", "failed", "silent", "succeeded", "heard"), fc.integer({ min: 0, max: 2 * day })),
        {
          maxLength: 60,
        },
      ),
      (events) => {
        let [state, at]: [Breaker, number] = [closed, now];
        return events.every(([event, later]) => {
          at += later;
          state = breaker(state, event, at);
          return mayLeave(state, at + hour) && (event === "failed" || event === "silent" || mayLeave(state, at));
        });
      },
    ),
  );
  t.end();
});
