/** Things that come due at a time; those of the same time in the order they were added. */
export interface DueQueue<T> {
  add(dueAt: number, item: T): void;
  /** Takes out what is due at `now` or before, earliest first. */
  until(now: number): Generator<T>;
  readonly length: number;
}

interface Entry<T> {
  readonly dueAt: number;
  readonly order: number;
  readonly item: T;
}

/** A binary heap: adding and taking cost the logarithm of what waits. */
export function createDueQueue<T>(): DueQueue<T> {
  const heap: Entry<T>[] = [];
  let added = 0;
  const isBefore = (a: Entry<T>, b: Entry<T>) =>
    a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.order < b.order);

  function rise(entry: Entry<T>): void {
    let at = heap.length;
    heap.push(entry);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !isBefore(entry, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = entry;
  }

  function sink(entry: Entry<T>): void {
    let at = 0;
    for (;;) {
      let below = at * 2 + 1;
      let child = heap[below];
      const right = heap[below + 1];
      if (child !== undefined && right !== undefined && isBefore(right, child)) {
        child = right;
        below += 1;
      }
      if (child === undefined || isBefore(entry, child)) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = entry;
  }

  return {
    get length() {
      return heap.length;
    },
    add: (dueAt, item) => {
      rise({ dueAt, order: added, item });
      added += 1;
    },
    *until(now) {
      for (let first = heap[0]; first !== undefined && first.dueAt <= now; first = heap[0]) {
        const last = heap.pop();
        if (last !== undefined && heap.length > 0) sink(last);
        yield first.item;
      }
    },
  };
}
