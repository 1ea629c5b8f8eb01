// The papers of an election as a machine holds a million of them: rankings in one array, each paper with its place in its ranking, its
// value, and the pile it lies on. Sums stay below 2^53, so that doubles hold them exactly.
/** A whole vote: values have five decimals, so all is reckoned in hundred-thousandths. */
export const unit = 100_000;

const none = 255;

export class Papers {
  /** Valid papers: those that rank somebody. */
  readonly valid: number;
  /** What lies on each candidate's pile, in hundred-thousandths of a vote. */
  readonly votes: number[];
  exhausted = 0;
  readonly #width: number;
  readonly #ranked: Uint8Array;
  readonly #place: Uint8Array;
  readonly #value: Uint32Array;
  readonly #piles: number[][];

  constructor(rankings: readonly (readonly string[])[], candidates: readonly string[]) {
    const numberOf = new Map(candidates.map((key, at) => [key, at]));
    const valid = rankings.filter(({ length }) => length > 0);
    this.valid = valid.length;
    this.#width = candidates.length;
    this.#ranked = new Uint8Array(valid.length * candidates.length).fill(none);
    this.#place = new Uint8Array(valid.length);
    this.#value = new Uint32Array(valid.length).fill(unit);
    this.#piles = candidates.map(() => []);
    this.votes = candidates.map(() => 0);
    for (const [paper, ranking] of valid.entries())
      for (const [place, key] of ranking.entries()) this.#ranked[paper * this.#width + place] = numberOf.get(key) ?? none;
    for (let paper = 0; paper < valid.length; paper += 1) this.#lay(paper, this.#ranked[paper * this.#width] ?? none);
  }

  #lay(paper: number, on: number): void {
    const value = this.#value[paper] ?? 0;
    if (on === none) this.exhausted += value;
    else {
      this.#piles[on]?.push(paper);
      this.votes[on] = (this.votes[on] ?? 0) + value;
    }
  }

  /** Moves every paper of a pile to the next candidate on it who still takes papers, at a value made of its own. What moved in all. */
  move(from: number, worth: (value: number) => number, open: readonly boolean[]): number {
    const pile = this.#piles[from] ?? [];
    this.#piles[from] = [];
    const parts = new Map<number, number>();
    let moved = 0;
    for (const paper of pile) {
      const value = this.#value[paper] ?? 0;
      const part = parts.get(value) ?? worth(value);
      parts.set(value, part);
      this.#value[paper] = part;
      moved += part;
      this.#lay(paper, this.#next(paper, open));
    }
    return moved;
  }

  #next(paper: number, open: readonly boolean[]): number {
    const start = paper * this.#width;
    for (let place = (this.#place[paper] ?? 0) + 1; place < this.#width; place += 1) {
      const candidate = this.#ranked[start + place] ?? none;
      if (candidate === none) break;
      if (open[candidate]) {
        this.#place[paper] = place;
        return candidate;
      }
    }
    return none;
  }
}
