/** One scored transaction. */
export interface Scored {
  readonly fraud: boolean;
  /** The higher, the more suspicious; only the order counts. */
  readonly score: number;
  readonly card: string;
  /** Day of the test, UTC, e.g. days since 1970-01-01. */
  readonly day: number;
  /** Money. */
  readonly amount: number;
}

export interface Metrics {
  readonly aucRoc: number;
  readonly averagePrecision: number;
  readonly cardPrecisionAt100: number;
  /** Share, by value, of the frauds found when alerts are given down to the score where half of them are false. */
  readonly valueFound: number;
}

/** The metrics of the published protocol, and the value found at one false alert per true one. */
export function metricsOf(scored: readonly Scored[]): Metrics {
  const ranked = rank(scored.map(({ score }) => score));
  const weights = new Float64Array(scored.length).fill(1);
  const frauds = Uint8Array.from(scored, ({ fraud }) => (fraud ? 1 : 0));
  return {
    aucRoc: aucRoc(ranked, frauds),
    averagePrecision: averagePrecision(ranked, frauds, weights),
    cardPrecisionAt100: cardPrecision(scored, 100),
    valueFound: valueFound(ranked, scored),
  };
}

/** Transactions by falling score; `ends` says after which places a score ends: those of one score count together. */
export interface Ranked {
  readonly order: Uint32Array;
  readonly ends: readonly number[];
}

export function rank(scores: readonly number[]): Ranked {
  const order = Uint32Array.from(scores, (_, index) => index);
  order.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  const ends: number[] = [];
  for (let place = 0; place < order.length; place++) {
    const isLast = place + 1 === order.length;
    if (isLast || scores[order[place] ?? 0] !== scores[order[place + 1] ?? 0]) ends.push(place + 1);
  }
  return { order, ends };
}

/**
 * Average precision as a step-wise sum, no interpolation: Σ (recallᵢ − recallᵢ₋₁) · precisionᵢ over the distinct scores.
 * `weights` count a transaction several times or not at all (bootstrap). 0 without frauds.
 */
export function averagePrecision(
  { order, ends }: Ranked,
  frauds: Uint8Array,
  weights: ArrayLike<number>,
): number {
  let seen = 0;
  let found = 0;
  let sum = 0;
  let place = 0;
  for (const end of ends) {
    const foundBefore = found;
    for (; place < end; place++) {
      const index = order[place] ?? 0;
      const weight = weights[index] ?? 0;
      seen += weight;
      if (frauds[index] === 1) found += weight;
    }
    if (found > foundBefore) sum += (found - foundBefore) * (found / seen);
  }
  return found === 0 ? 0 : sum / found;
}

/** Probability that a fraud is ranked above a genuine transaction; of the same score counts half. */
export function aucRoc({ order, ends }: Ranked, frauds: Uint8Array): number {
  let pairs = 0;
  let genuineAbove = 0;
  let found = 0;
  let place = 0;
  for (const end of ends) {
    let tiedFrauds = 0;
    let tiedGenuine = 0;
    for (; place < end; place++) {
      if (frauds[order[place] ?? 0] === 1) tiedFrauds++;
      else tiedGenuine++;
    }
    // Frauds of this score lose to the genuine ones above, and half to those beside them.
    pairs += tiedFrauds * (genuineAbove + tiedGenuine / 2);
    genuineAbove += tiedGenuine;
    found += tiedFrauds;
  }
  return found === 0 || genuineAbove === 0 ? 0 : 1 - pairs / (found * genuineAbove);
}

/**
 * For each day: each card's highest score, the `top` highest cards (ties: the lower card number first), the share of
 * `top` that had a fraud that day. A card found on one day is left out on the following ones. Mean over the days.
 */
export function cardPrecision(scored: readonly Scored[], top: number): number {
  const days = Map.groupBy(scored, ({ day }) => day);
  const foundCards = new Set<string>();
  let sum = 0;
  for (const day of [...days.keys()].sort((a, b) => a - b)) {
    const cards = new Map<string, { score: number; fraud: boolean }>();
    for (const { card, score, fraud } of days.get(day) ?? []) {
      if (foundCards.has(card)) continue;
      const before = cards.get(card);
      cards.set(card, {
        score: Math.max(score, before?.score ?? -Infinity),
        fraud: fraud || before?.fraud === true,
      });
    }
    const highest = [...cards]
      .sort(([a, one], [b, other]) => other.score - one.score || Number(a) - Number(b))
      .slice(0, top);
    const hits = highest.filter(([, { fraud }]) => fraud);
    sum += hits.length / top;
    for (const [card] of hits) foundCards.add(card);
  }
  return days.size === 0 ? 0 : sum / days.size;
}

/** The most value found at a score down to which no more alerts are false than true. */
function valueFound({ order, ends }: Ranked, scored: readonly Scored[]): number {
  let hits = 0;
  let misses = 0;
  let value = 0;
  let found = 0;
  let place = 0;
  for (const end of ends) {
    for (; place < end; place++) {
      const one = scored[order[place] ?? 0];
      if (one?.fraud) {
        hits++;
        value += one.amount;
      } else misses++;
    }
    if (misses <= hits) found = value;
  }
  return value === 0 ? 0 : found / value;
}
