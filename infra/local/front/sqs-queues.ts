import { randomUUID } from 'node:crypto';
import type { LocalClock } from '../clock.ts';
import { type Json, numberOf, textOf } from './json.ts';
import { createArrivals } from './sqs-arrivals.ts';
import type { BackendQueues } from './sqs-backend-queue.ts';
import { createDelayedMessages, sentAnswer } from './sqs-delay.ts';
import { createInFlight } from './sqs-in-flight.ts';
import { openQueueJournal, type StoredMessage } from './sqs-journal.ts';
import { createReceive, type SentMessage } from './sqs-receive.ts';

export interface QueueDepth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** The queues behind SQS, SNS and the bus. Delays, visibility and timestamps follow the local clock. */
export interface Queues {
  exists(name: string): boolean;
  names(): readonly string[];
  create(name: string, attributes: Readonly<Record<string, string>>): Promise<void>;
  attributesOf(name: string): Readonly<Record<string, string>>;
  setAttributes(name: string, attributes: Readonly<Record<string, string>>): Promise<void>;
  /** `input` as of SendMessage; the answer too. */
  send(name: string, input: Json): Promise<Json>;
  receive(name: string, input: Json, gone: AbortSignal): Promise<Json>;
  remove(name: string, receipt: string): Promise<void>;
  changeVisibility(name: string, receipt: string, seconds: number): Promise<void>;
  purge(name: string): Promise<void>;
  depth(name: string): Promise<QueueDepth>;
  /** Puts back what was in the queues when the process ended. */
  restore(): Promise<void>;
  close(): void;
}

export function createQueues(options: {
  inner: BackendQueues;
  clock: LocalClock;
  stateDir: string | undefined;
}): Queues {
  const { inner, clock } = options;
  const attributes = new Map<string, Readonly<Record<string, string>>>();
  const attributesOf = (name: string) => attributes.get(name) ?? {};
  const sent = new Map<string, SentMessage>();
  const journal = openQueueJournal(options.stateDir);
  const arrivals = createArrivals();
  const inFlight = createInFlight(clock, async (queue, receipt) => {
    // It may be gone from the backend (a purge): then there is nothing to show.
    await inner.show(queue, receipt).catch(() => undefined);
    arrivals.announce(queue);
  });
  const receive = createReceive({ inner, clock, arrivals, inFlight, sent });

  const enqueue = async (name: string, input: Json, known?: StoredMessage): Promise<Json> => {
    const answer = await inner.send(name, input);
    const innerId = textOf(answer.MessageId) ?? '';
    const message = known ?? { id: innerId, queue: name, sentAt: clock.now(), input };
    // A FIFO duplicate is answered with the id of the first.
    if (!known && !sent.has(innerId)) journal.add(message);
    sent.set(innerId, { id: message.id, sentAt: message.sentAt });
    arrivals.announce(name);
    return answer;
  };
  const delayed = createDelayedMessages(clock, async (message) => {
    await enqueue(message.queue, message.input, message);
  });
  const hold = (queue: string, input: Json, delaySeconds: number): Json => {
    const sentAt = clock.now();
    const message = { id: randomUUID(), queue, sentAt, dueAt: sentAt + delaySeconds * 1000, input };
    journal.add(message);
    delayed.hold(message);
    return sentAnswer(message);
  };

  return {
    exists: (name) => attributes.has(name),
    names: () => [...attributes.keys()],
    attributesOf,
    async create(name, given) {
      attributes.set(name, { ...given });
      await inner.create(name, given);
    },
    async setAttributes(name, given) {
      attributes.set(name, { ...attributesOf(name), ...given });
      await inner.setAttributes(name, given);
    },
    async send(name, { DelaySeconds, QueueUrl: _url, ...input }) {
      const delay = numberOf(DelaySeconds) ?? numberOf(attributesOf(name).DelaySeconds) ?? 0;
      return delay > 0 && !name.endsWith('.fifo') ? hold(name, input, delay) : enqueue(name, input);
    },
    receive: (name, input, gone) => receive({ name, attributes: attributesOf(name) }, input, gone),
    async remove(name, receipt) {
      const entry = inFlight.release(receipt);
      await inner.remove(name, receipt);
      const known = entry && sent.get(entry.messageId);
      if (!known) return;
      sent.delete(entry.messageId);
      journal.gone(known.id);
    },
    async changeVisibility(name, receipt, seconds) {
      if (seconds > 0 && inFlight.extend(receipt, seconds)) return;
      inFlight.release(receipt);
      await inner.show(name, receipt);
      arrivals.announce(name);
    },
    async purge(name) {
      delayed.drop(name);
      for (const message of journal.all()) if (message.queue === name) journal.gone(message.id);
      await inner.purge(name);
    },
    depth: async (name) => ({ ...(await inner.counts(name)), delayed: delayed.count(name) }),
    async restore() {
      for (const message of journal.all()) {
        // A queue that the template no longer has takes its messages with it.
        if (!attributes.has(message.queue)) journal.gone(message.id);
        else if ((message.dueAt ?? 0) > clock.now()) delayed.hold(message);
        else await enqueue(message.queue, message.input, message);
      }
    },
    close() {
      delayed.close();
      arrivals.close();
    },
  };
}
