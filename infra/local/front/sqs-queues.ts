import type { LocalClock } from '../clock.ts';
import type { LocalModel } from '../model.ts';
import { isRecord, type Json, listOf, numberOf, parseRecord, recordOf, textOf } from './json.ts';
import { createArrivals } from './sqs-arrivals.ts';
import { backendAccount, type QueueBackend } from './sqs-backend.ts';
import { createDelayedMessages, type HeldMessage } from './sqs-delay.ts';
import { createInFlight } from './sqs-in-flight.ts';

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
  setAttributes(name: string, attributes: Json): Promise<void>;
  /** `input` as of SendMessage; the answer too. */
  send(name: string, input: Json): Promise<Json>;
  receive(name: string, input: Json, gone: AbortSignal): Promise<Json>;
  remove(name: string, receipt: string): Promise<void>;
  changeVisibility(name: string, receipt: string, seconds: number): Promise<void>;
  purge(name: string): Promise<void>;
  depth(name: string): Promise<QueueDepth>;
  /** Hands over what was held for later before the last restart. */
  start(): void;
  close(): void;
}

/** The backend keeps a received message for as long as it can; the front says when it shows again. */
const longestVisibilitySeconds = 43_200;

export function createQueues(options: {
  model: LocalModel;
  backend: QueueBackend;
  clock: LocalClock;
  stateDir: string | undefined;
}): Queues {
  const { backend, clock, model } = options;
  const attributes = new Map<string, Record<string, string>>();
  /** Messages in the backend, by its id: the id the sender was told, and times on the local clock. */
  const sent = new Map<string, { id: string; sentAt: number; firstReceivedAt?: number }>();
  const arrivals = createArrivals();
  const QueueUrl = (name: string) => `http://local/${backendAccount}/${name}`;
  const attribute = (name: string, key: string) => numberOf(attributes.get(name)?.[key]);

  const show = async (queue: string, ReceiptHandle: string): Promise<void> => {
    const input = { QueueUrl: QueueUrl(queue), ReceiptHandle, VisibilityTimeout: 0 };
    await backend.call('ChangeMessageVisibility', input).catch(() => undefined);
    arrivals.announce(queue);
  };
  const inFlight = createInFlight(clock, show);

  const enqueue = async (name: string, input: Json, held?: HeldMessage): Promise<Json> => {
    const answer = await backend.call('SendMessage', { ...input, QueueUrl: QueueUrl(name) });
    const inner = textOf(answer.MessageId) ?? '';
    sent.set(inner, { id: held?.id ?? inner, sentAt: held?.sentAt ?? clock.now() });
    arrivals.announce(name);
    return answer;
  };
  const delayed = createDelayedMessages({
    clock,
    stateDir: options.stateDir,
    deliver: async (message) => {
      if (attributes.has(message.queue)) await enqueue(message.queue, message.input, message);
    },
  });

  const take = (name: string, message: Json, visibilitySeconds: number): Json => {
    const inner = textOf(message.MessageId) ?? '';
    const known = sent.get(inner);
    inFlight.take(textOf(message.ReceiptHandle) ?? '', { queue: name, messageId: inner, visibilitySeconds });
    if (!known) return message;
    known.firstReceivedAt ??= clock.now();
    const asked = recordOf(message.Attributes);
    const times: Json = {};
    if ('SentTimestamp' in asked) times.SentTimestamp = String(known.sentAt);
    if ('ApproximateFirstReceiveTimestamp' in asked)
      times.ApproximateFirstReceiveTimestamp = String(known.firstReceivedAt);
    const Attributes = message.Attributes === undefined ? {} : { Attributes: { ...asked, ...times } };
    return { ...message, MessageId: known.id, ...Attributes };
  };

  const receive: Queues['receive'] = async (name, input, gone) => {
    const waitSeconds =
      numberOf(input.WaitTimeSeconds) ?? attribute(name, 'ReceiveMessageWaitTimeSeconds') ?? 0;
    const visibility = numberOf(input.VisibilityTimeout) ?? attribute(name, 'VisibilityTimeout') ?? 30;
    const request = {
      ...input,
      QueueUrl: QueueUrl(name),
      WaitTimeSeconds: 0,
      VisibilityTimeout: longestVisibilitySeconds,
    };
    const deadLetter = deadLetterOf(attributes.get(name));
    // A person or a poller waits in real time, whatever the local clock says.
    const until = Date.now() + waitSeconds * 1000;
    while (true) {
      const seen = arrivals.count(name);
      const answer = await backend.call('ReceiveMessage', request);
      const messages = listOf(answer.Messages).filter(isRecord);
      // Receiving is also what moves a message to the dead letters.
      if (deadLetter) arrivals.announce(deadLetter);
      if (messages.length > 0 && !gone.aborted)
        return { Messages: messages.map((message) => take(name, message, visibility)) };
      for (const message of messages) await show(name, textOf(message.ReceiptHandle) ?? '');
      const restMs = until - Date.now();
      if (restMs <= 0 || gone.aborted) return {};
      await arrivals.wait(name, { seen, ms: restMs, gone });
    }
  };

  const queues: Queues = {
    exists: (name) => attributes.has(name),
    names: () => [...attributes.keys()],
    attributesOf: (name) => attributes.get(name) ?? {},
    async create(name, given) {
      attributes.set(name, { ...given });
      await backend.call('CreateQueue', { QueueName: name, Attributes: innerAttributes(given, model) });
    },
    async setAttributes(name, given) {
      const own = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]));
      attributes.set(name, { ...attributes.get(name), ...own });
      await backend.call('SetQueueAttributes', {
        QueueUrl: QueueUrl(name),
        Attributes: innerAttributes(own, model),
      });
    },
    async send(name, input) {
      const isFifo = name.endsWith('.fifo');
      const delay = numberOf(input.DelaySeconds) ?? attribute(name, 'DelaySeconds') ?? 0;
      if (delay > 0 && !isFifo) return delayed.hold(name, input, delay);
      const { DelaySeconds: _none, ...rest } = input;
      return enqueue(name, rest);
    },
    receive,
    async remove(name, ReceiptHandle) {
      const entry = inFlight.release(ReceiptHandle);
      if (entry) sent.delete(entry.messageId);
      await backend.call('DeleteMessage', { QueueUrl: QueueUrl(name), ReceiptHandle });
    },
    async changeVisibility(name, ReceiptHandle, seconds) {
      if (seconds > 0 && inFlight.extend(ReceiptHandle, seconds)) return;
      inFlight.release(ReceiptHandle);
      const input = { QueueUrl: QueueUrl(name), ReceiptHandle, VisibilityTimeout: seconds };
      await backend.call('ChangeMessageVisibility', input);
      arrivals.announce(name);
    },
    async purge(name) {
      await backend.call('PurgeQueue', { QueueUrl: QueueUrl(name) });
    },
    async depth(name) {
      const { Attributes } = await backend.call('GetQueueAttributes', {
        QueueUrl: QueueUrl(name),
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      });
      const counts = recordOf(Attributes);
      return {
        visible: numberOf(counts.ApproximateNumberOfMessages) ?? 0,
        inFlight: numberOf(counts.ApproximateNumberOfMessagesNotVisible) ?? 0,
        delayed: delayed.count(name),
      };
    },
    start: () => delayed.start(),
    close() {
      delayed.close();
      arrivals.close();
    },
  };
  return queues;
}

/** Attributes the backend is to know: not the delay (held here), and the dead letters under its own account. */
function innerAttributes(given: Readonly<Record<string, string>>, model: LocalModel): Record<string, string> {
  const { DelaySeconds: _delay, Policy: _policy, KmsMasterKeyId: _key, ...rest } = given;
  const inner = (text: string) => text.replaceAll(`:${model.account}:`, `:${backendAccount}:`);
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, inner(value)]));
}

function deadLetterOf(attributes: Readonly<Record<string, string>> | undefined): string | undefined {
  const policy = attributes?.RedrivePolicy ? parseRecord(attributes.RedrivePolicy) : undefined;
  return textOf(policy?.deadLetterTargetArn)?.split(':').at(-1);
}
