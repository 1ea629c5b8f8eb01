// A second opinion on an invoice's legs, from decimal texts and fractions. It shares no line with the law, so that both must be right to agree.

/** An invoice as a person would write it down. */
export type Slip = {
  readonly price: string;
  readonly currency: string;
  readonly decimals: number;
  /** Per cent, as text: "21", "5.5". */
  readonly vatPercent: string;
  readonly feePercent: string;
  readonly splitPercent: Readonly<Record<string, string>>;
  /** Parts of the work by member. */
  readonly team: Readonly<Record<string, number>>;
};

type Fraction = { readonly over: bigint; readonly under: bigint };

const times = (one: Fraction, other: Fraction): Fraction => ({ over: one.over * other.over, under: one.under * other.under });
const less = (one: Fraction, other: Fraction): Fraction => ({
  over: one.over * other.under - other.over * one.under,
  under: one.under * other.under,
});
const isMore = (one: Fraction, other: Fraction): boolean => one.over * other.under > other.over * one.under;
const units = (whole: bigint): Fraction => ({ over: whole, under: 1n });

/** "5.5" as 55/10. */
function fraction(text: string): Fraction {
  const [whole = "0", rest = ""] = text.split(".");
  return { over: BigInt(whole + rest), under: BigInt(`1${"0".repeat(rest.length)}`) };
}

const percent = (text: string): Fraction => times(fraction(text), { over: 1n, under: 100n });

/** Adds a half and cuts off; where that hits an even half exactly, the odd result steps back. All amounts here are positive. */
function rounded(exact: Fraction): bigint {
  const twice = { over: exact.over * 2n + exact.under, under: exact.under * 2n };
  const up = twice.over / twice.under;
  const isTie = twice.over % twice.under === 0n;
  return isTie && up % 2n === 1n ? up - 1n : up;
}

/** Hands out units one by one, each to whoever is furthest behind what is due to them; of several, the first. */
function handedOut(whole: bigint, shares: readonly Fraction[]): readonly bigint[] {
  const due = shares.map((share) => times(units(whole), share));
  const given = due.map(({ over, under }) => over / under);
  let left = whole - given.reduce((sum, each) => sum + each, 0n);
  while (left > 0n) {
    let hungriest = 0;
    for (let at = 1; at < due.length; at += 1) {
      const behind = (who: number): Fraction => less(due[who] ?? units(0n), units(given[who] ?? 0n));
      if (isMore(behind(at), behind(hungriest))) hungriest = at;
    }
    given[hungriest] = (given[hungriest] ?? 0n) + 1n;
    left -= 1n;
  }
  return given;
}

/** The legs as lines `code +amount CUR` or `code −amount CUR`, without those of nothing. */
export function expectedLegs({ price, currency, decimals, vatPercent, feePercent, splitPercent, team }: Slip): readonly string[] {
  const net = BigInt(price.replace(".", ""));
  const vat = rounded(times(units(net), percent(vatPercent)));
  const fee = rounded(times(units(net), percent(feePercent)));
  const pots = Object.keys(splitPercent);
  const intoPots = handedOut(
    fee,
    pots.map((pot) => percent(splitPercent[pot] ?? "0")),
  );
  const members = Object.keys(team);
  const parts = Object.values(team).reduce((sum, part) => sum + part, 0);
  const work = members.map((member) => ({ over: BigInt(team[member] ?? 0), under: BigInt(parts) }));
  const [prices, fees] = [handedOut(net, work), handedOut(fee, work)];
  const lines: readonly (readonly [string, bigint])[] = [
    ["receivable:client:9", net + vat],
    ["vat:BE:due", -vat],
    ...members.map((member, at) => [`member:${member}:budget`, (fees[at] ?? 0n) - (prices[at] ?? 0n)] as const),
    ...pots.map((pot, at) => [`pot:${pot}`, -(intoPots[at] ?? 0n)] as const),
  ];
  return lines.filter(([, amount]) => amount !== 0n).map(([code, amount]) => `${code} ${written(amount, decimals)} ${currency}`);
}

function written(amount: bigint, decimals: number): string {
  const sign = amount < 0n ? "−" : "+";
  const digits = String(amount)
    .replace("-", "")
    .padStart(decimals + 1, "0");
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, digits.length - decimals)}.${digits.slice(digits.length - decimals)}`;
}
