// A no, told whole, and beside it the way to a person where a rule spoke.
import { readSession } from "@partcommune/shared/platform/api";
import type { askPerson } from "@partcommune/shared/platform/api/review";
import type { AskedOf } from "@partcommune/shared/platform/endpoint";
import type { ProblemBody } from "@partcommune/shared/platform/refusal";
import { useWanted } from "../platform/call.tsx";
import { AskPerson } from "./ask-person.tsx";
import { nameOf, RefusalWords } from "./refusal-words.tsx";

export { faultAt } from "./refusal-words.tsx";

export function Refusal({ problem }: { readonly problem: ProblemBody | undefined }) {
  const { person } = useWanted(readSession, {});
  if (!problem) return undefined;
  const { instance, facts } = problem;
  return (
    <div className="refused">
      <RefusalWords problem={problem} />
      {person && problem.review ? (
        <AskPerson key={instance} about={{ refusal: nameOf(problem), instance, facts: facts as Figures }} />
      ) : undefined}
    </div>
  );
}

type Figures = AskedOf<typeof askPerson>["facts"];
