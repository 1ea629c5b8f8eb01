// How much a server may say: a bucket for each, which fills with time. Only what was proved to come from it takes from its bucket, so that nobody empties another's.

/** So many at once when it was quiet for long, and so many a second after that. */
export type Allowance = { readonly burst: number; readonly perSecond: number };

export interface Rates {
  /** Milliseconds until this server may say one thing more; 0 when it may now. */
  waitMs(origin: string, allowance: Allowance, now: number): number;
  /** Takes one from its bucket. */
  take(origin: string, allowance: Allowance, now: number): void;
}

const mostServers = 10_000;

/** Buckets in memory: a full one is as good as none, and of too many the one that was left alone longest goes. */
export function openRates(): Rates {
  const levels = new Map<string, { readonly left: number; readonly at: number }>();
  const leftOf = (origin: string, { burst, perSecond }: Allowance, now: number): number => {
    const known = levels.get(origin);
    return known ? Math.min(burst, known.left + (Math.max(0, now - known.at) * perSecond) / 1000) : burst;
  };
  return {
    waitMs: (origin, allowance, now) => Math.ceil((Math.max(0, 1 - leftOf(origin, allowance, now)) * 1000) / allowance.perSecond),
    take: (origin, allowance, now) => {
      const left = leftOf(origin, allowance, now) - 1;
      levels.delete(origin);
      levels.set(origin, { left, at: now });
      const [longestAlone] = levels.keys();
      if (levels.size > mostServers && longestAlone !== undefined) levels.delete(longestAlone);
    },
  };
}
