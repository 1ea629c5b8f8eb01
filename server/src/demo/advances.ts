// Somebody of the demo is paid in advance, twice: what they had some weeks ago their work has repaid, and what they ask for now waits for two treasurers.
import { askAdvance, readAdvances } from "@partcommune/shared/money/api";
import { moneyFrom } from "@partcommune/shared/platform/money";
import type { Instant } from "@partcommune/shared/platform/time";
import { onDay, type Agenda } from "./agenda.ts";
import type { Member } from "./people.ts";

const wanted = { amount: "200.00", currency: "EUR" };

/** Notes both, as far as their signed work allows. */
export function noteAdvances(agenda: Agenda, member: Member, until: Instant): void {
  for (const days of [-38, -1])
    agenda.note(onDay(until, days, 9), async () => {
      const { limit } = await member.does(readAdvances, {});
      if (moneyFrom(limit).minor >= moneyFrom(wanted).minor) await member.does(askAdvance, { amount: wanted });
    });
}
