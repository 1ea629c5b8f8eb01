// A list of skills is read in: what is new, what changed, what is gone. Twice the same list changes nothing.
import type { Action } from "../../platform/scope.ts";
import * as store from "../store/skill-import.ts";
import type { Esco } from "./read-esco.ts";

export type Imported = {
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  readonly labels: number;
  readonly links: number;
};

/** Writes what was read, all of it or nothing; `dry` counts and leaves the list as it is. */
export const importEsco =
  (
    { concepts, links }: Pick<Esco, "concepts" | "links">,
    dry: boolean,
    told: (line: string) => void,
  ): Action<{ source: string }, Imported> =>
  async (scope, { source }) => {
    await store.stage(scope, [...concepts.values()], links, told);
    const counted = await store.difference(scope);
    const changes = counted.added + counted.changed + counted.gone + counted.links;
    if (dry || changes === 0) return counted;
    await store.merge(scope);
    const { added, changed, gone } = counted;
    scope.emit({ type: "skills.imported", subject: scope.id(), body: { source, added, changed, gone }, about: ["skills"] });
    return counted;
  };
