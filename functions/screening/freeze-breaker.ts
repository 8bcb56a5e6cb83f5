/**
 * When freezes come so fast that a bad rule is likelier than so many thieves (H33). The one place to change a figure;
 * a stage may set others (`-c freezeBreaker=leastFreezes=30,timesUsual=6`).
 */
export interface BreakerPolicy {
  /** Freezes of one rule-set version are counted over this long. */
  readonly windowMinutes: number;
  /** Fewer never trip it, however unusual: a real wave of frauds must not lose its freezes. */
  readonly leastFreezes: number;
  /** So many times what is usual in such a window, over all versions, by the week before. */
  readonly timesUsual: number;
}

export const breakerPolicy: BreakerPolicy = { windowMinutes: 10, leastFreezes: 50, timesUsual: 8 };

/** What is usual is learnt from so many days. */
export const USUAL_DAYS = 7;

/** The number of freezes in one window that trips the breaker. `usual`: freezes of the week before, all versions. */
export function tripsAt(policy: BreakerPolicy, usual: number): number {
  const windows = (USUAL_DAYS * 24 * 60) / policy.windowMinutes;
  return Math.max(policy.leastFreezes, Math.ceil(policy.timesUsual * (usual / windows)));
}

/** Reads what a stage sets otherwise, e.g. `leastFreezes=30,timesUsual=6`; throws on a name it does not know. */
export function readBreakerPolicy(settings: string, policy: BreakerPolicy = breakerPolicy): BreakerPolicy {
  const figures: Record<string, number> = {};
  for (const part of settings.split(',').map((one) => one.trim())) {
    if (part === '') continue;
    const [, name, figure] = /^(windowMinutes|leastFreezes|timesUsual)=([1-9]\d{0,5})$/.exec(part) ?? [];
    if (name === undefined)
      throw new Error(`freeze breaker: "${part}" names no figure; see freeze-breaker.ts`);
    figures[name] = Number(figure);
  }
  return { ...policy, ...figures };
}
