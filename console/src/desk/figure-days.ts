import type { Kpis } from './answers.ts';

const DAY_MS = 86_400_000;
/** `2026-03-10`; Swedish writes it so. */
const dayOf = (at: number, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(at);

/** The last so many days, today included, as the API counts them: in the issuer's zone. */
export const spanOf = (now: number, { days, zone }: { readonly days: number; readonly zone: string }) => ({
  from: dayOf(now - (days - 1) * DAY_MS, zone),
  to: dayOf(now, zone),
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
