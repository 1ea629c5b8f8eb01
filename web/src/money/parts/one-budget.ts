// Which budget a page of money is about, as its address says: one, or all together.
import { useSearch } from "@tanstack/react-router";

type OneBudget = { readonly budget?: string };

/** What stands in an address; anything else is no budget. */
export const budgetIn = ({ budget }: Readonly<Record<string, unknown>>): OneBudget =>
  typeof budget === "string" && /^(first|[0-9a-f-]{36})$/.test(budget) ? { budget } : {};

export const useOneBudget = (): OneBudget => budgetIn(useSearch({ strict: false }));
