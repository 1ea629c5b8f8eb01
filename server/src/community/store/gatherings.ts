// Gatherings in SQL: called, changed, cancelled, and the places in them.
import { gatheringTable, type GatheringHeld, type GatheringKind, type GatheringState } from "@partcommune/shared/community/rules/gathering";
import type { Id } from "@partcommune/shared/platform/id";
import { afterVerb } from "@partcommune/shared/platform/table";
import type { Instant } from "@partcommune/shared/platform/time";
import type { Scope } from "../../platform/scope.ts";

export type Words = {
  readonly title: string;
  readonly text: string;
  readonly language: string;
  readonly zone: string;
  readonly from: Instant;
  readonly until: Instant;
  readonly place?: string;
  readonly link?: string;
  readonly access: string;
  readonly capacity?: number;
};

/** A gathering as its verbs meet it. */
export type Held = GatheringHeld & {
  readonly id: Id;
  readonly capacity: number | undefined;
  readonly taken: number;
};

/** A gathering, held until the act ends: whoever wants one of its places comes after. */
export async function heldGathering({ tx }: Scope, id: Id): Promise<Held | undefined> {
  const row = await tx
    .selectFrom("community.gathering")
    .select(["id", "kind", "state", "from_at", "until_at", "place", "link", "capacity", "taken", "called_by"])
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      kind: row.kind as GatheringKind,
      state: row.state as GatheringState,
      from: row.from_at,
      until: row.until_at,
      place: row.place ?? undefined,
      link: row.link ?? undefined,
      capacity: row.capacity ?? undefined,
      taken: row.taken,
      calledBy: row.called_by,
    }
  );
}

const columnsOf = ({ from, until, place, link, capacity, ...words }: Words) => ({
  ...words,
  from_at: from,
  until_at: until,
  place: place ?? null,
  link: link ?? null,
  capacity: capacity ?? null,
});

/** Calls it, by this person. */
export async function saveGathering({ tx, now, id: newId }: Scope, person: Id, kind: GatheringKind, words: Words): Promise<Id> {
  const id = newId();
  const state = afterVerb(gatheringTable, "none" as GatheringState, "call");
  await tx
    .insertInto("community.gathering")
    .values({ id, kind, ...columnsOf(words), called_by: person, state, called_at: now, changed_at: now })
    .execute();
  return id;
}

/** Keeps other words as its next version. False when it is not at the version that was shown. */
export async function saveChange({ tx, now }: Scope, id: Id, shown: bigint, words: Words): Promise<boolean> {
  const saved = await tx
    .updateTable("community.gathering")
    .set({ ...columnsOf(words), version: shown + 1n, changed_at: now })
    .where("id", "=", id)
    .where("version", "=", shown)
    .executeTakeFirst();
  return saved.numUpdatedRows === 1n;
}

/** Cancels it. Calendars that took it along are told by its version. */
export async function saveCancelling({ tx, now }: Scope, id: Id, from: GatheringState, because: string): Promise<boolean> {
  const saved = await tx
    .updateTable("community.gathering")
    .set((eb) => ({
      state: afterVerb(gatheringTable, from, "cancel"),
      cancelled_because: because,
      version: eb("version", "+", 1n),
      changed_at: now,
    }))
    .where("id", "=", id)
    .where("state", "=", from)
    .executeTakeFirst();
  return saved.numUpdatedRows === 1n;
}

/** Takes so many places, or gives them back. False when there are not so many. */
export async function takePlaces({ tx }: Scope, id: Id, places: number): Promise<boolean> {
  const taken = await tx
    .updateTable("community.gathering")
    .set((eb) => ({ taken: eb("taken", "+", places) }))
    .where("id", "=", id)
    .where((eb) => eb.or([eb("capacity", "is", null), eb(eb("taken", "+", places), "<=", eb.ref("capacity"))]))
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n;
}
