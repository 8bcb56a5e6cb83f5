import * as z from 'zod/mini';
import type { AlertAsked, AlertSettled, TransactionsReported } from '../alert/events.ts';
import type {
  CardIssued,
  CardStatusChanged,
  CustomerContactChanged,
  DeviceRegistered,
  SimChanged,
} from '../card/events.ts';
import type { TransactionAuthorized, TransactionPosted, TransactionReversed } from './events.ts';
import { CARD_NUMBER_MESSAGE, UNKNOWN_CURRENCY_MESSAGE } from './fields.ts';
import type { FraudCleared, FraudConfirmed } from './label-events.ts';

/** Source of every event the bank sends. */
export const BANK_SOURCE = 'bank.cards';
/** Source of ours: what one function tells another by the bus. */
export const OWN_SOURCE = 'cardguard';

/** An event of the bank that passed its schema; `type` is the envelope's detail-type. */
export type BankEvent =
  | { readonly type: 'TransactionAuthorized'; readonly detail: TransactionAuthorized }
  | { readonly type: 'TransactionPosted'; readonly detail: TransactionPosted }
  | { readonly type: 'TransactionReversed'; readonly detail: TransactionReversed }
  | { readonly type: 'CardIssued'; readonly detail: CardIssued }
  | { readonly type: 'CardStatusChanged'; readonly detail: CardStatusChanged }
  | { readonly type: 'CustomerContactChanged'; readonly detail: CustomerContactChanged }
  | { readonly type: 'SimChanged'; readonly detail: SimChanged }
  | { readonly type: 'DeviceRegistered'; readonly detail: DeviceRegistered }
  | { readonly type: 'FraudConfirmed'; readonly detail: FraudConfirmed }
  | { readonly type: 'FraudCleared'; readonly detail: FraudCleared };
/** An event of our own that comes back to us by the bus. */
export type OwnEvent =
  | { readonly type: 'AlertOpened'; readonly detail: AlertAsked }
  | { readonly type: 'AlertEscalated'; readonly detail: AlertAsked }
  | { readonly type: 'AlertSettled'; readonly detail: AlertSettled }
  | { readonly type: 'TransactionsReported'; readonly detail: TransactionsReported };
type AnyEvent = BankEvent | OwnEvent;
export type EventOf<Type extends AnyEvent['type']> = Extract<AnyEvent, { type: Type }>;

export type RefusalReason =
  | 'oversized'
  | 'not_json'
  | 'malformed'
  | 'unknown_type'
  | 'unknown_version'
  | 'future_dated'
  | 'unknown_currency';

/** `detail` names paths and codes only, never a value: it goes into logs and metrics (I10). */
export interface RefusedEvent {
  readonly kind: 'refused';
  readonly reason: RefusalReason;
  readonly detail: string;
}
export interface ParsedEvent<Event extends AnyEvent = BankEvent> {
  readonly kind: 'event';
  readonly event: Event;
}

export interface EnvelopeLimits {
  readonly now: Date;
  /** Bytes of the whole text; default 65,536. The largest honest event is under 4 KB. */
  readonly maxBytes?: number;
  /** How far the bank's clock may run ahead of ours; default 300. The ring relies on it. */
  readonly futureSkewSeconds?: number;
  /** Whose events may come here; default the bank's alone. */
  readonly sources?: readonly string[];
}

export const DEFAULT_MAX_BYTES = 65_536;
/** A processed event's own time lies at most this far after the moment we received it. */
export const FUTURE_SKEW_SECONDS = 300;

const envelopeSchema = z.object({
  source: z.string(),
  'detail-type': z.string().check(z.maxLength(128)),
  detail: z.looseObject({ schemaVersion: z.int() }),
});

/** Reads the detail of one event type in one version. */
export type EventReader<Event extends AnyEvent> = (
  detail: unknown,
) => { event: Event; at: string } | { issues: readonly z.core.$ZodIssue[] };

/**
 * Readers by detail-type and schema version, e.g. `TransactionAuthorized/1`. A function knows those of its own queue:
 * every schema costs its cold start.
 */
export type EventReaders<Event extends AnyEvent = BankEvent> = Readonly<Record<string, EventReader<Event>>>;

export function eventReader<Detail, Event extends AnyEvent>(
  schema: z.ZodMiniType<Detail>,
  wrap: (detail: Detail) => Event,
  at: (detail: Detail) => string,
): EventReader<Event> {
  return (detail) => {
    const parsed = schema.safeParse(detail);
    if (!parsed.success) return { issues: parsed.error.issues };
    return { event: wrap(parsed.data), at: at(parsed.data) };
  };
}

/**
 * Reads one EventBridge envelope, from the bus or put on the queue directly. Never throws: what cannot be
 * used comes back as a refusal that says why, for the quarantine (H29).
 */
export function parseBankEvent<Event extends AnyEvent>(
  text: string,
  readers: EventReaders<Event>,
  limits: EnvelopeLimits,
): ParsedEvent<Event> | RefusedEvent {
  const maxBytes = limits.maxBytes ?? DEFAULT_MAX_BYTES;
  if (isLongerThan(text, maxBytes)) return refused('oversized', `more than ${maxBytes} bytes`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refused('not_json', 'body is not JSON');
  }
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) return refused('malformed', describe(envelope.error.issues));
  const { source, 'detail-type': type, detail } = envelope.data;
  if (!(limits.sources ?? [BANK_SOURCE]).includes(source))
    return refused('malformed', 'source: invalid_value');
  const key = `${type}/${detail.schemaVersion}`;
  const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
  if (read === undefined) {
    const knowsType = Object.keys(readers).some((known) => known.startsWith(`${type}/`));
    if (!knowsType) return refused('unknown_type', 'detail-type');
    return refused('unknown_version', `${type} schemaVersion ${detail.schemaVersion}`);
  }
  const result = read(detail);
  if ('issues' in result) return refused(reasonOf(result.issues), describe(result.issues));
  const latest = limits.now.getTime() + (limits.futureSkewSeconds ?? FUTURE_SKEW_SECONDS) * 1000;
  if (Date.parse(result.at) > latest) return refused('future_dated', `${type} is dated after now + skew`);
  return { kind: 'event', event: result.event };
}

function refused(reason: RefusalReason, detail: string): RefusedEvent {
  return { kind: 'refused', reason, detail };
}

function isLongerThan(text: string, maxBytes: number): boolean {
  if (text.length > maxBytes) return true;
  // One UTF-16 unit is at most three bytes of UTF-8: short texts need no count.
  return text.length * 3 > maxBytes && Buffer.byteLength(text) > maxBytes;
}

function reasonOf(issues: readonly z.core.$ZodIssue[]): RefusalReason {
  return issues.every((issue) => issue.message === UNKNOWN_CURRENCY_MESSAGE)
    ? 'unknown_currency'
    : 'malformed';
}

const REPORTED_ISSUES = 5;

function describe(issues: readonly z.core.$ZodIssue[]): string {
  const shown = issues.slice(0, REPORTED_ISSUES).map((issue) => {
    const path = issue.path.join('.') || 'body';
    if (issue.message === CARD_NUMBER_MESSAGE) return `${path} ${CARD_NUMBER_MESSAGE}`;
    return `${path}: ${issue.code}`;
  });
  const left = issues.length - shown.length;
  return left > 0 ? `${shown.join(', ')} and ${left} more` : shown.join(', ');
}
