// The month that an address asks for.
/** The month as a door takes it; without one, the last in which something moved. */
export const monthIn = ({ month }: Readonly<Record<string, unknown>>): { readonly month?: string } =>
  typeof month === "string" && /^20\d\d-(0[1-9]|1[0-2])$/.test(month) ? { month } : {};
