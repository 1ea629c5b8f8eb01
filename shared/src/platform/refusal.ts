// Why something may not be done: one shape for rules, server and browser.

/** A rule's no. `type` names the problem page, the other values are its figures, shown to the person. */
export type Refusal = { readonly type: string; readonly facts: Readonly<Record<string, unknown>> };

/** What every refusal of a name has in common: its HTTP status and the sentence for people, with {placeholders} for its facts. */
export type Problem = {
  readonly status: number;
  readonly says: string;
  readonly rule?: string;
  readonly changedBy?: string;
  /** Whoever was refused settles it alone, as by proving who they are: there is nothing for another person to decide. */
  readonly settledAlone?: true;
};

export type Problems = Readonly<Record<string, Problem>>;

/** Whether a person can be asked about it: a rule spoke, and it spoke about what somebody may do. */
export const isReviewable = ({ rule, settledAlone }: Problem): boolean => rule !== undefined && settledAlone !== true;

/** A refusal for a rule to return. */
export const refuse = (type: string, facts: Readonly<Record<string, unknown>> = {}): Refusal => ({ type, facts });

/** A value that broke the shape asked for: where (JSON pointer, RFC 6901) and why. */
export type Fault = { readonly pointer: string; readonly says: string };

/** The body of every `application/problem+json` answer (RFC 9457). */
export type ProblemBody = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly errors?: readonly Fault[];
  readonly rule?: string;
  readonly changedBy?: string;
  /** Where a person can be asked about it. */
  readonly review?: string;
  readonly facts: Readonly<Record<string, unknown>>;
};

/** The sentence of a problem with its facts filled in. A fact that is absent stays as its name, so that nothing reads "undefined". */
export function sentence(says: string, facts: Readonly<Record<string, unknown>>): string {
  return says.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (facts[name] === undefined ? whole : words(facts[name])));
}

function words(fact: unknown): string {
  if (typeof fact === "object" && fact !== null && "amount" in fact && "currency" in fact)
    return `${String(fact.amount)} ${String(fact.currency)}`;
  return Array.isArray(fact) ? fact.join(", ") : String(fact);
}
