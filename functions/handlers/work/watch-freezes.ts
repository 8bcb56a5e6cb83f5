import { freezeReaders } from '../../alert/freeze-readers.ts';
import type { BreakerPolicy } from '../../screening/freeze-breaker.ts';
import { createFreezeCountStore } from '../../screening/freeze-count-store.ts';
import { defaultRuleSet } from '../../screening/rule-set.default.ts';
import { createRuleSetStore } from '../../screening/rule-set-store.ts';
import { createSwitchAlertOnly } from '../../screening/switch-alert-only.ts';
import { createWatchFreezeRate } from '../../screening/watch-freeze-rate.ts';
import { OWN_SOURCE } from '../../transaction/envelope.ts';
import { bankEventHandler, keptOfCard } from '../bank-events.ts';
import type { PlainWork } from './work.ts';

/** Counts the freeze that one message tells of. */
export function watchFreezes({ rooms, telemetry, policy }: PlainWork & { readonly policy: BreakerPolicy }) {
  const { db, now, rules, cardsTable } = rooms;
  const ruleSets = createRuleSetStore({ db, cardsTable });
  const watch = createWatchFreezeRate({
    ...{ db, now, policy },
    freezes: createFreezeCountStore(rooms),
    switchAlertOnly: createSwitchAlertOnly({
      db,
      now,
      rules,
      ruleSets,
      shipped: defaultRuleSet,
      models: new Set(),
    }),
  });
  return bankEventHandler({
    telemetry,
    quarantine: rooms.quarantine,
    now,
    readers: freezeReaders,
    kept: keptOfCard,
    sources: [OWN_SOURCE],
    handle: async ({ detail }) => {
      const { severity, ruleSetVersion, alertId, occurredAt: at } = detail;
      if (severity !== 'freeze' || ruleSetVersion === undefined) return undefined;
      const watched = await watch({ ruleSetVersion, alertId, at });
      telemetry.log('freeze_counted', { ruleSetVersion, ...watched });
      if (watched.outcome === 'tripped') telemetry.count('FreezeBreakerTripped');
      return undefined;
    },
  });
}
