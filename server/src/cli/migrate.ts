// The schema of this version.
import { queues } from "../app.ts";
import { migrate } from "../platform/migrate.ts";
import { onDatabase } from "./database.ts";

/** Brings the database forward to it, as the owner of its tables. */
export const toThisVersion = (): Promise<void> => onDatabase((_, ownerUrl) => migrate(ownerUrl, queues));
