import type { SQSRecord } from 'aws-lambda';
import { outboundWords } from '../../notification/outbound-words.ts';
import { createDialCall, type DialCallDeps } from '../../ticket/dial-call.ts';
import { createTellContact } from '../../ticket/record-contact.ts';
import { effectKeyOf } from '../effect-messages.ts';
import type { PlainWork } from './work.ts';

/** Why nobody is rung that the bank has to see to, rather than the agent. */
const ofOurs: ReadonlySet<string> = new Set(['calls_not_permitted', 'not_set_up', 'rejected', 'too_late']);

/** Has the contact centre dial the call of one message of the dial queue. */
export function dialCalls(
  deps: PlainWork &
    Pick<DialCallDeps, 'cipher' | 'calls'> & { readonly bank: Parameters<typeof outboundWords>[1] },
) {
  const { rooms, telemetry, bank } = deps;
  const dial = createDialCall({
    ...rooms,
    ...deps,
    contactOf: rooms.contacts.get,
    isWrongNumber: async (digest) => (await rooms.phones.get(digest))?.body.wrongNumberAt !== undefined,
    words: (language) => outboundWords(language, bank),
    tellContact: createTellContact(rooms),
  });
  return async (record: SQSRecord): Promise<void> => {
    const dialled = await dial(effectKeyOf(record));
    const reason = dialled.outcome === 'refused' ? dialled.reason : undefined;
    telemetry.log('call_dialled', { outcome: dialled.outcome, reason });
    if (dialled.outcome === 'unknown' || (reason !== undefined && ofOurs.has(reason))) {
      telemetry.count('CallsNotPlaced');
    }
  };
}
