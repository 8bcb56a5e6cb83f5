const ROUND_CPU_MS = 400;
const ROUNDS = 5;
/** Between two looks at the clock. */
const BLOCK = 500;
const SLOW_BLOCK = 20;

interface Round {
  done: number;
  spentMs: number;
}

/** The best of the rounds, the first of which warms up. */
const bestOf = (rounds: readonly Round[]): number =>
  Math.round(Math.max(...rounds.slice(1).map(({ done, spentMs }) => (done * 1000) / spentMs)));

const since = (before: NodeJS.CpuUsage): number => {
  const spent = process.cpuUsage(before);
  return (spent.user + spent.system) / 1000;
};

/** Operations per CPU-second: user and system time of this process with all its threads. */
export function measure(operation: (index: number) => void): number {
  const rounds = Array.from({ length: ROUNDS + 1 }, (): Round => {
    const before = process.cpuUsage();
    const round = { done: 0, spentMs: 0 };
    while (round.spentMs < ROUND_CPU_MS) {
      for (let i = 0; i < BLOCK; i++) operation(round.done + i);
      round.done += BLOCK;
      round.spentMs = since(before);
    }
    return round;
  });
  return bestOf(rounds);
}

/** The same for an operation that answers later: one after the other, as a function judges its messages. */
export async function measureAsync(operation: (index: number) => unknown): Promise<number> {
  const rounds: Round[] = [];
  while (rounds.length <= ROUNDS) {
    const before = process.cpuUsage();
    const round = { done: 0, spentMs: 0 };
    while (round.spentMs < ROUND_CPU_MS) {
      for (let i = 0; i < SLOW_BLOCK; i++) await operation(round.done + i);
      round.done += SLOW_BLOCK;
      round.spentMs = since(before);
    }
    rounds.push(round);
  }
  return bestOf(rounds);
}
