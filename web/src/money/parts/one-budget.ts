// Which budget a page of money is about, as its address says: one, or all together. What is no budget's id counts as none.
export const budgetIn = ({ budget }: { readonly budget?: unknown }): { readonly budget?: string } =>
  /^(first|[\da-f-]{36})$/.test(String(budget)) ? { budget: String(budget) } : {};
