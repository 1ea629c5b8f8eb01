// What can be read in from a list: each kind is told by the domain that owns it, and enters by the domain's own verbs.
import type { z } from "zod";
import type { Id } from "@partcommune/shared/platform/id";
import type { Scope } from "../scope.ts";

export const importKinds = ["clients", "members", "employments", "jobs"] as const;
export type ImportKind = (typeof importKinds)[number];

/** What a row became. Not `brought`: it was here before. */
export type Brought = { readonly subject: Id; readonly brought: boolean };

/** How a row is brought: whether people are written to, so that they can come in. */
export type Bringing = { readonly invite: boolean };

export type Importable<Row extends z.ZodObject = z.ZodObject> = {
  readonly kind: ImportKind;
  readonly row: Row;
  /** What a row is known by: the same key again adds nothing. */
  readonly keyOf: (row: z.output<Row>) => string;
  /** Brings a row in by the domain's verbs, or refuses like them. */
  readonly bring: (scope: Scope, row: z.output<Row>, how: Bringing) => Promise<Brought>;
  /** The column that a rule's refusal speaks of. */
  readonly columnOf: Readonly<Record<string, string>>;
  /** Why what a run brought cannot be taken back any more. */
  readonly holds: (scope: Scope, subject: Id, run: Id) => Promise<string | undefined>;
  /** Takes it back by the domain's verbs. */
  readonly takeBack: (scope: Scope, subject: Id, run: Id) => Promise<void>;
};

/** Keeps the types of a kind together while several stand in one list. */
export const importable = <Row extends z.ZodObject>(declared: Importable<Row>): Importable => declared;
