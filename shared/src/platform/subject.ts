// What a thread and its files hang on: a kind of thing and its id, as the live line names it too.
import type { Id } from "./id.ts";

/** Kinds of things that carry a thread. The domain that owns a kind says who may see and write there. */
export const subjectKinds = ["engagement"] as const;
export type SubjectKind = (typeof subjectKinds)[number];

export type Subject = { readonly subjectKind: SubjectKind; readonly subject: Id };

/** A subject as the live line calls it: `engagement:<id>`. */
export const topicOf = ({ subjectKind, subject }: Subject): `${SubjectKind}:${Id}` => `${subjectKind}:${subject}`;
