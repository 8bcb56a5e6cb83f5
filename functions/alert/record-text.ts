import type { Database, Key, Write } from '../platform/database.ts';
import type { Outbox } from '../platform/outbox.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { queued } from '../ticket/ticket.ts';
import type { TicketStore } from '../ticket/ticket-store.ts';
import { type Alert, undeliverable, withAcceptedText } from './alert.ts';
import type { AlertStore } from './alert-store.ts';
import type { SentTextStore } from './sent-text-store.ts';

/** What became of a text; `unknown` is one that may or may not have gone out. */
export type TextFate =
  | { readonly fate: 'accepted'; readonly messageId: string; readonly at: string }
  | { readonly fate: 'refused'; readonly reason: string }
  | { readonly fate: 'unknown' };

/** A text of an alert that asked its customer. */
export interface AskingText {
  readonly effectKey: Key;
  readonly alertId: string;
  readonly kind: 'question' | 'secondNotice';
  readonly covers: number;
  readonly question?: number;
  readonly phoneDigest?: string;
}

export type RecordText = (text: AskingText, fate: TextFate) => Promise<void>;

/**
 * Records the fate of a text that asked, together with the end of its effect. Accepted: the clocks start.
 * Anything else: the freeze stands, the alert is undeliverable with its reason and the ticket goes to a person
 * at once, P1 (H12); a text of unknown fate is never sent twice.
 */
export function createRecordText(deps: RecordTextDeps): RecordText {
  return async (text, fate) => {
    await retryWhenChanged(8, () => recordOnce(deps, text, fate));
  };
}

interface RecordTextDeps {
  readonly db: Database;
  readonly alerts: AlertStore;
  readonly tickets: TicketStore;
  readonly outbox: Outbox;
  readonly sentTexts: SentTextStore;
  readonly now: () => Date;
}

async function recordOnce(
  deps: RecordTextDeps,
  text: AskingText,
  fate: TextFate,
): Promise<'done' | 'changed'> {
  const alert = await deps.alerts.get(text.alertId);
  const ticket = alert && (await deps.tickets.get(alert.body.ticketId));
  const effect = await deps.outbox.get(text.effectKey);
  if (alert === undefined || ticket === undefined || effect === undefined) {
    throw new Error('a text without its alert, ticket or effect');
  }
  if (effect.doneAt !== undefined) return 'done';
  const now = deps.now();
  const outcome = outcomeOf(fate);
  const lost = fate.fate !== 'accepted' && alert.body.status === 'open' && text.kind === 'question';
  const alertAfter = lost ? undeliverable(alert.body, outcome) : accepted(alert.body, text, fate);
  const order = { priority: 'P1', reason: 'undeliverable', at: now.toISOString() } as const;
  const { alertId, kind, covers } = text;
  const result = fate.fate === 'accepted' ? { messageId: fate.messageId } : { reason: outcome };
  const type = fate.fate === 'accepted' ? 'text_accepted' : 'text_not_sent';
  const writes: readonly Write<unknown>[] = [
    deps.outbox.done(text.effectKey, now, outcome),
    ...rememberedText(deps, text, fate, ticket.body.ticketId),
    ...(alertAfter === alert.body ? [] : deps.alerts.save(alert, alertAfter)),
    ...deps.tickets.save(ticket, (lost ? queued(ticket.body, order) : undefined) ?? ticket.body, {
      now,
      entries: [{ type, by: 'system', data: { alertId, kind, covers, ...result } }],
    }),
  ];
  return (await deps.db.commit(writes)).outcome === 'refused' ? 'changed' : 'done';
}

/** Under the provider's id, which its delivery status will name. */
function rememberedText(
  { sentTexts }: RecordTextDeps,
  { kind, alertId, question, phoneDigest }: AskingText,
  fate: TextFate,
  ticketId: string,
): readonly Write<unknown>[] {
  if (fate.fate !== 'accepted') return [];
  const { messageId, at: acceptedAt } = fate;
  return [sentTexts.remember({ messageId, acceptedAt, kind, alertId, question, phoneDigest, ticketId })];
}

const outcomeOf = (fate: TextFate): string => (fate.fate === 'refused' ? fate.reason : fate.fate);

function accepted(alert: Alert, text: AskingText, fate: TextFate): Alert {
  if (fate.fate !== 'accepted') return alert;
  return withAcceptedText(alert, {
    at: fate.at,
    covers: text.covers,
    kind: text.kind,
    messageId: fate.messageId,
  });
}
