// What a thread and its files hang on: a kind of thing and its id, as the live line names it too.
import type { Id } from "./id.ts";

/** Kinds of things that carry a thread. The domain that owns a kind says who may see and write there. */
export const subjectKinds = ["engagement", "proposal"] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** Whose threads few read: they see how far the others have come. Of what everybody may read nobody is told, nor kept, who did. */
export const isBetweenFew = (kind: SubjectKind): boolean => kind === "engagement";

/** Kinds of things that files hang on: the same, a member, whose receipts concern them and the treasury, and a line of the bank, whose bills concern the treasury. */
export const filedKinds = [...subjectKinds, "member", "bankLine"] as const;
export type FiledKind = (typeof filedKinds)[number];

export type Subject = { readonly subjectKind: SubjectKind; readonly subject: Id };
export type Filed = { readonly subjectKind: FiledKind; readonly subject: Id };

/** A subject as the live line calls it: `engagement:<id>`. */
export const topicOf = ({ subjectKind, subject }: Subject): `${SubjectKind}:${Id}` => `${subjectKind}:${subject}`;
