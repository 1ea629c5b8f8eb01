// What the doctor asks of the book.
import { found, type Examination } from "../../platform/doctor/examination.ts";
import { missingYears } from "../store/years.ts";

/** The clock opens a year two years ahead, so one that is missing says that no clock has run for long. */
export const book: readonly Examination[] = [
  {
    matter: "years of the book",
    look: async ({ db, now }) => {
      const years = await missingYears({ db }, now);
      return years.length === 0
        ? []
        : [
            found(
              `The book has no table for ${years.join(", ")}, and takes no entry of such a year. A server that runs makes it within a minute.`,
            ),
          ];
    },
  },
];
