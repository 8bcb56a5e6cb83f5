import { createHash, randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { LocalClock } from '../clock.ts';
import { isRecord, type Json, recordOf, textOf } from './json.ts';
import { openStateFile } from './state-file.ts';

const heldSchema = z.array(
  z.object({
    id: z.string(),
    queue: z.string(),
    sentAt: z.number(),
    dueAt: z.number(),
    input: z.record(z.string(), z.unknown()),
  }),
);
export type HeldMessage = z.output<typeof heldSchema>[number];

/** Messages whose delay has not passed on the local clock; kept over restarts when there is a state folder. */
export interface DelayedMessages {
  /** Holds the message; the answer is what SendMessage answers. */
  hold(queue: string, input: Json, delaySeconds: number): Json;
  count(queue: string): number;
  /** Begins to hand over what fell due, what was stored included. */
  start(): void;
  close(): void;
}

export function createDelayedMessages(options: {
  clock: LocalClock;
  stateDir: string | undefined;
  deliver: (message: HeldMessage) => Promise<void>;
}): DelayedMessages {
  const { clock, deliver } = options;
  const file = openStateFile({
    stateDir: options.stateDir,
    name: 'delayed-messages',
    schema: heldSchema,
    initial: [],
  });
  let closed = false;
  const arm = (message: HeldMessage): void => {
    clock.setTimeout(async () => {
      if (closed) return;
      await deliver(message);
      // Forgotten only once it is in the queue: a crash in between delivers twice, never not at all.
      file.value = file.value.filter((other) => other !== message);
      file.save();
    }, message.dueAt - clock.now());
  };
  return {
    hold(queue, input, delaySeconds) {
      const sentAt = clock.now();
      const { DelaySeconds: _delay, QueueUrl: _url, ...rest } = input;
      const message = { id: randomUUID(), queue, sentAt, dueAt: sentAt + delaySeconds * 1000, input: rest };
      file.value.push(message);
      file.save();
      arm(message);
      const digest = attributesDigest(recordOf(input.MessageAttributes));
      return {
        MessageId: message.id,
        MD5OfMessageBody: createHash('md5').update(String(input.MessageBody)).digest('hex'),
        ...(digest ? { MD5OfMessageAttributes: digest } : {}),
      };
    },
    count: (queue) => file.value.filter((message) => message.queue === queue).length,
    start: () => file.value.forEach(arm),
    close() {
      closed = true;
    },
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
