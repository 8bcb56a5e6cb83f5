import { createConcludeAlert } from '../../alert/conclude-alert.ts';
import { type HeardLabel, labelsIn } from '../../screening/labels-of-event.ts';
import { createLearnLabel } from '../../screening/learn-label.ts';
import { createReadFacts } from '../../screening/read-label-facts.ts';
import { bankWordOf } from '../../ticket/bank-word.ts';
import { createNoteBankWord } from '../../ticket/note-bank-word.ts';
import { BANK_SOURCE, OWN_SOURCE } from '../../transaction/envelope.ts';
import { labelReaders } from '../../transaction/label-readers.ts';
import { bankEventHandler, keptOfCard } from '../bank-events.ts';
import type { PlainWork } from './work.ts';

/** Learns from one message of the queue of labels; each of its transactions is learnt for itself, once. */
export function recordLabels({ rooms, telemetry }: PlainWork) {
  const learn = createLearnLabel({
    ...rooms,
    readFacts: createReadFacts(rooms),
    concludeAlert: createConcludeAlert(rooms),
  });

  const noteBankWord = createNoteBankWord(rooms);

  /** True when nobody can learn from it. */
  async function isUnknown(heard: HeardLabel): Promise<boolean> {
    const learned = await learn(heard);
    const { cardToken, transactionId } = heard;
    const verdict =
      learned.outcome === 'learned'
        ? { label: learned.verdict.value, source: learned.verdict.source, known: learned.known }
        : {};
    telemetry.log('label_learned', { cardToken, transactionId, outcome: learned.outcome, ...verdict });
    return learned.outcome === 'unknown_transaction';
  }

  /** Before it is learnt from: after a crash in between it is noted again, and known by then. */
  async function noteWhereDisputed(told: ReturnType<typeof bankWordOf>): Promise<void> {
    if (told === undefined) return;
    const { cardToken, word } = told;
    const outcome = await noteBankWord(cardToken, word);
    telemetry.log('dispute_noted', {
      ...{ cardToken, transactionId: word.transactionId, told: word.told, outcome },
    });
  }

  return bankEventHandler({
    telemetry,
    quarantine: rooms.quarantine,
    kept: keptOfCard,
    now: rooms.now,
    readers: labelReaders,
    sources: [BANK_SOURCE, OWN_SOURCE],
    handle: async (event) => {
      await noteWhereDisputed(bankWordOf(event));
      if (event.type === 'TransactionReversed') return undefined;
      let unknown = 0;
      for (const heard of labelsIn(event)) if (await isUnknown(heard)) unknown += 1;
      return unknown === 0
        ? undefined
        : {
            reason: 'unknown_transaction',
            detail: 'a transaction we do not know, at no merchant we were told',
          };
    },
  });
}
