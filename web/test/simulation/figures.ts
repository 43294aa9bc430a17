const width = 0.25;
const bins = 40_000;

/** Figures of one kind, in a histogram with quarters of a millisecond, up to ten seconds. */
export class Figures {
  readonly #counts = new Uint32Array(bins + 1);
  #count = 0;
  #highest = 0;

  add(value: number): void {
    this.#counts[Math.min(Math.floor(value / width), bins)]! += 1;
    this.#count += 1;
    this.#highest = Math.max(this.#highest, value);
  }

  get count(): number {
    return this.#count;
  }

  get highest(): number {
    return this.#highest;
  }

  /** The value that this share did not exceed. */
  percentile(percent: number): number {
    const rank = Math.ceil((percent / 100) * this.#count);
    let seen = 0;
    for (let bin = 0; bin < bins; bin++) {
      seen += this.#counts[bin]!;
      if (seen >= rank && seen > 0) {
        return (bin + 1) * width;
      }
    }

    return this.#highest;
  }

  toString(): string {
    const shown = [50, 90, 99].map((percent) => `p${percent} ${this.percentile(percent).toFixed(1)}`);
    return `${shown.join('  ')}  highest ${this.#highest.toFixed(1)}  (${this.#count})`;
  }
}
