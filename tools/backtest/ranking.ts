/** Scores of a whole stream held in 17 bytes each, and what follows from their order. */
export interface Ranking {
  add(rank: number, isFraud: boolean, value: number): void;
  curve(): RankingFigures;
}

/** Flagging all that rank at least `rank`. Shares are of all frauds, by number and by value. */
export interface CurvePoint {
  readonly rank: number;
  readonly flagged: number;
  readonly precision: number;
  readonly recall: number;
  readonly valueRecall: number;
}

export interface RankingFigures {
  /** Step-wise sum over distinct ranks, no interpolation; undefined without a fraud. */
  readonly averagePrecision: number | undefined;
  readonly aucRoc: number | undefined;
  /** The most value found by any threshold that flags at most one genuine transaction per fraud. */
  readonly valueAtOneFalsePerTrue: number | undefined;
  /** At most {@link MOST_POINTS}, recall ascending. */
  readonly points: readonly CurvePoint[];
}

const MOST_POINTS = 240;

export function createRanking(): Ranking {
  let ranks = new Float64Array(1024);
  let values = new Float64Array(1024);
  let labels = new Uint8Array(1024);
  let count = 0;
  return {
    add(rank, isFraud, value) {
      if (count === ranks.length) {
        ranks = grown(ranks, new Float64Array(count * 2));
        values = grown(values, new Float64Array(count * 2));
        labels = grown(labels, new Uint8Array(count * 2));
      }
      ranks[count] = rank;
      values[count] = value;
      labels[count] = isFraud ? 1 : 0;
      count += 1;
    },
    curve: () => figuresOf(ranks.subarray(0, count), values, labels),
  };
}

function grown<Values extends Float64Array | Uint8Array>(from: Values, to: Values): Values {
  to.set(from);
  return to;
}

function figuresOf(ranks: Float64Array, values: Float64Array, labels: Uint8Array): RankingFigures {
  const order = Uint32Array.from(ranks, (_, index) => index).sort(
    (a, b) => (ranks[b] as number) - (ranks[a] as number),
  );
  let frauds = 0;
  let fraudValue = 0;
  for (let i = 0; i < ranks.length; i++) {
    if (labels[i] !== 1) continue;
    frauds += 1;
    fraudValue += values[i] as number;
  }
  const genuine = ranks.length - frauds;
  if (frauds === 0) {
    return { averagePrecision: undefined, aucRoc: undefined, valueAtOneFalsePerTrue: undefined, points: [] };
  }
  const points: CurvePoint[] = [];
  let found = 0;
  let foundValue = 0;
  let averagePrecision = 0;
  let area = 0;
  let bestValue = 0;
  for (let at = 0; at < order.length; ) {
    const rank = ranks[order[at] as number] as number;
    const before = { found, wrong: at - found };
    while (at < order.length && ranks[order[at] as number] === rank) {
      const index = order[at] as number;
      if (labels[index] === 1) {
        found += 1;
        foundValue += values[index] as number;
      }
      at += 1;
    }
    const wrong = at - found;
    averagePrecision += ((found - before.found) / frauds) * (found / at);
    area += (wrong - before.wrong) * ((found + before.found) / 2);
    if (wrong <= found) bestValue = Math.max(bestValue, foundValue);
    points.push({
      rank,
      flagged: at,
      precision: found / at,
      recall: found / frauds,
      valueRecall: fraudValue === 0 ? 0 : foundValue / fraudValue,
    });
  }
  return {
    averagePrecision,
    aucRoc: genuine === 0 ? undefined : area / (genuine * frauds),
    valueAtOneFalsePerTrue: fraudValue === 0 ? undefined : bestValue / fraudValue,
    points: thinned(points),
  };
}

/** Evenly along the recall, where the eye looks; the first and the last stay. */
function thinned(points: readonly CurvePoint[]): readonly CurvePoint[] {
  if (points.length <= MOST_POINTS) return points;
  const step = 1 / (MOST_POINTS - 2);
  const kept: CurvePoint[] = [];
  let next = 0;
  points.forEach((point, index) => {
    if (point.recall < next && index !== 0 && index !== points.length - 1) return;
    kept.push(point);
    next = Math.max(point.recall, next) + step;
  });
  return kept;
}
