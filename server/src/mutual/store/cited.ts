// A rule that something obeyed, as it is told: its key, its version, and the vote behind it.
import type { z } from "zod";
import type { CitedBylaw } from "@partcommune/shared/mutual/api";
import type { VersionCited } from "../../governance/index.ts";

export const citedTold = ({ key, version, vote }: VersionCited): z.output<typeof CitedBylaw> => ({
  key,
  version,
  ...(vote === undefined ? {} : { vote }),
});
