import * as z from 'zod/mini';
import * as alert from '../../functions/alert/events.ts';
import * as card from '../../functions/card/events.ts';
import * as ticket from '../../functions/ticket/events.ts';
import { BANK_SOURCE, DEFAULT_MAX_BYTES, FUTURE_SKEW_SECONDS } from '../../functions/transaction/envelope.ts';
import * as transaction from '../../functions/transaction/events.ts';
import * as label from '../../functions/transaction/label-events.ts';
import { examples, meanings } from './examples.ts';

/** From the bank to us, then from us to the card system. */
const inbound: readonly (readonly [string, z.ZodMiniType, string])[] = [
  [
    'TransactionAuthorized',
    transaction.transactionAuthorizedSchema,
    'An authorisation, approved or declined.',
  ],
  ['TransactionPosted', transaction.transactionPostedSchema, 'The authorisation was settled.'],
  ['TransactionReversed', transaction.transactionReversedSchema, 'It was reversed or refunded.'],
  ['CardIssued', card.cardIssuedSchema, 'A card exists, or its master data changed.'],
  ['CardStatusChanged', card.cardStatusChangedSchema, 'What the card system did, asked or by itself.'],
  ['CustomerContactChanged', card.customerContactChangedSchema, 'The customer’s contact data, whole.'],
  ['SimChanged', card.simChangedSchema, 'The customer’s number moved to another SIM or operator.'],
  [
    'DeviceRegistered',
    card.deviceRegisteredSchema,
    'The bank’s own app enrolled a passkey of the customer, by the bank’s own strong authentication.',
  ],
  [
    'FraudConfirmed',
    label.fraudConfirmedSchema,
    'A transaction was fraud: a chargeback, or the issuer’s conclusion. It leaves what is usual for the card, counts at its merchant, and bars every proof from releasing the card its alert holds. Our desk tells its conclusions by the same event, with source `cardguard`.',
  ],
  [
    'FraudCleared',
    label.fraudClearedSchema,
    'It was none after all: takes back what an earlier label did. Releases nothing; that takes people.',
  ],
];
const outbound: readonly (readonly [string, z.ZodMiniType, string])[] = [
  ['CardFreezeRequested', card.cardFreezeRequestedSchema, 'The card must be frozen while any hold stands.'],
  ['CardUnfreezeRequested', card.cardUnfreezeRequestedSchema, 'No hold stands any more.'],
];
const toCustomerData: readonly (readonly [string, z.ZodMiniType, string])[] = [
  [
    'ContactChangeRequested',
    card.contactChangeRequestedSchema,
    'A customer who proved themselves by two kinds of factor wants another number or address.',
  ],
  [
    'CardReplacementRequested',
    card.cardReplacementRequestedSchema,
    'A customer who proved themselves by two kinds of factor wants the card closed and another sent; closed it is when the bank says so.',
  ],
];

/** What others of the bank may listen to. */
const told: readonly (readonly [string, z.ZodMiniType, string])[] = [
  ['AlertOpened', alert.alertOpenedSchema, 'A question was opened about a card.'],
  [
    'AlertEscalated',
    alert.alertEscalatedSchema,
    'A further transaction froze the card of a question that had frozen nothing.',
  ],
  ['AlertExpired', alert.alertExpiredSchema, 'Nobody answered, or proved the answer, in time.'],
  ['AlertSettled', alert.alertSettledSchema, 'What it turned out to be; may come again with another label.'],
  [
    'TransactionsReported',
    alert.transactionsReportedSchema,
    'The customer named transactions as not theirs while no question about them stood.',
  ],
  [
    'TransactionLabelled',
    label.transactionLabelledSchema,
    'What a transaction is taken for changed, whoever said so; the highest `labelVersion` of a transaction is right.',
  ],
  ['TicketOpened', ticket.ticketOpenedSchema, 'An incident began.'],
  ['TicketQueued', ticket.ticketQueuedSchema, 'The ticket waits for a person.'],
  [
    'TicketClockDue',
    ticket.ticketClockDueSchema,
    'A clock of the ticket needs somebody: `warning` at three quarters of the time, `breach` when it is gone, `unclaimed` for a P1 nobody takes. Each is told once.',
  ],
  ['TicketResolved', ticket.ticketResolvedSchema, 'The ticket is resolved; a later alert may reopen it.'],
  ['TicketClosed', ticket.ticketClosedSchema, 'Nobody reopened it for seven days: it is closed for good.'],
  [
    'TicketMerged',
    ticket.ticketMergedSchema,
    'The ticket became part of another of the same customer, which goes on with its disputes and alerts.',
  ],
  [
    'DisputeMoved',
    ticket.disputeMovedSchema,
    'A disputed transaction came to another status: a credit to book, a case to submit. `cardToken` is the card it was made with.',
  ],
];

/** The part of JSON Schema the event schemas use. */
const nodeSchema = z.object({
  type: z.optional(z.string()),
  const: z.optional(z.unknown()),
  enum: z.optional(z.array(z.unknown())),
  pattern: z.optional(z.string()),
  minimum: z.optional(z.number()),
  maximum: z.optional(z.number()),
  minLength: z.optional(z.number()),
  maxLength: z.optional(z.number()),
  minItems: z.optional(z.number()),
  maxItems: z.optional(z.number()),
  required: z.optional(z.array(z.string())),
  properties: z.optional(z.record(z.string(), z.unknown())),
  items: z.optional(z.unknown()),
  anyOf: z.optional(z.array(z.unknown())),
});
type Node = z.output<typeof nodeSchema>;

