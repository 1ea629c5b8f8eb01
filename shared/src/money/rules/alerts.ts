// When money says something to an adviser about a member.

/** Without approved work for so many days. */
export const noIncomeDays = 60;

/** A client so many days past the last day to pay. */
export const clientLateDays = 15;
