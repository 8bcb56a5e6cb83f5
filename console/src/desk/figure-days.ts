import type { Kpis } from './answers.ts';

const DAY_MS = 86_400_000;
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The last so many days, today included, as the API counts them (UTC). */
export const spanOf = (now: number, days: number) => ({
  from: dayOf(now - (days - 1) * DAY_MS),
  to: dayOf(now),
});

export const percent = (share: number | undefined): string =>
  share === undefined ? '–' : `${Math.round(share * 100)} %`;

/** First responses of each day, over all channels and priorities: a mean weighted by how many there were. */
export function dailyOf(
  rows: Kpis['rows'],
): readonly { readonly day: string; readonly meanSeconds?: number }[] {
  const byDay = Map.groupBy(rows, ({ day }) => day);
  return [...byDay]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([day, of]) => {
      const n = of.reduce((sum, { firstResponse }) => sum + firstResponse.n, 0);
      const total = of.reduce(
        (sum, { firstResponse }) => sum + firstResponse.n * (firstResponse.meanSeconds ?? 0),
        0,
      );
      return n === 0 ? { day } : { day, meanSeconds: total / n };
    });
}
