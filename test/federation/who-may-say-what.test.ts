// Which activities each circle may send to which inbox, of which actor and about whose things.
import { test } from "tap";
import { allowanceOf, circles, inboxes, mayBeSaid, type Circle, type Inbox, type Said } from "@partcommune/federation/circle";

const atelier = "https://atelier.example";

test("who may say what at which door", (t) => {
  const [social, answers] = ["Delete Follow Move Undo Update", "Accept Reject"];
  const sorted = (...types: readonly string[]): string => types.join(" ").split(" ").filter(Boolean).toSorted().join(" ");
  const everything = sorted(social, answers, "Create Flag Join Leave Offer");
  const atOurs: Readonly<Partial<Record<Circle, Readonly<Partial<Record<Inbox, string>>>>>> = {
    public: { actor: sorted(social, "Offer"), jobs: social },
    neighbour: { actor: sorted(social, "Offer"), jobs: sorted(social, answers, "Create") },
    applicant: { actor: sorted(social, answers, "Offer"), jobs: social },
    sister: {
      actor: everything,
      jobs: everything,
      members: everything.replace("Follow ", ""),
      clients: everything.replace("Follow ", ""),
      shared: everything,
    },
  };
  const theirs = "https://filature.example";
  const [coop, anna] = [`${theirs}/actor`, `${theirs}/members/anna`];
  const said = (type: string, actor: string, inbox: Inbox): Said => {
    const id = `${theirs}/acts/1`;
    if (type === "Follow") return { id, type, actor, object: `${atelier}/${inbox === "shared" ? "jobs" : inbox}` };
    if (["Accept", "Reject", "Join", "Leave", "Flag"].includes(type)) return { id, type, actor, object: `${atelier}/acts/1` };
    return {
      id,
      type,
      actor,
      ...(type === "Offer" ? {} : { object: type === "Create" || type === "Undo" ? `${theirs}/things/1` : actor }),
    };
  };
  const types = [...everything.split(" "), "Announce", "Like", "Add", "Block", "constructor"];
  for (const circle of circles)
    for (const inbox of inboxes) {
      const heard = (actor: string): string =>
        types.filter((type) => mayBeSaid(said(type, actor, inbox), [circle], inbox, atelier)).join(" ");
      const wanted = atOurs[circle]?.[inbox] ?? "";
      t.equal(heard(coop), wanted, `${circle} at ${inbox}`);
      const ofCoops = circle === "sister" ? [] : circle === "applicant" && inbox === "actor" ? ["Accept", "Offer", "Reject"] : ["Offer"];
      t.equal(
        heard(anna),
        wanted
          .split(" ")
          .filter((type) => !ofCoops.includes(type))
          .join(" "),
        `one of its people, ${circle} at ${inbox}`,
      );
    }
  const change = { id: `${theirs}/acts/1`, type: "Update", actor: anna, object: `${theirs}/things/1` };
  for (const circle of circles)
    for (const inbox of inboxes) {
      const mayChange = circle === "sister" || (circle === "neighbour" && inbox === "jobs");
      t.equal(mayBeSaid(change, [circle], inbox, atelier), mayChange, `a thing is changed by ${circle} at ${inbox}`);
      t.notOk(mayBeSaid({ ...change, object: `${atelier}/things/1` }, [circle], inbox, atelier), "one of ours");
      t.notOk(mayBeSaid({ ...change, id: `${atelier}/acts/1` }, [circle], inbox, atelier), "in our name");
    }
  t.same(allowanceOf(["applicant", "neighbour", "public"]), { burst: 500, perSecond: 50 }, "of several, the most");
  t.ok(allowanceOf(["public"]).burst < 500);
  t.end();
});
