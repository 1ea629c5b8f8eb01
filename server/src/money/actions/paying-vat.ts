// VAT as a line of the bank: paid to the state for a time that is closed, or back from it.
import { legsOfPayoutSettled } from "@partcommune/shared/money/rules/legs";
import { legsOfVatPaid, legsOfVatRefunded, objectionToVat, type VatLine } from "@partcommune/shared/money/rules/vat-return";
import type { Money } from "@partcommune/shared/platform/money";
import type { Refusal } from "@partcommune/shared/platform/refusal";
import type { Day } from "@partcommune/shared/platform/time";
import { found, refuseIf } from "../../platform/refused.ts";
import type { Scope } from "../../platform/scope.ts";
import type { Line } from "../store/bank-lines.ts";
import { bookIn } from "../store/closing.ts";
import { post } from "../store/ledger.ts";
import { vatOpen } from "../store/vat.ts";
import { bankName, entryOf, orderedAndPaid } from "./line-entry.ts";

/** Why an amount does not settle VAT until a day. */
export async function objectionToSettlingVat(scope: Scope, kind: VatLine, amount: Money, until: Day): Promise<Refusal | undefined> {
  const { open, closedUntil } = await standing(scope, until);
  return objectionToVat(kind, amount, open, closedUntil);
}

async function standing({ tx }: Scope, until: Day) {
  const book = found(await bookIn(tx));
  return { ...book, open: await vatOpen(tx, book, until) };
}

/** Both sides of VAT until a day are settled; what is open is asked once more. */
export async function bookVat(scope: Scope, line: Line, until: Day): Promise<void> {
  const { amount } = line;
  const kind = line.kind === "vatRefunded" ? "vatRefunded" : "vatPaid";
  const { country, closedUntil, open } = await standing(scope, until);
  refuseIf(objectionToVat(kind, amount, open, closedUntil));
  await post(
    scope,
    kind === "vatRefunded"
      ? [entryOf(line, "vat.paid", legsOfVatRefunded(country, open, amount, bankName))]
      : orderedAndPaid(
          line,
          { kind: "vat.paid", legs: legsOfVatPaid(country, open, amount) },
          entryOf(line, "payout.settled", legsOfPayoutSettled(bankName, amount)),
        ),
  );
}
