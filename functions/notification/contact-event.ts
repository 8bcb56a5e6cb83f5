import * as z from 'zod/mini';

/**
 * Amazon Connect's contact events, as EventBridge brings them (Connect administrator guide, "Contact events"): best
 * effort, unordered, and with every time stamp known by then. Types and fields we do not know are ignored, as the guide
 * asks of every reader.
 */
const time = z.optional(z.iso.datetime());
const envelopeSchema = z.object({
  source: z.literal('aws.connect'),
  'detail-type': z.literal('Amazon Connect Contact Event'),
  detail: z.object({
    eventType: z.string(),
    contactId: z.string().check(z.minLength(1), z.maxLength(256)),
    initialContactId: z.optional(z.string()),
    previousContactId: z.optional(z.string()),
    nextContactId: z.optional(z.string()),
    channel: z.string(),
    initiationMethod: z.optional(z.string()),
    initiationTimestamp: time,
    connectedToSystemTimestamp: time,
    disconnectTimestamp: time,
    disconnectReason: z.optional(z.string()),
    queueInfo: z.optional(z.object({ queueArn: z.optional(z.string()), enqueueTimestamp: time })),
    agentInfo: z.optional(
      z.object({
        agentArn: z.optional(z.string()),
        connectedToAgentTimestamp: time,
        afterContactWorkStartTimestamp: time,
        afterContactWorkEndTimestamp: time,
      }),
    ),
  }),
});

export type ContactEvent = z.output<typeof envelopeSchema>['detail'];

export type ContactEventParsed =
  | { readonly kind: 'event'; readonly event: ContactEvent }
  | { readonly kind: 'refused'; readonly reason: 'not_json' | 'malformed'; readonly detail: string };

/** Reads the body of one message; `detail` of a refusal names paths only, never a value. */
export function parseContactEvent(body: string): ContactEventParsed {
  const json = parseJson(body);
  if (json === undefined) return { kind: 'refused', reason: 'not_json', detail: 'body' };
  const parsed = envelopeSchema.safeParse(json);
  if (parsed.success) return { kind: 'event', event: parsed.data.detail };
  const detail = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  return { kind: 'refused', reason: 'malformed', detail: detail.slice(0, 200) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The last part of an ARN: the id of an agent or a queue. */
export const idOfArn = (arn: string | undefined): string | undefined => arn?.split('/').at(-1);
