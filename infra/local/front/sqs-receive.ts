import type { LocalClock } from '../clock.ts';
import { isRecord, type Json, listOf, numberOf, recordOf, textOf } from './json.ts';
import type { Arrivals } from './sqs-arrivals.ts';
import { type BackendQueues, deadLetterOf } from './sqs-backend-queue.ts';
import type { InFlight } from './sqs-in-flight.ts';

/** A message the backend holds: the id its sender was told, and its times on the local clock. */
export interface SentMessage {
  readonly id: string;
  readonly sentAt: number;
  firstReceivedAt?: number;
}

export type Receive = (
  queue: { name: string; attributes: Readonly<Record<string, string>> },
  input: Json,
  gone: AbortSignal,
) => Promise<Json>;

/** ReceiveMessage with its long poll, under the front's own visibility timers. */
export function createReceive(options: {
  inner: BackendQueues;
  clock: LocalClock;
  arrivals: Arrivals;
  inFlight: InFlight;
  /** By the backend's message id. */
  sent: ReadonlyMap<string, SentMessage>;
}): Receive {
  const { inner, clock, arrivals, inFlight, sent } = options;

  const take = (queue: string, message: Json, visibilitySeconds: number): Json => {
    const messageId = textOf(message.MessageId) ?? '';
    inFlight.take(textOf(message.ReceiptHandle) ?? '', { queue, messageId, visibilitySeconds });
    const known = sent.get(messageId);
    if (!known) return message;
    known.firstReceivedAt ??= clock.now();
    return inOurTerms(message, known);
  };

  return async ({ name, attributes }, input, gone) => {
    const waitSeconds =
      numberOf(input.WaitTimeSeconds) ?? numberOf(attributes.ReceiveMessageWaitTimeSeconds) ?? 0;
    const visibility = numberOf(input.VisibilityTimeout) ?? numberOf(attributes.VisibilityTimeout) ?? 30;
    const deadLetter = deadLetterOf(attributes);
    // A person or a poller waits in real time, whatever the local clock says.
    const until = Date.now() + waitSeconds * 1000;
    while (true) {
      const seen = arrivals.count(name);
      const answer = await inner.receive(name, input);
      const messages = listOf(answer.Messages).filter(isRecord);
      // Receiving is also what moves a message to the dead letters.
      if (deadLetter) arrivals.announce(deadLetter);
      if (messages.length > 0 && !gone.aborted) {
        return { Messages: messages.map((message) => take(name, message, visibility)) };
      }
      for (const message of messages) {
        await inner.show(name, textOf(message.ReceiptHandle) ?? '');
        arrivals.announce(name);
      }
      const restMs = until - Date.now();
      if (restMs <= 0 || gone.aborted) return {};
      await arrivals.wait(name, { seen, ms: restMs, gone });
    }
  };
}

/** The message under the id its sender was told and with times of the local clock, where it shows times. */
function inOurTerms(message: Json, known: SentMessage): Json {
  const MessageId = known.id;
  if (message.Attributes === undefined) return { ...message, MessageId };
  const Attributes = recordOf(message.Attributes);
  const times: Json = {
    SentTimestamp: String(known.sentAt),
    ApproximateFirstReceiveTimestamp: String(known.firstReceivedAt),
  };
  const shown = Object.entries(times).filter(([name]) => name in Attributes);
  return { ...message, MessageId, Attributes: { ...Attributes, ...Object.fromEntries(shown) } };
}
