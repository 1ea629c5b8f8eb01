// The lists an operator can read in, with what holds each from above the domain that owns it.
import { importedJobs, workHolds } from "../marketplace/index.ts";
import { importedClients, importedEmployments, importedMembers } from "../membership/index.ts";
import type { Importable, ImportKind } from "../platform/imports/kind.ts";

const clients: Importable = {
  ...importedClients,
  holds: async (scope, client, run) => (await workHolds(scope, client)) ?? importedClients.holds(scope, client, run),
};

const kinds: Readonly<Record<ImportKind, Importable>> = {
  clients,
  members: importedMembers,
  employments: importedEmployments,
  jobs: importedJobs,
};

export const kindOf = (name: ImportKind): Importable => kinds[name];
