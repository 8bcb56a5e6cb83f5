import type { RuleSet } from '../../functions/screening/rules.ts';
import { createByDay, type DayCounts, type DayFigures, sumOf } from './by-day.ts';
import { createByRule, type RuleFigures } from './by-rule.ts';
import { createExamples, type Examples } from './examples.ts';
import { createIncidents, type Fate, type Incident, type IncidentPolicy } from './incidents.ts';
import { dayOf, type Judged, speakingCodes } from './judged.ts';
import { createRanking, type RankingFigures } from './ranking.ts';

export interface TallyOptions {
  readonly ruleSet: RuleSet;
  readonly policy: IncidentPolicy;
  /** Epoch milliseconds: before it cards only live, nothing is counted. */
  readonly measuredFrom: number;
}

/** All figures of one rule set. Money in major units of the rule set's currency. */
export interface SetFigures {
  readonly version: string;
  readonly totals: Totals;
  readonly ranking: RankingFigures;
  readonly days: readonly DayFigures[];
  readonly rules: readonly RuleFigures[];
  readonly examples: Examples;
}

export interface Totals extends Readonly<DayCounts> {
  readonly days: number;
  readonly alertsPerDay: number;
  readonly wronglyFrozenPerDay: number;
  /** False alerts for one true alert; undefined without a true one. */
  readonly falsePerTrue: number | undefined;
  /** Shares of all frauds; undefined without any. */
  readonly foundShare: number | undefined;
  readonly foundValueShare: number | undefined;
  readonly savedValueShare: number | undefined;
  /** Genuine purchases that met a card frozen because of a fraud. */
  readonly refusedOnStolen: number;
}

export interface Tally {
  /** Takes one transaction; they come in order of time. */
  add(judged: Judged): void;
  /** After the last one, once. */
  figures(): SetFigures;
  /** Cards that were frozen, and whether a fraud was found on them in any of those alerts. */
  readonly frozenCards: ReadonlyMap<string, { readonly rightly: boolean }>;
}

export function createTally({ ruleSet, policy, measuredFrom }: TallyOptions): Tally {
  const byDay = createByDay();
  const byRule = createByRule(ruleSet);
  const ranking = createRanking();
  const examples = createExamples();
  const frozenCards = new Map<string, { rightly: boolean }>();
  const frozenCustomerDays = new Set<string>();
  let refusedOnStolen = 0;

  function closed(incident: Incident): void {
    if (incident.openedAt < measuredFrom) return;
    const day = byDay.of(dayOf(incident.openedAt));
    day[incident.isTrue ? 'trueAlerts' : 'falseAlerts'] += 1;
    byRule.alert(incident);
    if (incident.isFrozen) {
      const rightly = frozenCards.get(incident.card)?.rightly ?? false;
      frozenCards.set(incident.card, { rightly: rightly || incident.isTrue });
    }
    if (!incident.isFrozen || incident.isTrue) return;
    const customerDay = `${dayOf(incident.openedAt)} ${incident.customer}`;
    if (frozenCustomerDays.has(customerDay)) return;
    frozenCustomerDays.add(customerDay);
    day.wronglyFrozen += 1;
    byRule.wronglyFrozen(incident.freezingCodes);
  }

  const incidents = createIncidents(policy, closed);

  function count(judged: Judged, fate: Fate): void {
    const day = byDay.of(dayOf(judged.at));
    day.transactions += 1;
    const isStopped = fate.kind === 'stopped';
    if (!judged.isFraud) {
      if (judged.outcome !== 'clear') day.flaggedGenuine += 1;
      if (isStopped && fate.rightly) refusedOnStolen += 1;
      if (isStopped && !fate.rightly) day.wronglyRefused += 1;
      return;
    }
    day.frauds += 1;
    day.fraudValue += judged.value;
    if (judged.outcome !== 'clear') {
      day.foundFrauds += 1;
      day.foundValue += judged.value;
      if (!isStopped) day.foundLateValue += judged.value;
    }
    if (!isStopped) return;
    day.savedFrauds += 1;
    day.savedValue += judged.value;
    byRule.stopped(fate.codes, judged.value);
  }

  return {
    frozenCards,
    add(judged) {
      const { transaction, at, isFraud, outcome } = judged;
      const fate = incidents.see({
        card: transaction.cardToken,
        customer: transaction.cardholderId,
        at,
        isFraud,
        outcome,
        codes: outcome === 'clear' ? [] : speakingCodes(judged),
      });
      if (at < measuredFrom) return;
      count(judged, fate);
      byRule.fired(judged);
      ranking.add(judged.rank, isFraud, judged.value);
      examples.offer(judged);
    },
    figures() {
      incidents.end();
      const days = byDay.figures();
      return {
        version: ruleSet.version,
        totals: totalsOf(days, refusedOnStolen),
        ranking: ranking.curve(),
        days,
        rules: byRule.figures(),
        examples: examples.figures(),
      };
    },
  };
}

export function totalsOf(days: readonly DayFigures[], refusedOnStolen: number): Totals {
  const sum = (column: keyof DayCounts) => sumOf(days, column);
  const trueAlerts = sum('trueAlerts');
  const falseAlerts = sum('falseAlerts');
  const wronglyFrozen = sum('wronglyFrozen');
  return {
    days: days.length,
    transactions: sum('transactions'),
    frauds: sum('frauds'),
    fraudValue: sum('fraudValue'),
    foundFrauds: sum('foundFrauds'),
    flaggedGenuine: sum('flaggedGenuine'),
    foundValue: sum('foundValue'),
    foundLateValue: sum('foundLateValue'),
    savedFrauds: sum('savedFrauds'),
    savedValue: sum('savedValue'),
    trueAlerts,
    falseAlerts,
    wronglyFrozen,
    wronglyRefused: sum('wronglyRefused'),
    refusedOnStolen,
    alertsPerDay: shareOf(trueAlerts + falseAlerts, days.length) ?? 0,
    wronglyFrozenPerDay: shareOf(wronglyFrozen, days.length) ?? 0,
    falsePerTrue: shareOf(falseAlerts, trueAlerts),
    foundShare: shareOf(sum('foundFrauds'), sum('frauds')),
    foundValueShare: shareOf(sum('foundValue'), sum('fraudValue')),
    savedValueShare: shareOf(sum('savedValue'), sum('fraudValue')),
  };
}

const shareOf = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);
