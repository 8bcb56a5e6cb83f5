import { gunzipSync } from 'node:zlib';
import * as z from 'zod/mini';

/**
 * Why a text that the provider took never arrived. The provider's own words stay in its log: they may quote the
 * number (I10). "SMS delivery failures" of the SNS developer guide, and `not_delivered` for words it does not list.
 */
export type DeliveryFailure =
  | 'blocked_as_spam'
  | 'blocked_list'
  | 'invalid_number'
  | 'invalid_body'
  | 'carrier_blocked'
  | 'carrier_unreachable'
  | 'phone_blocks_texts'
  | 'phone_unreachable'
  | 'opted_out'
  | 'max_price'
  | 'spend_limit'
  | 'landline'
  | 'unknown_error'
  | 'not_delivered';

export interface DeliveryReport {
  /** What Publish answered when it took the text. */
  readonly messageId: string;
  readonly delivered: boolean;
  readonly reason?: DeliveryFailure;
}

const failures: readonly (readonly [RegExp, DeliveryFailure])[] = [
  [/blocked as spam/i, 'blocked_as_spam'],
  [/on a blocked list/i, 'blocked_list'],
  [/opted[ _-]?out/i, 'opted_out'],
  [/max(imum)? price/i, 'max_price'],
  [/spend|quota/i, 'spend_limit'],
  [/landline|fixed line/i, 'landline'],
  [/carrier has blocked/i, 'carrier_blocked'],
  [/carrier is currently un/i, 'carrier_unreachable'],
  [/phone has blocked/i, 'phone_blocks_texts'],
  [/phone is currently un/i, 'phone_unreachable'],
  [/message body/i, 'invalid_body'],
  [/invalid (phone )?number|invalid phone/i, 'invalid_number'],
  [/unknown error/i, 'unknown_error'],
];

/** One entry as SNS writes it into `sns/<region>/<account>/DirectPublishToPhoneNumber[/Failure]`. */
const recordSchema = z.object({
  notification: z.object({ messageId: z.string().check(z.minLength(1), z.maxLength(128)) }),
  delivery: z.object({ providerResponse: z.optional(z.string()) }),
  status: z.enum(['SUCCESS', 'FAILURE']),
});

/** What CloudWatch Logs hands to a subscribed function: JSON, gzipped, in base64. */
const eventSchema = z.object({ awslogs: z.object({ data: z.string() }) });
const batchSchema = z.object({
  messageType: z.string(),
  logEvents: z.array(z.object({ message: z.string() })),
});
/** A batch is at most 1 MB gzipped; this much unpacked is no batch of ours. */
const MOST_BYTES = 64 * 1024 * 1024;

export interface DeliveryBatch {
  readonly reports: readonly DeliveryReport[];
  /** Entries that are no delivery status; they say nothing and are left out. */
  readonly unreadable: number;
}

/** The delivery statuses in an event of CloudWatch Logs. Throws, without a value in its words, on anything else. */
export function readDeliveryEvent(event: unknown): DeliveryBatch {
  const packed = eventSchema.safeParse(event);
  if (!packed.success) throw new Error('no event of a log subscription');
  const batch = batchSchema.safeParse(unpacked(packed.data.awslogs.data));
  if (!batch.success) throw new Error('a log subscription without log events');
  // CloudWatch tries the subscription out with a CONTROL_MESSAGE.
  if (batch.data.messageType !== 'DATA_MESSAGE') return { reports: [], unreadable: 0 };
  const read = batch.data.logEvents.map(({ message }) => recordSchema.safeParse(jsonOf(message)));
  const records = read.flatMap((record) => (record.success ? [record.data] : []));
  return { reports: records.map(reportOf), unreadable: read.length - records.length };
}

function reportOf({ notification, delivery, status }: z.output<typeof recordSchema>): DeliveryReport {
  const { messageId } = notification;
  if (status === 'SUCCESS') return { messageId, delivered: true };
  const words = delivery.providerResponse ?? '';
  const reason = failures.find(([pattern]) => pattern.test(words))?.[1] ?? 'not_delivered';
  return { messageId, delivered: false, reason };
}

function unpacked(data: string): unknown {
  try {
    const options = { maxOutputLength: MOST_BYTES };
    return jsonOf(gunzipSync(Buffer.from(data, 'base64'), options).toString('utf8'));
  } catch {
    return undefined;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
