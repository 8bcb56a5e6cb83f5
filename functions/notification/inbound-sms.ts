import * as z from 'zod/mini';
import { maskForLog, maskForStorage } from '../platform/mask.ts';

const e164 = /^\+[1-9]\d{5,14}$/;

/** The SNS envelope as SQS carries it; its `Timestamp` is the only time an inbound text has. */
const envelopeSchema = z.object({
  Type: z.literal('Notification'),
  Message: z.string(),
  Timestamp: z.iso.datetime(),
});

/** Fit to be part of a key. */
const usableId = /^[\w.:=+/-]{1,128}$/;

/** What AWS publishes for an inbound text (two-way SMS). No order, at least once, possibly hours late. */
const inboundSchema = z.object({
  originationNumber: z.string().check(z.regex(e164)),
  destinationNumber: z.string(),
  messageKeyword: z.optional(z.string()),
  messageBody: z.string().check(z.maxLength(2_000)),
  // Ids are a help, and no reason to lose a text: one that cannot be used counts as none.
  inboundMessageId: z.catch(z.optional(z.string().check(z.regex(usableId))), undefined),
  previousPublishedMessageId: z.catch(z.optional(z.string().check(z.regex(usableId))), undefined),
});

export type ParsedInbound =
  | {
      readonly kind: 'text';
      readonly text: {
        /** Absent where the provider gave none that can be used: the text is then known by what it says and when. */
        readonly messageId: string | undefined;
        readonly from: string;
        readonly body: string;
        readonly sentAt: string;
        readonly previousMessageId: string | undefined;
      };
    }
  | { readonly kind: 'refused'; readonly reason: 'not_json' | 'malformed'; readonly detail: string };

/** Reads one inbound text out of its SQS body; what cannot be read comes back with paths, no values. */
export function parseInboundSms(body: string): ParsedInbound {
  const envelope = envelopeSchema.safeParse(jsonOf(body));
  if (!envelope.success) return refused('envelope', envelope.error);
  const inbound = inboundSchema.safeParse(jsonOf(envelope.data.Message));
  if (!inbound.success) return refused('message', inbound.error);
  const { originationNumber, messageBody, inboundMessageId, previousPublishedMessageId } = inbound.data;
  return {
    kind: 'text',
    text: {
      messageId: inboundMessageId,
      from: originationNumber,
      body: messageBody,
      sentAt: new Date(envelope.data.Timestamp).toISOString(),
      previousMessageId: previousPublishedMessageId,
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(part: string, error: z.core.$ZodError): ParsedInbound {
  const paths = error.issues.map((issue) => `${part}.${issue.path.join('.') || 'whole'}: ${issue.code}`);
  return { kind: 'refused', reason: 'malformed', detail: paths.join(', ') };
}

const SEALED = 'sealed:';
/** Owner in the encryption context of numbers kept with texts nobody could read yet. */
export const SEALED_OWNER = 'quarantine';
/** A whole value that is a number to call. */
const phoneNumber = /^[+＋]?\p{Nd}(?:[\s().-]?\p{Nd}){6,19}$/u;
/** Values of SNS and of AWS's two-way SMS that belong to us or to nobody. */
const plainFields = new Set([
  ...['Type', 'MessageId', 'TopicArn', 'Timestamp', 'SignatureVersion', 'Signature', 'SigningCertURL'],
  ...[
    'UnsubscribeURL',
    'destinationNumber',
    'messageKeyword',
    'inboundMessageId',
    'previousPublishedMessageId',
  ],
]);

/**
 * The SQS body of an inbound text as it may be kept: numbers sealed, so that whoever mends the fault can send it
 * again, card numbers masked in what the customer wrote, as they are on a ticket. What is no JSON cannot be mended
 * and is masked altogether.
 */
export async function sealInboundSms(body: string, seal: (e164: string) => Promise<string>): Promise<string> {
  const parsed = jsonOf(body);
  if (typeof parsed !== 'object' || parsed === null) return maskForLog(body);
  return JSON.stringify(
    await changed(parsed, async (text, field) => {
      if (plainFields.has(field)) return text;
      if (field === 'messageBody') return maskForStorage(text);
      return phoneNumber.test(text) ? `${SEALED}${await seal(text)}` : maskForLog(text);
    }),
  );
}

/** The body of a text as it came, as far as it was kept. */
export async function openInboundSms(
  kept: string,
  open: (sealed: string) => Promise<string>,
): Promise<string> {
  const parsed = kept.includes(SEALED) ? jsonOf(kept) : undefined;
  if (parsed === undefined) return kept;
  return JSON.stringify(
    await changed(parsed, async (text) => (text.startsWith(SEALED) ? open(text.slice(SEALED.length)) : text)),
  );
}

/** A copy with every text changed; a text that is JSON itself, as SNS wraps it, is changed inside. */
async function changed(
  value: unknown,
  change: (text: string, field: string) => Promise<string>,
  field = '',
): Promise<unknown> {
  if (typeof value === 'number') {
    const text = String(value);
    return phoneNumber.test(text) ? change(text, field) : value;
  }
  if (typeof value === 'string') {
    // The customer's own words stay words, whatever they look like.
    const inner = field === 'messageBody' ? undefined : jsonOf(value);
    if (typeof inner !== 'object' || inner === null) return change(value, field);
    return JSON.stringify(await changed(inner, change, field));
  }
  if (Array.isArray(value)) return Promise.all(value.map((one) => changed(one, change, field)));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(async ([name, one]) => [name, await changed(one, change, name)]);
  return Object.fromEntries(await Promise.all(fields));
}
