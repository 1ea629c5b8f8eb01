// Minutes in SQL: their text, who signs it, what was added.
import type { readMinutes } from "@partcommune/shared/community/api";
import type { SignedPart } from "@partcommune/shared/community/rules/minutes";
import type { AnswerOf, InputOf } from "@partcommune/shared/platform/endpoint";
import type { Id } from "@partcommune/shared/platform/id";
import type { Instant } from "@partcommune/shared/platform/time";
import { found } from "../../platform/refused.ts";
import type { Scope, View } from "../../platform/scope.ts";

export async function saveMinutes({ tx, now }: Scope, gathering: Id, text: string, hash: string): Promise<void> {
  await tx.insertInto("community.minutes").values({ gathering, text, hash, at: now }).execute();
}

export async function minutesOf(
  { db }: Pick<View, "db">,
  gathering: Id,
): Promise<{ readonly text: string; readonly hash: string } | undefined> {
  return db.selectFrom("community.minutes").select(["text", "hash"]).where("gathering", "=", gathering).executeTakeFirst();
}

export type Signer = { readonly person: Id; readonly part: SignedPart; readonly at?: Instant };

/** The chair and the two tellers, with when each signed. */
export async function signersOf({ db }: Pick<View, "db">, gathering: Id): Promise<readonly Signer[]> {
  const chair = await db.selectFrom("community.assembly").select("chair").where("gathering", "=", gathering).executeTakeFirst();
  const tellers = await db.selectFrom("community.teller").select("person").where("gathering", "=", gathering).orderBy("place").execute();
  const signed = await db.selectFrom("community.minutes_signature").select(["person", "at"]).where("gathering", "=", gathering).execute();
  const signer = (person: Id, part: SignedPart): Signer => {
    const at = signed.find((each) => each.person === person)?.at;
    return { person, part, ...(at ? { at } : {}) };
  };
  // Who was drawn as a teller and took the chair later signs once.
  return [
    ...(chair ? [signer(chair.chair, "chair")] : []),
    ...tellers.filter(({ person }) => person !== chair?.chair).map(({ person }) => signer(person, "teller")),
  ];
}

export const isSigned = (signers: readonly Signer[]): boolean => signers.every(({ at }) => at !== undefined);

/** That somebody chaired an assembly or was drawn to watch it. */
const signerOf = ({ db }: Pick<View, "db">, gathering: Id, person: Id | undefined) =>
  db
    .selectFrom("community.assembly")
    .select("gathering")
    .where("gathering", "=", gathering)
    .where("chair", "=", person ?? null)
    .union(
      db
        .selectFrom("community.teller")
        .select("gathering")
        .where("gathering", "=", gathering)
        .where("person", "=", person ?? null),
    );

/** Keeps a signature. True for exactly one of several at once. */
export async function saveSignature({ tx, now }: Scope, gathering: Id, person: Id, part: SignedPart): Promise<boolean> {
  const saved = await tx
    .insertInto("community.minutes_signature")
    .values({ gathering, person, part, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return saved.numInsertedOrUpdatedRows === 1n;
}

export async function saveAddendum({ tx, now, id: newId }: Scope, gathering: Id, person: Id, text: string): Promise<Id> {
  const id = newId();
  await tx.insertInto("community.addendum").values({ id, gathering, person, text, at: now }).execute();
  return id;
}

/** The minutes as members read them, and whoever signs them. */
export async function minutesPage(view: View, { gathering }: InputOf<typeof readMinutes>): Promise<AnswerOf<typeof readMinutes>> {
  const { db, actor } = view;
  const reader = actor.kind === "person" ? actor : undefined;
  const isMember = reader?.member !== undefined;
  const { zone, ...minutes } = found(
    await db
      .selectFrom("community.minutes as minutes")
      .innerJoin("community.gathering as gathering", "gathering.id", "minutes.gathering")
      .select(["minutes.text", "hash", "zone"])
      .where("minutes.gathering", "=", gathering)
      .where((eb) => eb.or([eb.val(isMember), eb.exists(signerOf(view, gathering, reader?.person))]))
      .executeTakeFirst(),
  );
  const signers = await signersOf(view, gathering);
  const addenda = await db
    .selectFrom("community.addendum")
    .select(["id", "person", "text", "at"])
    .where("gathering", "=", gathering)
    .orderBy("at")
    .orderBy("id")
    .execute();
  const names = await view.people([...new Set([...signers, ...addenda].map(({ person }) => person))]);
  const nameOf = (person: Id): string => names.get(person)?.name ?? "";
  const mine = signers.find((signer) => signer.person === reader?.person);
  return {
    ...minutes,
    zone,
    state: isSigned(signers) ? "signed" : "drafted",
    signatures: signers.map(({ person, part, at }) => ({ name: nameOf(person), part, ...(at ? { at } : {}) })),
    addenda: addenda.map(({ person, ...said }) => ({ ...said, name: nameOf(person) })),
    mine: { maySign: mine !== undefined && mine.at === undefined, mayAdd: mine !== undefined },
  };
}
