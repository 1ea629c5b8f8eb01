// What several bylaws must be together, whatever each may be alone.
import { refuse, type Problems, type Refusal } from "../../platform/refusal.ts";
import { bylawRegister, type BylawKeyName } from "./bylaws.ts";
import { classes } from "./words.ts";
import type { Bylaws } from "../../platform/bylaw.ts";

export const problems = {
  "bylaws-disagree": { status: 422, says: "These rules do not go together: {because}.", rule: "rules that hold together" },
} as const satisfies Problems;

/** Every bylaw's value as it is written down. */
export type BylawValues = Readonly<Record<BylawKeyName, unknown>>;

/** Why these values cannot all be in force at once. */
export function objectionToValues(values: BylawValues): Refusal | undefined {
  const read = <K extends BylawKeyName>(key: K): Bylaws[K] => bylawRegister[key].schema.decode(values[key] as never) as Bylaws[K];
  const [first, second] = [read("vote.quorum"), read("vote.quorumSecond")];
  const because =
    (classes.some((class_) => second[class_] > first[class_]) && "vote.quorumSecond <= vote.quorum") ||
    (read("vote.openedMinimum") > read("vote.sealedMinimum") && "vote.openedMinimum <= vote.sealedMinimum") ||
    (Object.keys(read("board.seats")).some((key) => !read("vote.colleges").some((college) => college.key === key)) &&
      "board.seats names colleges of vote.colleges") ||
    (Number(read("treaty.exposure")) > Number(read("treaty.exposureTotal")) && "treaty.exposure <= treaty.exposureTotal") ||
    (read("member.trialMonths") > read("member.associateMonths") && "member.trialMonths <= member.associateMonths");
  return because ? refuse("bylaws-disagree", { because }) : undefined;
}
