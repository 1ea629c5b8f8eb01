// Money's door for the clock: every minute the book is sealed, and what was set aside too long is free again, and what members set aside and nobody spent goes back, and late clients are written to; years are opened long before they begin.
import { z } from "zod";
import { IdText } from "@partcommune/shared/platform/api";
import { duty, type Duty, type Lane } from "../platform/domain.ts";
import { viewOf, type View } from "../platform/scope.ts";
import { dunInvoice, toDun } from "./actions/dunning.ts";
import { expireHolds } from "./actions/expire-holds.ts";
import { closePurpose } from "./actions/purposes.ts";
import { reckoningLane } from "./actions/reckoning.ts";
import { sealEntries } from "./actions/seal.ts";
import { expiredHolds } from "./store/holds.ts";
import { purposesToClose } from "./store/purposes.ts";
import { newestUnsealed } from "./store/seal.ts";
import { missingYears, openYear } from "./store/years.ts";

export const lanes: readonly Lane[] = [reckoningLane];

const Count = z.object({ count: z.int() });

/** Once a minute at most, and only while there is something to do. */
const thisMinute = ({ now }: View, what: string | undefined) =>
  what === undefined ? [] : [{ key: `${now.slice(0, 16)}:${what}`, input: {} }];

export const duties: readonly Duty[] = [
  duty({
    verb: { name: "invoice.dun", input: z.strictObject({ invoice: IdText }), answer: z.object({}), status: 200 },
    due: async (view) => (await toDun(view)).map(({ invoice, steps }) => ({ key: `${invoice}:${steps + 1}`, input: { invoice } })),
    act: dunInvoice,
  }),
  duty({
    verb: { name: "ledger.seal", input: z.strictObject({}), answer: Count, status: 200 },
    due: async (view) => thisMinute(view, (await newestUnsealed(view))?.toString()),
    act: async (scope) => ({ count: (await sealEntries(scope)).sealed }),
  }),
  duty({
    verb: { name: "hold.expire", input: z.strictObject({}), answer: Count, status: 200 },
    due: async (view) => thisMinute(view, (await expiredHolds(view, 1))[0]),
    act: async (scope) => ({ count: await expireHolds(scope) }),
  }),
  duty({
    verb: { name: "purpose.close", input: z.strictObject({ purpose: IdText }), answer: z.object({}), status: 200 },
    due: async (view) => (await purposesToClose(view)).map((purpose) => ({ key: purpose, input: { purpose } })),
    act: closePurpose,
  }),
  duty({
    verb: { name: "ledger.openYear", input: z.strictObject({ year: z.int() }), answer: z.object({}), status: 200 },
    due: async (view) => (await missingYears(view, view.now)).map((year) => ({ key: String(year), input: { year } })),
    act: async (scope, { year }) => {
      await openYear(viewOf(scope), year);
      return {};
    },
  }),
];
