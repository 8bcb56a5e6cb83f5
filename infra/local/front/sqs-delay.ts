import { createHash } from 'node:crypto';
import type { ClockHandle, LocalClock } from '../clock.ts';
import { isRecord, type Json, recordOf, textOf } from './json.ts';
import type { StoredMessage } from './sqs-journal.ts';

/** Messages whose delay has not passed on the local clock. */
export interface DelayedMessages {
  /** `deliver` is called with it once its `dueAt` has come. */
  hold(message: StoredMessage): void;
  /** Forgets what waits for a queue; the ids of it. */
  drop(queue: string): readonly string[];
  count(queue: string): number;
  close(): void;
}

export function createDelayedMessages(
  clock: LocalClock,
  deliver: (message: StoredMessage) => Promise<void>,
): DelayedMessages {
  const held = new Map<string, { queue: string; timer: ClockHandle }>();
  const inQueue = (queue: string) => [...held].filter(([, entry]) => entry.queue === queue);
  const forget = ([id, { timer }]: [string, { timer: ClockHandle }]): string => {
    clock.clear(timer);
    held.delete(id);
    return id;
  };
  return {
    hold(message) {
      const due = async () => {
        held.delete(message.id);
        await deliver(message);
      };
      const timer = clock.setTimeout(due, (message.dueAt ?? 0) - clock.now());
      held.set(message.id, { queue: message.queue, timer });
    },
    drop: (queue) => inQueue(queue).map(forget),
    count: (queue) => inQueue(queue).length,
    close: () => void [...held].map(forget),
  };
}

/** What SendMessage answers for a message that the backend has not seen yet. */
export function sentAnswer(message: StoredMessage): Json {
  const digest = attributesDigest(recordOf(message.input.MessageAttributes));
  return {
    MessageId: message.id,
    MD5OfMessageBody: createHash('md5').update(String(message.input.MessageBody)).digest('hex'),
    ...(digest ? { MD5OfMessageAttributes: digest } : {}),
  };
}

/** MD5 over the sorted attributes: lengths, names, types, values (SQS developer guide, Message attributes). */
function attributesDigest(attributes: Json): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const attribute = attributes[name];
    if (!isRecord(attribute)) continue;
    const type = textOf(attribute.DataType) ?? 'String';
    const isBinary = type.startsWith('Binary');
    add(Buffer.from(name));
    add(Buffer.from(type));
    hash.update(Buffer.from([isBinary ? 2 : 1]));
    add(
      isBinary
        ? Buffer.from(textOf(attribute.BinaryValue) ?? '', 'base64')
        : Buffer.from(textOf(attribute.StringValue) ?? ''),
    );
  }
  return hash.digest('hex');
}
