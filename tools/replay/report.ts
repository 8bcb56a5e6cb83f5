import type { Replayed } from './replay.ts';
import { LOOK_EVERY_MS, type Quantiles } from './watch.ts';

export interface Check {
  readonly what: string;
  readonly holds: boolean;
}

/** What must be true of every run, whatever the data. */
export function checksOf(run: Replayed): readonly Check[] {
  const { counts, transactions } = run;
  const { clear, alert, freeze } = counts.screened;
  const accepted = counts.texts.accepted ?? 0;
  return [
    {
      what: `every transaction has exactly one decision: ${transactions} fed = ${clear} + ${alert} + ${freeze}`,
      holds: counts.decisions === transactions && counts.undecided === 0 && counts.unknown === 0,
    },
    {
      what: `every transaction is counted once in a profile: ${counts.profiled} = ${transactions} + ${run.history} before`,
      holds: counts.profiled === transactions + run.history,
    },
    {
      what: `every suspicious transaction is in an alert: ${alert + freeze} = ${counts.alerted.transactions}`,
      holds: counts.alerted.transactions === alert + freeze,
    },
    { what: 'every alert has its ticket', holds: counts.alertsWithoutTicket === 0 },
    {
      what: `every held card is confirmed by the issuer: ${counts.frozen} = ${counts.confirmed}`,
      holds: counts.frozen === counts.confirmed,
    },
    {
      what: `every text's fate is known: ${accepted} accepted`,
      holds: (counts.texts.pending ?? 0) === 0,
    },
    { what: 'no message is left in a queue', holds: Object.keys(run.leftInQueues).length === 0 },
  ];
}

/** A steady feed leaves no more waiting at any time than comes in two seconds. */
export const isSteady = ({ deepestQueue, fed }: Pick<Replayed, 'deepestQueue' | 'fed'>): boolean =>
  deepestQueue <= Math.max(20, 2 * fed.rate);

export function reportOf(run: Replayed, conditions: readonly string[]): string {
  const { counts, fed, latency } = run;
  const { clear, alert, freeze } = counts.screened;
  const lines = [
    `${run.day}: ${run.transactions} transactions of ${run.cards} cards`,
    ...conditions.map((condition) => `  ${condition}`),
    '',
    `fed          ${run.transactions} in ${fed.seconds.toFixed(1)} s = ${fed.rate.toFixed(1)} a second; a batch at most ${Math.round(fed.latestMs)} ms late,`,
    `             ${run.deepestQueue} messages at most in the transactions' queue, quiet ${run.quietAfterSeconds.toFixed(1)} s after the last`,
    `             load of the machine ${run.load.before} before, ${run.load.after} at the end${isSteady(run) ? '' : '; NOT STEADY: the stack fell behind, take a lower --rate'}`,
    `screened     ${counts.decisions}: clear ${clear}, alert ${alert}, freeze ${freeze}`,
    `alerted      ${counts.alerted.alerts} alerts (${listed(counts.alertStatus)})${reasons(counts.undeliverable)}`,
    `frozen       ${counts.frozen} cards`,
    `confirmed    ${counts.confirmed} by the issuer`,
    `texted       ${counts.texts.accepted ?? 0} texts accepted (${listed(counts.texts)})`,
    `ticketed     ${counts.tickets} tickets`,
    '',
    'ms from the event sent until …     n      p50    p95    p99    max',
    row('hold written', latency.eventToHoldMs),
    row('issuer confirmed', latency.eventToConfirmedMs),
    row('first text accepted', latency.eventToTextMs),
    `(this process's monotonic clock: PutEvents sent → record seen in the Cases stream, read every ${LOOK_EVERY_MS} ms)`,
    '',
    ...checksOf(run).map(({ what, holds }) => `${holds ? '✓' : '✗'} ${what}`),
  ];
  return lines.join('\n');
}

function listed(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  return parts.join(', ') || 'none';
}

const reasons = (undeliverable: Readonly<Record<string, number>>): string =>
  Object.keys(undeliverable).length === 0 ? '' : `, not texted: ${listed(undeliverable)}`;

function row(name: string, quantiles: Quantiles | undefined): string {
  if (quantiles === undefined) return `  ${name.padEnd(30)} none in this run`;
  const { n, p50, p95, p99, max } = quantiles;
  const cells = [p50, p95, p99, max].map((value) => String(value).padStart(7)).join('');
  return `  ${name.padEnd(26)} ${String(n).padStart(6)}  ${cells}`;
}
