import { createRaiseAlert } from '../../alert/raise-alert.ts';
import { createActiveRules } from '../../screening/active-rules.ts';
import { compileCheckedRules } from '../../screening/compile-rules.ts';
import { createNotePosting, createNoteReversal } from '../../screening/note-movement.ts';
import { createNoteSighting } from '../../screening/note-sighting.ts';
import { defaultRuleSet } from '../../screening/rule-set.default.ts';
import type { Models } from '../../screening/rules-in-force.ts';
import { createScreenTransaction } from '../../screening/screen-transaction.ts';
import type { Screened } from '../../screening/screened.ts';
import type { ShadowTally } from '../../screening/shadow-tally.ts';
import { createUsePass } from '../../screening/use-pass.ts';
import { decisionOf } from '../../transaction/decision.ts';
import { transactionReaders } from '../../transaction/transaction-readers.ts';
import { bankEventHandler, keptOfCard } from '../bank-events.ts';
import type { ScreeningRooms } from '../screening-rooms.ts';
import type { Work } from './work.ts';

const shipped = compileCheckedRules(defaultRuleSet);

/** Judges one message of the transactions queue. */
export function screenTransactions(
  work: Omit<Work, 'rooms'> & {
    readonly rooms: ScreeningRooms;
    readonly shadows?: ShadowTally;
    readonly models?: Models;
  },
) {
  const { rooms, telemetry, newId, newTicketNumber } = work;
  const { db, now, quarantine } = rooms;
  const { transactions, merchants } = rooms;

  const rules = createActiveRules({
    store: rooms.rules,
    now,
    shipped,
    models: work.models ?? new Map(),
    onTrouble: (trouble, error, about) => {
      telemetry.warn('rules_unusable', error, { trouble, about });
      telemetry.count('RulesUnusable');
    },
  });
  const screen = createScreenTransaction({
    db,
    now,
    transactions,
    decisionOf,
    rules,
    raiseAlert: createRaiseAlert({ ...rooms, newId, newTicketNumber }),
    usePass: createUsePass(rooms),
    readState: merchants.state,
    noteSighting: createNoteSighting({ db, merchants, now }),
    shadows: work.shadows,
  });
  const notePosting = createNotePosting({ db, transactions });
  const noteReversal = createNoteReversal({ ...rooms, transactions, readProfile: transactions.profile });

  /** Logs one decision and counts an alert; a conflict is reported as a reason for the quarantine (H1). */
  function report(screened: Screened, ids: { transactionId: string; cardToken: string }) {
    const reasons = 'reasons' in screened ? screened.reasons.join(' ') : undefined;
    const raised =
      'how' in screened ? { how: screened.how, ticketNumber: screened.ticketNumber, reasons } : {};
    const { pass = undefined, allowed = undefined } = screened.outcome === 'clear' ? screened : {};
    telemetry.log('transaction_screened', { ...ids, outcome: screened.outcome, ...raised, pass, allowed });
    if ('how' in screened && screened.how === 'opened') telemetry.count('AlertsRaised');
    return screened.outcome === 'conflict'
      ? { reason: 'conflicting_repeat', detail: 'the same transactionId came with another body' }
      : undefined;
  }

  return bankEventHandler({
    telemetry,
    quarantine,
    kept: keptOfCard,
    now,
    readers: transactionReaders,
    handle: async (event) => {
      switch (event.type) {
        case 'TransactionAuthorized': {
          const { transactionId, cardToken } = event.detail;
          return report(await screen(event.detail), { transactionId, cardToken });
        }
        case 'TransactionPosted':
          await notePosting(event.detail);
          return undefined;
        case 'TransactionReversed': {
          const { transactionId } = event.detail;
          telemetry.log('transaction_moved', { transactionId, outcome: await noteReversal(event.detail) });
          return undefined;
        }
      }
    },
  });
}
