import type { SQSRecord } from 'aws-lambda';
import type { Quarantine } from '../platform/quarantine.ts';
import { type BankEvent, type EventReaders, type OwnEvent, parseBankEvent } from '../transaction/envelope.ts';
import { keptEvent } from '../transaction/kept-event.ts';
import { queueName } from './patience.ts';
import type { Telemetry } from './telemetry.ts';

/** Hands a bank event on, or keeps what cannot be used with the reason; nothing else is delayed by it (H29). */
export function bankEventHandler<Event extends BankEvent | OwnEvent>(deps: {
  telemetry: Telemetry;
  quarantine: Quarantine;
  now: () => Date;
  /** Of the events this queue brings; any other is of unknown type here. */
  readers: EventReaders<Event>;
  /** Whose events come here; the bank's where it is not said. */
  sources?: readonly string[];
  /** What of a message may be kept. */
  kept: (record: SQSRecord) => Promise<string>;
  /** A reason when the event cannot be used here. */
  handle: (event: Event) => Promise<{ reason: string; detail: string } | undefined>;
}): (record: SQSRecord) => Promise<void> {
  return async (record) => {
    const now = deps.now();
    const parsed = parseBankEvent(record.body, deps.readers, { now, sources: deps.sources });
    const refused = parsed.kind === 'event' ? await deps.handle(parsed.event) : parsed;
    if (refused === undefined) return;
    const { reason, detail } = refused;
    await deps.quarantine.keep({
      source: queueName(record),
      body: await deps.kept(record),
      identity: record.body,
      reason,
      detail,
      now,
    });
    deps.telemetry.log('event_quarantined', { reason, detail, messageId: record.messageId });
    deps.telemetry.count('QuarantinedEvents');
  };
}

/** What of an event about a card may be kept: all but card numbers. */
export const keptOfCard = async ({ body }: SQSRecord): Promise<string> => keptEvent(body);

/** Messages of one card stay in order; what cannot be read is its own group. */
export function cardGroup(record: SQSRecord): string {
  return /"cardToken"\s*:\s*"([^"]{1,64})"/.exec(record.body)?.[1] ?? record.messageId;
}
