import type { SQSRecord } from 'aws-lambda';
import { failsForGood } from '../../functions/platform/faults.ts';
import { handleInGroups } from '../../functions/platform/queue-batch.ts';
import { queueRecord } from '../support/queue-record.ts';
import type { Chance } from './chance.ts';
import type { Engine } from './engine.ts';

const VISIBILITY_MS = 120_000;
/** Effects are tried so often, then the sweep is behind them; what exists nowhere else is tried for days. */
const TRIES_OF_EFFECTS = 5;
const BATCH = 10;
/** A batch is filled from the oldest; behind so many that others work on, nobody looks further. */
const MOST_LOOKED_AT = 100;

export interface QueueOptions {
  readonly engine: Engine;
  readonly chance: Chance;
  readonly name: string;
  readonly handle: (record: SQSRecord) => Promise<void>;
  readonly groupOf?: (record: SQSRecord) => string;
  /** Its messages exist nowhere else. */
  readonly patient: boolean;
  readonly log: (line: string) => void;
  /** A fault that comes again with every try: a mistake of ours. */
  readonly onMistake: (error: unknown) => void;
}

export interface SimulatedQueue {
  push(body: string, options?: { delayMs?: number; copiesAfterMs?: readonly number[] }): void;
}

interface Message {
  readonly id: string;
  readonly body: string;
  tries: number;
  /** Nobody sees it before: it is on its way, or somebody works on it. */
  visibleAt: number;
  done: boolean;
}

/** At least once, in no order, ten at a time, failures one by one; who dies with a batch leaves all of it. */
export function createQueue(options: QueueOptions): SimulatedQueue {
  const { chance, engine, name, patient } = options;
  const groupOf = options.groupOf ?? ((record: SQSRecord) => record.messageId);
  const waiting = new Set<Message>();
  let count = 0;

  function show(message: Message, afterMs: number): void {
    message.visibleAt = engine.now() + afterMs;
    engine.after(afterMs, () =>
      message.done || message.visibleAt > engine.now() ? undefined : receive(message),
    );
  }

  function batchWith(first: Message): readonly Message[] {
    const most = chance.oneIn(3) ? 1 : BATCH;
    const batch = [first];
    let looked = 0;
    for (const message of waiting) {
      looked += 1;
      if (batch.length >= most || looked > MOST_LOOKED_AT) break;
      if (message !== first && message.visibleAt <= engine.now()) batch.push(message);
    }
    return batch;
  }

  async function receive(first: Message): Promise<void> {
    const batch = batchWith(first);
    const records = batch.map((message) => {
      message.tries += 1;
      show(message, VISIBILITY_MS);
      return queueRecord(name, message.body, message);
    });
    options.log(
      `${name} ← ${batch.map(({ id, tries }) => `${id}${tries > 1 ? ` (try ${tries})` : ''}`).join(', ')}`,
    );
    const failed = new Set<SQSRecord>();
    const answer = await handleInGroups(records, {
      groupOf,
      handle: options.handle,
      failed: (record, error) => {
        failed.add(record);
        options.log(`${name}: ${record.messageId} failed: ${error instanceof Error ? error.message : error}`);
        if (failsForGood(error)) options.onMistake(error);
      },
    });
    // Ids of copies are alike, as on SQS: one that failed fails for all copies of its batch.
    const failures = new Set(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    for (const message of batch) end(message, failures.has(message.id));
  }

  function end(message: Message, hasFailed: boolean): void {
    if (hasFailed && (patient || message.tries < TRIES_OF_EFFECTS)) {
      show(message, 5_000 * Math.min(12, 2 ** message.tries));
    } else if (hasFailed || !chance.oneIn(40)) {
      message.done = true;
      waiting.delete(message);
    }
    // Else it was worked on and its deletion got lost: it shows again.
  }

  return {
    push: (body, { delayMs = 0, copiesAfterMs = [] } = {}) => {
      count += 1;
      const id = `${name}-${count}`;
      options.log(`${name} + ${id}: ${body.slice(0, 400)}`);
      for (const extra of [0, ...copiesAfterMs]) {
        const message: Message = { id, body, tries: 0, visibleAt: 0, done: false };
        waiting.add(message);
        show(message, delayMs + extra);
      }
    },
  };
}
