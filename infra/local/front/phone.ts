import { randomUUID } from 'node:crypto';
import { AwsError } from './aws-error.ts';
import { type Json, recordOf, textOf } from './json.ts';
import type { FailedDelivery } from './phone-deliveries.ts';
import { type RepliesDeps, sendReply } from './phone-replies.ts';

/** A text that reached the customer's phone. */
export interface PhoneMessage {
  readonly messageId: string;
  readonly number: string;
  readonly text: string;
  /** Epoch milliseconds on the local clock. */
  readonly at: number;
  /** `AWS.SNS.SMS.SenderID`, `…SMSType`, `…MaxPrice`, `AWS.MM.SMS.OriginationNumber` … as sent. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** How SNS refuses a number: not a number it can text, or a number that opted out. */
export type NumberRefusal = 'InvalidParameter' | 'OptedOut';

export interface PhoneReply {
  readonly inboundMessageId?: string;
  readonly previousPublishedMessageId?: string;
  /** Number the customer wrote to; the one the last text came from, unless told. */
  readonly destinationNumber?: string;
  /** Time on the local clock (epoch milliseconds) it was sent at; now, unless told. One of the past comes late. */
  readonly at?: number;
}

/** The customers' phones: what was texted to them, and what they text back. */
export interface Phone {
  messages(number?: string): readonly PhoneMessage[];
  onMessage(fn: (message: PhoneMessage) => void): () => void;
  /** Publishes the two-way SMS JSON to the replies topic, as AWS End User Messaging does; its inboundMessageId. */
  reply(number: string, text: string, options?: PhoneReply): Promise<string>;
  /** Every text to the number fails from now on; `undefined` lets them through again. */
  refuse(number: string, reason: NumberRefusal | undefined): void;
  /**
   * Texts to the number are taken and never arrive: `afterMs` later (a second unless told) SNS logs the carrier's
   * words. `undefined` lets them arrive again.
   */
  lose(number: string, carrierSays: string | undefined, afterMs?: number): void;
  /** The account's opt-out list, as a STOP to AWS' own opt-out handling fills it. */
  optOut(number: string): void;
  /** Forgets texts, refusals and opt-outs; observers stay. */
  forget(): void;
}

export interface PhoneLine extends Phone {
  /** A text from SNS; its MessageId. Throws SNS' error when the number is refused. */
  deliver(number: string, text: string, attributes: Json): string;
  isOptedOut(number: string): boolean;
  optedOut(): readonly string[];
  optIn(number: string): void;
}

/** Older texts are forgotten. */
const messagesKept = 10_000;

const CARRIER_ANSWERS_MS = 1_000;

export function createPhone(
  deps: RepliesDeps & { readonly logFailure: (failed: FailedDelivery) => void },
): PhoneLine {
  const { clock } = deps;
  let messages: PhoneMessage[] = [];
  const watchers = new Set<(message: PhoneMessage) => void>();
  const refused = new Map<string, NumberRefusal>();
  const optedOut = new Set<string>();
  const lost = new Map<string, { readonly carrierSays: string; readonly afterMs: number }>();

  return {
    messages: (number) =>
      number === undefined ? [...messages] : messages.filter((message) => message.number === number),
    onMessage(fn) {
      watchers.add(fn);
      return () => watchers.delete(fn);
    },
    refuse(number, reason) {
      if (reason === undefined) refused.delete(number);
      else refused.set(number, reason);
    },
    lose(number, carrierSays, afterMs = CARRIER_ANSWERS_MS) {
      if (carrierSays === undefined) lost.delete(number);
      else lost.set(number, { carrierSays, afterMs });
    },
    optOut: (number) => void optedOut.add(number),
    isOptedOut: (number) => optedOut.has(number),
    optedOut: () => [...optedOut],
    optIn: (number) => void optedOut.delete(number),

    deliver(number, text, attributes) {
      refuseNumber(number, refused.get(number), optedOut.has(number));
      const plain = Object.entries(attributes).map(([name, value]) => [
        name,
        textOf(recordOf(value).StringValue) ?? '',
      ]);
      const messageId = randomUUID();
      const loss = lost.get(number);
      if (loss !== undefined) {
        const takenAt = clock.now();
        const failed = { messageId, number, takenAt, providerResponse: loss.carrierSays };
        clock.setTimeout(() => deps.logFailure({ ...failed, failedAt: clock.now() }), loss.afterMs);
        return messageId;
      }
      const message: PhoneMessage = {
        messageId,
        number,
        text,
        at: clock.now(),
        attributes: Object.fromEntries(plain),
      };
      messages.push(message);
      if (messages.length > messagesKept) messages.shift();
      for (const watch of watchers) watch(message);
      return message.messageId;
    },

    reply(number, body, reply = {}) {
      const answers = messages.findLast((message) => message.number === number);
      return sendReply(deps, { number, body, answers, reply });
    },
    forget() {
      messages = [];
      refused.clear();
      lost.clear();
      optedOut.clear();
    },
  };
}

/** What SNS says to a number it will not text (SNS API reference, Publish, Errors). */
function refuseNumber(number: string, refusal: NumberRefusal | undefined, isOptedOut: boolean): void {
  if (refusal === 'OptedOut') throw new AwsError({ code: 'OptedOut', message: 'Phone number is opted out' });
  const reason = isOptedOut
    ? 'Phone number is opted out'
    : `${shownNumber(number)} is not valid to publish to`;
  if (isOptedOut || refusal === 'InvalidParameter' || !/^\+[1-9]\d{6,14}$/.test(number)) {
    throw new AwsError({
      code: 'InvalidParameter',
      message: `Invalid parameter: PhoneNumber Reason: ${reason}`,
    });
  }
}

/** A phone number is never printed: only its last two digits are. */
export function shownNumber(number: string): string {
  return `+***${number.slice(-2)}`;
}
