import * as z from 'zod/mini';

const e164 = /^\+[1-9]\d{5,14}$/;

/** The SNS envelope as SQS carries it; its `Timestamp` is the only time an inbound text has. */
const envelopeSchema = z.object({
  Type: z.literal('Notification'),
  Message: z.string(),
  Timestamp: z.iso.datetime(),
});

/** What AWS publishes for an inbound text (two-way SMS). No order, at least once, possibly hours late. */
const inboundSchema = z.object({
  originationNumber: z.string().check(z.regex(e164)),
  destinationNumber: z.string(),
  messageKeyword: z.optional(z.string()),
  messageBody: z.string().check(z.maxLength(2_000)),
  inboundMessageId: z.string().check(z.minLength(1), z.maxLength(128)),
  previousPublishedMessageId: z.optional(z.string()),
});

export type ParsedInbound =
  | {
      readonly kind: 'text';
      readonly text: {
        readonly messageId: string;
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
