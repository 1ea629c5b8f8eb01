// The grounds on which two people may say that a text is not for a vote.

/** On what a text may be kept from a vote, and on nothing else. */
export const grounds = ["unclear", "unlawful", "beyondTheCoop", "alreadyDecided"] as const;
