interface Entry {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

/** What will happen, in the order of virtual time: a binary heap. */
export class Agenda {
  readonly #heap: Entry[] = [];
  #order = 0;
  #now = 0;

  /** True time in milliseconds. */
  get now(): number {
    return this.#now;
  }

  at(time: number, run: () => void): void {
    this.#heap.push({ at: Math.max(time, this.#now), order: this.#order++, run });
    let child = this.#heap.length - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#isBefore(child, parent)) {
        return;
      }

      this.#swap(child, parent);
      child = parent;
    }
  }

  runUntil(end: number): void {
    while (this.#heap.length > 0 && this.#heap[0]!.at <= end) {
      const first = this.#heap[0]!;
      const last = this.#heap.pop()!;
      if (this.#heap.length > 0) {
        this.#heap[0] = last;
        this.#sink();
      }

      this.#now = first.at;
      first.run();
    }
  }

  #sink(): void {
    let parent = 0;
    for (;;) {
      const left = 2 * parent + 1;
      const right = left + 1;
      let least = parent;
      if (left < this.#heap.length && this.#isBefore(left, least)) {
        least = left;
      }

      if (right < this.#heap.length && this.#isBefore(right, least)) {
        least = right;
      }

      if (least === parent) {
        return;
      }

      this.#swap(least, parent);
      parent = least;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [first, second] = [this.#heap[a]!, this.#heap[b]!];
    return first.at < second.at || (first.at === second.at && first.order < second.order);
  }

  #swap(a: number, b: number): void {
    [this.#heap[a], this.#heap[b]] = [this.#heap[b]!, this.#heap[a]!];
  }
}
