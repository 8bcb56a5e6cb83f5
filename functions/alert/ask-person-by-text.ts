import type { Value } from '../platform/database.ts';
import { withPersonAsked } from '../ticket/conversation.ts';
import type { Ticket } from '../ticket/ticket.ts';
import type { TicketEffect, TicketEntry } from '../ticket/ticket-effect.ts';
import { answerOnAlert, noteOf } from './answer-on-alert.ts';
import { type AnswerPhoneDeps, answerAlone, answerNeutrally, type Inbound } from './answer-phone.ts';
import { chooseAlert } from './choose-alert.ts';
import type { SettleDeps } from './settle-alert.ts';
import { openTickets, type TellStatusDeps } from './tell-status.ts';

const EFFECT = 'person_asked';

/**
 * 人工 / AGENT: a person is asked for on the ticket there is, whatever channel opened it (D8): of the alert that waits for
 * an answer, else the one that changed last. On a shared number without an alert, and where nothing is open, there is only
 * the number on the card.
 */
export async function askPersonByText(
  deps: SettleDeps & AnswerPhoneDeps & TellStatusDeps,
  inbound: Inbound,
): Promise<string | 'changed'> {
  const { reading, sender } = inbound;
  const shared = sender.owners.length > 1;
  const words = ({ number }: Ticket): { kind: string; facts: Record<string, Value> } => ({
    kind: 'personAsked',
    facts: shared ? {} : { ticketNumber: number },
  });
  const waiting = sender.candidates.filter(({ alert }) => alert.settledAt === undefined);
  const choice = chooseAlert({ ...reading, kind: 'unclear' }, waiting);
  const asked =
    choice.kind === 'one' ? choice.alertId : choice.kind === 'several' ? choice.alertIds[0] : undefined;
  if (asked !== undefined)
    return answerOnAlert(deps, inbound, { alertId: asked, words, effect: EFFECT, onTicket });
  const [open] = shared ? [] : await openTickets(deps, inbound);
  if (open === undefined) return answerNeutrally(deps, inbound);
  if (open.alertId !== undefined)
    return answerOnAlert(deps, inbound, { alertId: open.alertId, words, effect: EFFECT, onTicket });
  const ticket = await deps.tickets.get(open.ticketId);
  if (ticket === undefined) return 'changed';
  const now = deps.now();
  const { ticket: after, entries, effects } = onTicket(ticket.body, now.toISOString());
  return answerAlone(deps, inbound, {
    words: words(after),
    effect: EFFECT,
    writes: deps.tickets.save(ticket, after, {
      now,
      entries: [noteOf(inbound, EFFECT), ...entries],
      effects,
    }),
  });
}

/** Who asks by text can be called there, unless they said elsewhere that they do not want to be. */
function onTicket(
  ticket: Ticket,
  at: string,
): {
  readonly ticket: Ticket;
  readonly entries: readonly TicketEntry[];
  readonly effects: readonly TicketEffect[];
} {
  const { phoneConsent = true } = ticket;
  const after = withPersonAsked(ticket, { phoneConsent, at });
  if (after === undefined) return { ticket, entries: [], effects: [] };
  const { number: ticketNumber, customerId, priority } = after;
  const detail = { ticketNumber, customerId, phoneConsent, priority };
  return {
    ticket: after,
    entries: [{ type: 'person_asked', by: `customer:${customerId}`, data: { phoneConsent, channel: 'sms' } }],
    effects: [{ effect: 'publish', payload: { type: 'PersonAsked', detail } }],
  };
}
