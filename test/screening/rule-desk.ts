import { createActiveRules, type RulesTrouble } from '../../functions/screening/active-rules.ts';
import { createAddRuleSet } from '../../functions/screening/add-rule-set.ts';
import { createAddEntry, createRemoveEntry } from '../../functions/screening/change-entries.ts';
import { compileCheckedRules } from '../../functions/screening/compile-rules.ts';
import { createGrantRuleSet, createProposeRuleSet } from '../../functions/screening/grant-rule-set.ts';
import { createMoveRuleSet, createRollBack } from '../../functions/screening/move-rule-set.ts';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import type { Keeper } from '../../functions/screening/rule-set.ts';
import { createRuleSetStore } from '../../functions/screening/rule-set-store.ts';
import { createRuleStore, type RuleStore } from '../../functions/screening/rule-store.ts';
import { alone } from '../../functions/screening/rules-standing.ts';
import { createSwitchAlertOnly } from '../../functions/screening/switch-alert-only.ts';
import { createMemoryDatabase } from '../support/memory-database.ts';

export const li: Keeper = { id: 'agent:li', name: 'Li Na' };
export const wang: Keeper = { id: 'agent:wang', name: 'Wang Fang' };
export const zhao: Keeper = { id: 'agent:zhao', name: 'Zhao Min' };
export const START = Date.parse('2026-03-10T15:40:00.000Z');

/** A rule set that freezes every purchase from `amount` on. */
export const strict = (version: string, amount = 1) => ({
  ...defaultRuleSet,
  version,
  rules: [
    {
      id: 'everything',
      code: 'everything',
      when: { feature: 'amount', op: 'gte', value: amount },
      weight: 90,
      words: { zh: '金额 {amount}', en: 'The amount is {amount}' },
    },
  ],
});

/** People working on rules, and functions reading them, on one table in memory. */
export function ruleDesk(options: { store?: (real: RuleStore) => RuleStore } = {}) {
  let ids = 0;
  let time = START;
  const newId = () => {
    ids += 1;
    return `id-${ids}`;
  };
  const now = () => new Date(time);
  const db = createMemoryDatabase({ tables: { cards: { indexes: [], stream: false } }, newId, now });
  const real = createRuleStore({ db, cardsTable: 'cards' });
  const rules = options.store?.(real) ?? real;
  const ruleSets = createRuleSetStore({ db, cardsTable: 'cards' });
  const deps = { db, rules, ruleSets, now, models: new Set<string>(), shipped: defaultRuleSet, newId };
  const add = createAddRuleSet(deps);
  const move = createMoveRuleSet(deps);
  const propose = createProposeRuleSet(deps);
  const grant = createGrantRuleSet(deps);
  const rollBack = createRollBack(deps);
  const addEntry = createAddEntry(deps);
  const removeEntry = createRemoveEntry(deps);
  const switchAlertOnly = createSwitchAlertOnly(deps);
  const reason = 'fraud wave in the north';

  const desk = {
    db,
    rules,
    ruleSets,
    wait: (seconds: number) => {
      time += seconds * 1000;
    },
    at: () => now().toISOString(),
    add: (data: unknown, by = li) => add({ data, note: reason, by }, alone),
    move: (
      version: string,
      to: 'shadow' | 'share' | 'live' | 'retired' | 'draft',
      percent?: number,
      by = li,
    ) => move({ version, to, percent, by, reason }, alone),
    propose: (version: string, to: 'share' | 'live', percent?: number, by = li) =>
      propose({ version, to, percent, by, reason }, alone),
    grant: (version: string, by = wang) => grant({ version, by, reason }, alone),
    rollBack: (live: string, by = li) => rollBack({ live, by, reason }, alone),
    addEntry: (wish: Partial<Parameters<typeof addEntry>[0]>) =>
      addEntry(
        {
          kind: 'merchant',
          value: 'M-1',
          list: 'block',
          until: new Date(time + 86_400_000).toISOString(),
          reason,
          by: li,
          ...wish,
        },
        alone,
      ),
    removeEntry: (kind: 'card' | 'merchant' | 'device' | 'country', entryId: string) =>
      removeEntry({ kind, entryId, reason, by: li }, alone),
    switchAlertOnly: (version: string, on: boolean, by = 'breaker') =>
      switchAlertOnly({ version, on, by, reason }, alone),
    stateOf: async (version: string) => (await ruleSets.get(version))?.body.state,
    /** Adds, shadows, proposes and grants. */
    async bringLive(version: string, amount?: number) {
      await desk.add(strict(version, amount));
      await desk.move(version, 'shadow');
      await desk.propose(version, 'live');
      return desk.grant(version);
    },
    /** A function that screens, just started. */
    reader() {
      const troubles: (readonly [RulesTrouble, string])[] = [];
      const reader = createActiveRules({
        store: rules,
        now,
        shipped: compileCheckedRules(defaultRuleSet),
        models: new Map(),
        onTrouble: (trouble, _error, about) => troubles.push([trouble, about]),
      });
      return { current: reader.current, troubles };
    },
  };
  return desk;
}
