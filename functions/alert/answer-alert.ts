import type { Database, Write } from '../platform/database.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { type SettleDeps, type Settled, settleAlert } from './settle-alert.ts';

export type AlertAnswered =
  | { readonly outcome: 'answered'; readonly settled: Settled }
  | { readonly outcome: 'not_found' }
  /** More transactions joined than the customer was shown. */
  | { readonly outcome: 'shown_too_few' }
  /** Another delivery of the very same request was faster: its answer is remembered. */
  | { readonly outcome: 'repeated' };

interface InApp {
  readonly alertId: string;
  readonly customerId: string;
  readonly says: 'mine' | 'not_mine';
  /** How many transactions the app listed; unset: what texts named counts. */
  readonly shown?: number;
  readonly together: (settled: Settled) => readonly Write<unknown>[];
}

/**
 * The cardholder answers in the app, by the same rules as by text: NO needs no proof, YES on a frozen card only
 * claims. Being logged in is no factor.
 */
export function createAnswerAlert(deps: SettleDeps & { readonly db: Database; readonly now: () => Date }) {
  return (answer: InApp): Promise<AlertAnswered> =>
    retryWhenChanged(8, async () => {
      const { alertId, customerId, says, shown } = answer;
      const alert = await deps.alerts.get(alertId);
      if (alert === undefined || alert.body.customerId !== customerId) return { outcome: 'not_found' };
      if (says === 'mine' && shown !== undefined && shown < alert.body.transactionCount) {
        return { outcome: 'shown_too_few' };
      }
      const now = deps.now();
      const at = now.toISOString();
      const settled = await settleAlert(deps, alertId, { says, at, channel: 'app', shown }, now);
      const committed = await deps.db.commit([...settled.writes, ...answer.together(settled)]);
      if (committed.outcome === 'done') return { outcome: 'answered', settled };
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}
