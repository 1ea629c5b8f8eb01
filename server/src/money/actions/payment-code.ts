// The square code of a transfer, drawn: the same on the paper and on the page.
import { renderSVG } from "uqr";
import type { readInvoice } from "@partcommune/shared/money/api";
import type { InvoicePaper } from "@partcommune/shared/money/rules/invoice";
import { paymentCodeOf } from "@partcommune/shared/money/rules/payment-code";
import type { AnswerOf } from "@partcommune/shared/platform/endpoint";
import { minus } from "@partcommune/shared/platform/money";
import type { File } from "../../platform/doors.ts";
import { found } from "../../platform/refused.ts";

// EPC069-12 asks for level M, and scanners for four quiet squares around.
export const drawn = (code: string): string => renderSVG(code, { ecc: "M", border: 4, pixelSize: 4 });

/** Draws what is still to be paid of an invoice. */
export async function drawPaymentCode({ number, frozen, gross, credited, paid }: AnswerOf<typeof readInvoice>): Promise<File> {
  const code = found(paymentCodeOf(JSON.parse(frozen) as InvoicePaper, minus(minus(gross, credited), paid)));
  return { name: `${number}.svg`, bytes: new TextEncoder().encode(drawn(code)) };
}
