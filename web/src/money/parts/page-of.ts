// How much of a list a screen of money asks for at once: the most there is, the newest first.
export const pageOf = { limit: 200 } as const;
