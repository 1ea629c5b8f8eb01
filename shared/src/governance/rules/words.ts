// The words of a vote that bylaws speak of, in the order in which they are read.

/** How grave a decision is. Ordinary: more than half. Important: two thirds. Constitutional: two thirds in every college, twice. */
export const classes = ["ordinary", "important", "constitutional"] as const;
export type BylawClass = (typeof classes)[number];
export type PerClass<Value> = Readonly<Record<BylawClass, Value>>;

/** The groups that may vote. `members`: associates. `clients`: one owner of each organisation that paid an invoice of late. `staff`: who works for the coop by a role. */
export const colleges = ["members", "clients", "staff"] as const;
export type College = (typeof colleges)[number];

/** What votes are about, as the bylaw of secret ballots names it. */
export const voteKinds = ["persons", "bylawImportant", "bylawConstitutional", "budget", "treaty"] as const;
export type VoteKind = (typeof voteKinds)[number];
