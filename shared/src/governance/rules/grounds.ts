// The grounds on which a text is kept from a vote, and those on which a vote is contested.

/** On what two people may say that a text is not for a vote, and on nothing else. */
export const grounds = ["unclear", "unlawful", "beyondTheCoop", "alreadyDecided"] as const;

/** What may be wrong with a vote that was counted. */
export const contestGrounds = ["roll", "text", "secrecy", "count", "competence"] as const;
export type ContestGround = (typeof contestGrounds)[number];
