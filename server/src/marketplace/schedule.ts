// The marketplace's door for the clock.
import { z } from "zod";
import { IdText, Nothing } from "@partcommune/shared/platform/api";
import { duty, type Duty } from "../platform/domain.ts";
import { closeJob } from "./actions/jobs.ts";
import { jobsToClose } from "./store/jobs.ts";

export const duties: readonly Duty[] = [
  duty({
    verb: { name: "job.close", input: z.strictObject({ job: IdText, client: IdText }), answer: Nothing, status: 200 },
    due: async (view) =>
      (await jobsToClose(view)).map(({ id, client, bidsUntil }) => ({ key: `${id}:${bidsUntil}`, input: { job: id, client } })),
    act: closeJob,
  }),
];
