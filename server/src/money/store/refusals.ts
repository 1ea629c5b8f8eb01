// What the book's error codes mean to people.
import { moneyText } from "@partcommune/shared/platform/money";
import { refuse, type Refusal } from "@partcommune/shared/platform/refusal";
import { Refused } from "../../platform/refused.ts";

const refusals: Readonly<Record<string, string>> = {
  PC009: "idempotency-mismatch",
  PC010: "not-enough",
  PC011: "pot-floor",
  PC012: "account-closed",
  PC013: "period-closed",
  PC014: "over-reversed",
  PC015: "hold-ended",
  PC016: "account-not-empty",
};

type DatabaseError = { readonly code: string; readonly detail?: string };

const isDatabaseError = (error: unknown): error is DatabaseError =>
  typeof error === "object" && error !== null && "code" in error && typeof error.code === "string";

/** The refusal an error of the book stands for. Everything else is a fault of ours, and a conflict of transactions is never "not enough". */
export function ledgerRefusal(error: unknown): Refusal | undefined {
  if (!isDatabaseError(error)) return undefined;
  const type = refusals[error.code];
  return type === undefined ? undefined : refuse(type, factsOf(error.detail));
}

/** Runs a call of the book and turns its refusals into ours. */
export async function refusing<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    const refusal = ledgerRefusal(error);
    throw refusal ? new Refused(refusal) : error;
  }
}

function factsOf(detail: string | undefined): Readonly<Record<string, unknown>> {
  if (!detail?.startsWith("{")) return {};
  const { short, currency, ...facts } = JSON.parse(detail) as { short?: string; currency?: string };
  return short === undefined || currency === undefined ? facts : { ...facts, short: moneyText({ minor: BigInt(short), currency }) };
}