/** The whole page; throws when an example does not pass its schema or a field has no meaning written down. */
export function renderEventsDoc(): string {
  return `${[
    '# Events',
    '<!-- Written by `npx node tools/write-events-doc.ts` from the schemas in functions/: change those, not this page. -->',
    intro,
    '## From the bank',
    ...inbound.map(renderEvent),
    '## To the card system',
    'Published on the bus with source `cardguard`. They say the state wanted, not a step: the one with the highest `holdsVersion` is right whatever the order. Answer with `CardStatusChanged` carrying the same `holdsVersion`.',
    ...outbound.map(renderEvent),
    '## To other systems of the bank',
    'Published on the bus with source `cardguard`, at least once: a repeat has the same `eventId`. They tell what happened and may come in another order than it did; `version` orders those of a ticket.',
    ...told.map(renderEvent),
    '## To the customer data',
    'Published on the bus with source `cardguard`, with an `eventId`; at least once. It is a wish, not a fact: the contact changes when `CustomerContactChanged` says so, of which the old and the new number are told.',
    ...toCustomerData.map(renderEvent),
  ].join('\n\n')}\n`;
}

const intro = `Every event is an EventBridge envelope with source \`${BANK_SOURCE}\`, its name as \`detail-type\`, and a \`detail\` as
below. Put it on the bus, or send the same JSON as the body of a message to the queue of transactions.

\`\`\`json
{ "source": "${BANK_SOURCE}", "detail-type": "TransactionAuthorized", "detail": { "schemaVersion": 1, … } }
\`\`\`

- An event may come twice, late, or out of order. The same \`transactionId\` with the same content is one transaction;
  with other content it is reported as a conflict and changes nothing.
- Fields that are not listed are ignored, so the bank may add some. A changed meaning needs \`schemaVersion\` 2.
- Times are UTC with \`Z\`, at most ${FUTURE_SKEW_SECONDS} seconds ahead of our clock. A transaction is judged as of its own time.
- Amounts are whole minor units by ISO 4217 (CNY 2 decimals, JPY 0, KWD 3).
- At most ${DEFAULT_MAX_BYTES.toLocaleString('en')} bytes.

What cannot be used is kept in the quarantine with one of these reasons and delays nothing else:

| reason | meaning |
| --- | --- |
| \`oversized\` | more bytes than allowed |
| \`not_json\` | the body is not JSON |
| \`malformed\` | a field is missing or breaks its rule; the detail names path and kind of fault, never the value |
| \`unknown_type\` | no such \`detail-type\` |
| \`unknown_version\` | a \`schemaVersion\` we do not read yet |
| \`unknown_currency\` | no ISO 4217 currency with a minor unit |
| \`future_dated\` | dated further ahead than clocks differ |`;

function renderEvent([name, schema, summary]: readonly [string, z.ZodMiniType, string]): string {
  const example = examples[name];
  if (!schema.safeParse(example).success) throw new Error(`the example of ${name} does not pass its schema`);
  const root = nodeSchema.parse(z.toJSONSchema(schema));
  const rows = fieldRows(root, '', '');
  return [
    `### ${name}`,
    summary,
    ['| field | | rule | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n'),
    ['```json', JSON.stringify(example, null, 2), '```'].join('\n'),
  ].join('\n\n');
}

function fieldRows(node: Node, shown: string, path: string): string[] {
  return Object.entries(node.properties ?? {}).flatMap(([name, value]) => {
    const field = nodeSchema.parse(value);
    const fieldPath = path === '' ? name : `${path}.${name}`;
    const label = shown === '' ? name : `${shown}.${name}`;
    const meaning = meanings[fieldPath];
    if (meaning === undefined)
      throw new Error(`write down what ${fieldPath} means in tools/events-doc/examples.ts`);
    const presence = node.required?.includes(name) ? 'required' : 'optional';
    const row = `| \`${label}\` | ${presence} | ${ruleOf(field)} | ${meaning} |`;
    const items = field.items === undefined ? undefined : nodeSchema.parse(field.items);
    return [row, ...fieldRows(items ?? field, items ? `${label}[]` : label, fieldPath)];
  });
}

function ruleOf(node: Node): string {
  if (node.const !== undefined) return `\`${String(node.const)}\``;
  if (node.enum) return node.enum.map((value) => `\`${String(value)}\``).join(' ');
  if (node.anyOf) return node.anyOf.map((one) => ruleOf(nodeSchema.parse(one))).join(' or ');
  if (node.pattern) return `\`${node.pattern.replaceAll('|', '\\|')}\``;
  if (node.type === 'integer') return `whole number, ${node.minimum ?? 0} to ${limit(node.maximum)}`;
  if (node.type === 'string' && node.maxLength)
    return `text, ${node.minLength ?? 0} to ${node.maxLength} characters`;
  if (node.type === 'array') return `list, ${node.minItems ?? 0} to ${limit(node.maxItems)}`;
  return node.type === 'string' ? 'text' : (node.type ?? 'any');
}

function limit(value: number | undefined): string {
  return value === undefined || value >= Number.MAX_SAFE_INTEGER ? 'any' : value.toLocaleString('en');
}
