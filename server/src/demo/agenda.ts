// What will happen in the demo, by its instant: the story writes it down in any order, and it is done in order of time.
import { later, type Instant } from "@partcommune/shared/platform/time";
import type { Stage } from "./stage.ts";

export type Deed = () => Promise<void>;
export type Agenda = {
  /** Notes a deed; deeds of the same instant are done in the order they were noted. */
  readonly note: (at: Instant, deed: Deed) => void;
  readonly run: (stage: Stage, until: Instant) => Promise<void>;
};

const hourMs = 3_600_000;

/** So many days after an instant, at so many hours. */
export const onDay = (from: Instant, days: number, hours: number): Instant => later(from, days * 24 * hourMs + hours * hourMs);

export function openAgenda(): Agenda {
  const noted: { readonly at: Instant; readonly deed: Deed }[] = [];
  return {
    note: (at, deed) => {
      const place = noted.findLastIndex((other) => other.at <= at);
      noted.splice(place + 1, 0, { at, deed });
    },
    run: async (stage, until) => {
      for (let next = noted.shift(); next && next.at <= until; next = noted.shift()) {
        stage.goTo(next.at);
        await next.deed();
        await stage.settle();
      }
      stage.goTo(until);
    },
  };
}
