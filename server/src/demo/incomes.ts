// The yearly report of what members were paid, in the demo: those who work say who they are for the tax office, all but the last of them, and each January a treasurer reports the year before.
import { readIncomeReport, reportIncome, setTaxpayer } from "@partcommune/shared/money/api/income-report";
import type { Instant } from "@partcommune/shared/platform/time";
import { onDay, type Agenda } from "./agenda.ts";
import { personOf, type House, type Member } from "./people.ts";
import type { Stage } from "./stage.ts";

/** Somebody with a birth date and a tax number that are nobody's. */
export async function knownToTaxOffice(stage: Stage, { board }: House, { name, member }: Member, number: number): Promise<void> {
  const [firstName = name, ...last] = name.split(" ");
  const person = await stage.trusted(name, await personOf(board, name));
  await person.does(setTaxpayer, {
    member,
    taxpayer: {
      kind: "individual",
      firstName,
      lastName: last.join(" ") || firstName,
      bornOn: `${1970 + number * 3}-0${1 + (number % 9)}-1${number % 9}`,
      taxNumber: String(number + 1).padStart(11, "0"),
    },
  });
}

/** Reports every year that ends in the story, without those who have not said who they are. */
export function noteIncomeReports(agenda: Agenda, { tess }: House, start: Instant, until: Instant): void {
  const [first, last] = [start, until].map((at) => Number(at.slice(0, 4))) as [number, number];
  for (let year = first; year < last; year += 1)
    agenda.note(onDay(`${year + 1}-01-20T00:00:00.000Z` as Instant, 0, 10), async () => {
      const { ready, leftOut } = await tess.does(readIncomeReport, { year });
      if (ready > 0) await tess.does(reportIncome, { year, leftOut });
    });
}
