import type { Chance } from './chance.ts';

/** More events than any schedule needs: one that goes on beyond never comes to rest. */
const MOST_EVENTS = 5_000;
/** Handlers that run at once. */
const MOST_AT_ONCE = 4;

interface Planned {
  readonly at: number;
  readonly order: number;
  readonly act: () => Promise<void> | void;
  cancelled: boolean;
}

/**
 * Time and order of one schedule. Events fall due one by one; whatever a handler waits for at an await point stands at
 * a gate, and chance decides who goes on next. So two handlers interleave in every way there is, and the same seed
 * interleaves them in the same way.
 */
export interface Engine {
  /** Epoch milliseconds. */
  now(): number;
  after(milliseconds: number, act: () => Promise<void> | void): { cancel(): void };
  /** Lets others go first; undefined while nobody else is there. */
  gate(): Promise<void> | undefined;
  /** Simulated time passes for one handler. */
  sleep(milliseconds: number): Promise<void>;
  /** Never comes back: who awaits it has died. */
  die(): Promise<never>;
  /** Runs until nothing is planned. `nextDue` names a time at which something outside is to be looked at (`look`). */
  /** Until nothing is planned or due any more, or nothing before `untilMs`. */
  run(outside: {
    nextDue: () => number | undefined;
    look: () => Promise<void> | void;
    untilMs?: number;
  }): Promise<void>;
  readonly events: number;
}

/** Everything that can go on without time passing has gone on: promises settle before the next turn. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function createEngine(options: {
  chance: Chance;
  startMs: number;
  interleaves: boolean;
  mostEvents?: number;
}): Engine {
  const { chance, interleaves, mostEvents = MOST_EVENTS } = options;
  let now = options.startMs;
  let order = 0;
  let events = 0;
  const heap: Planned[] = [];
  const gates: (() => void)[] = [];
  let running = 0;

  function plan(milliseconds: number, act: Planned['act']): Planned {
    const planned = { at: now + Math.max(0, Math.round(milliseconds)), order, act, cancelled: false };
    order += 1;
    pushed(heap, planned);
    return planned;
  }

  function start(act: Planned['act']): void {
    events += 1;
    if (events > mostEvents) throw new Error(`no rest after ${mostEvents} events`);
    const doing = act();
    if (doing === undefined) return;
    running += 1;
    void doing.finally(() => {
      running -= 1;
    });
  }

  function nextEvent(): Planned | undefined {
    while (heap[0]?.cancelled) popped(heap);
    return heap[0];
  }

  function release(): void {
    const index = chance.below(gates.length);
    const [chosen] = gates.splice(index, 1);
    now += chance.below(4);
    chosen?.();
  }

  return {
    now: () => now,
    get events() {
      return events;
    },
    after: (milliseconds, act) => {
      const planned = plan(milliseconds, act);
      return {
        cancel: () => {
          planned.cancelled = true;
        },
      };
    },
    gate: () => {
      const alone = running <= 1 && gates.length === 0 && (nextEvent()?.at ?? now + 1) > now;
      if (!interleaves || alone) return undefined;
      return new Promise((resolve) => gates.push(resolve));
    },
    sleep: (milliseconds) => new Promise((resolve) => plan(milliseconds, () => resolve())),
    die: () => {
      running = Math.max(0, running - 1);
      return new Promise<never>(() => undefined);
    },
    run: async ({ nextDue, look, untilMs = Number.POSITIVE_INFINITY }) => {
      for (;;) {
        const event = nextEvent();
        const isNow = event !== undefined && event.at <= now;
        if (gates.length > 0 && !(isNow && running < MOST_AT_ONCE && chance.oneIn(3))) {
          release();
          await turn();
          continue;
        }
        const due = isNow ? undefined : nextDue();
        if (running === 0 && Math.min(due ?? untilMs, event?.at ?? untilMs) >= untilMs) return;
        if (due !== undefined && (event === undefined || due <= event.at)) {
          now = Math.max(now, due);
          start(look);
          await turn();
        } else if (event !== undefined) {
          popped(heap);
          now = Math.max(now, event.at);
          start(event.act);
          await turn();
        } else return;
      }
    },
  };
}

const before = (a: Planned, b: Planned): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

function pushed(heap: Planned[], planned: Planned): void {
  let index = heap.push(planned) - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!swapped(heap, index, parent)) return;
    index = parent;
  }
}

function popped(heap: Planned[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  heap[0] = last;
  let index = 0;
  for (;;) {
    const left = 2 * index + 1;
    const [a, b] = [heap[left], heap[left + 1]];
    if (a === undefined) return;
    const child = b !== undefined && before(b, a) ? left + 1 : left;
    if (!swapped(heap, child, index)) return;
    index = child;
  }
}

/** Puts the earlier of the two above. */
function swapped(heap: Planned[], below: number, above: number): boolean {
  const [low, high] = [heap[below], heap[above]];
  if (low === undefined || high === undefined || !before(low, high)) return false;
  heap[below] = high;
  heap[above] = low;
  return true;
}
