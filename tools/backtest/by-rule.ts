import type { Reason } from '../../functions/screening/compile-rules.ts';
import type { RuleSet } from '../../functions/screening/rules.ts';
import type { Incident } from './incidents.ts';
import { hasAction, type Judged, speakingCodes } from './judged.ts';

/** What one rule (or another source of reasons) did; named by its reason code. */
export interface RuleFigures {
  readonly code: string;
  /** Unset for a reason that is no rule of the set, such as the model's. */
  readonly weight: number | undefined;
  readonly action: 'alert' | 'freeze' | undefined;
  readonly words: { readonly en: string; readonly zh: string } | undefined;
  /** Transactions in which it held, whatever came of them. */
  readonly fired: number;
  readonly firedFrauds: number;
  /** Alerts in which it spoke against the customer. */
  readonly trueAlerts: number;
  readonly falseAlerts: number;
  /** Frauds decided alert or freeze in which it spoke. */
  readonly foundFrauds: number;
  readonly foundValue: number;
  /** Value of later frauds stopped by a freeze in whose alert it spoke. */
  readonly savedValue: number;
  /** Customers × days wrongly frozen in which it spoke. */
  readonly wronglyFrozen: number;
  /** Transactions whose outcome would be another without it: suspicious only because of it … */
  readonly decisiveFrauds: number;
  readonly decisiveGenuine: number;
  /** … or, of a negative weight, cleared only because of it. */
  readonly clearedFrauds: number;
  readonly clearedGenuine: number;
}

type Counts = { -readonly [Name in keyof Omit<RuleFigures, 'code' | 'weight' | 'action' | 'words'>]: number };

export interface ByRule {
  fired(judged: Judged): void;
  stopped(codes: ReadonlySet<string>, value: number): void;
  alert(incident: Incident): void;
  wronglyFrozen(codes: ReadonlySet<string>): void;
  /** Rules in the order of the set, then other reasons by name. */
  figures(): readonly RuleFigures[];
}

const empty = (): Counts => ({
  fired: 0,
  firedFrauds: 0,
  trueAlerts: 0,
  falseAlerts: 0,
  foundFrauds: 0,
  foundValue: 0,
  savedValue: 0,
  wronglyFrozen: 0,
  decisiveFrauds: 0,
  decisiveGenuine: 0,
  clearedFrauds: 0,
  clearedGenuine: 0,
});

export function createByRule(ruleSet: RuleSet): ByRule {
  const rules = new Map(ruleSet.rules.map((rule) => [rule.code, rule]));
  const counts = new Map(ruleSet.rules.map((rule) => [rule.code, empty()]));

  function of(code: string): Counts {
    const known = counts.get(code);
    if (known !== undefined) return known;
    const fresh = empty();
    counts.set(code, fresh);
    return fresh;
  }

  return {
    fired(judged) {
      for (const reason of judged.reasons) {
        const count = of(reason.code);
        count.fired += 1;
        if (judged.isFraud) count.firedFrauds += 1;
        if (isDecisive(ruleSet, judged, reason)) count[decisiveColumn(judged)] += 1;
      }
      if (judged.outcome === 'clear' || !judged.isFraud) return;
      for (const code of speakingCodes(judged)) {
        of(code).foundFrauds += 1;
        of(code).foundValue += judged.value;
      }
    },
    stopped(codes, value) {
      for (const code of codes) of(code).savedValue += value;
    },
    alert({ codes, isTrue }) {
      for (const code of codes) of(code)[isTrue ? 'trueAlerts' : 'falseAlerts'] += 1;
    },
    wronglyFrozen(codes) {
      for (const code of codes) of(code).wronglyFrozen += 1;
    },
    figures: () =>
      [...counts].map(([code, count]) => {
        const rule = rules.get(code);
        return { code, weight: rule?.weight, action: rule?.action, words: rule?.words, ...count };
      }),
  };
}

/** Figures of a rule per day and as shares of the whole; undefined where there is nothing to divide by. */
export function ofRule(rule: RuleFigures, { days, frauds, fraudValue }: RuleWhole) {
  const part = (some: number, all: number) => (all === 0 ? undefined : some / all);
  return {
    alertsPerDay: (rule.trueAlerts + rule.falseAlerts) / Math.max(1, days),
    falsePerTrue: part(rule.falseAlerts, rule.trueAlerts),
    found: part(rule.foundFrauds, frauds),
    foundValue: part(rule.foundValue, fraudValue),
    saved: part(rule.savedValue, fraudValue),
    wronglyFrozenPerDay: rule.wronglyFrozen / Math.max(1, days),
    firedPerDay: rule.fired / Math.max(1, days),
    firedPrecision: part(rule.firedFrauds, rule.fired),
  };
}

interface RuleWhole {
  readonly days: number;
  readonly frauds: number;
  readonly fraudValue: number;
}

function decisiveColumn({ outcome, isFraud }: Judged): keyof Counts {
  if (outcome === 'clear') return isFraud ? 'clearedFrauds' : 'clearedGenuine';
  return isFraud ? 'decisiveFrauds' : 'decisiveGenuine';
}

/** Whether clear would not be clear, or suspicious not suspicious, had this reason not been there. */
function isDecisive(ruleSet: RuleSet, { outcome, reasons }: Judged, without: Reason): boolean {
  const others = reasons.filter((reason) => reason !== without);
  const score = others.reduce((sum, { weight }) => sum + weight, 0);
  const acts = others.some(({ code }) => hasAction(ruleSet, code));
  const isSuspicious = acts || score >= ruleSet.thresholds.alertScore;
  return isSuspicious !== (outcome !== 'clear');
}
