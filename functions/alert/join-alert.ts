import type { Versioned } from '../platform/documents.ts';
import { mayText, queued } from '../ticket/ticket.ts';
import { raised } from '../ticket/ticket-priority.ts';
import { type Alert, foldIn } from './alert.ts';
import { alertEvent } from './alert-event.ts';
import type { RaiseAlertDeps } from './open-alert.ts';
import { planQuestion, type QuestionPlan } from './question.ts';
import { registerPhone } from './register-phone.ts';
import {
  type Hold,
  type Raised,
  type SuspiciousTransaction,
  suspicionEntry,
} from './suspicious-transaction.ts';

/** A further suspicious transaction joins the card's open alert: no second alert, ticket or freeze (H2). */
export async function joinAlert(
  deps: RaiseAlertDeps,
  suspicious: SuspiciousTransaction,
  open: Versioned<Alert>,
  hold: Hold,
  now: Date,
): Promise<Raised | undefined> {
  const at = now.toISOString();
  const ticket = await deps.tickets.get(open.body.ticketId);
  if (ticket === undefined) throw new Error('an alert without its ticket');
  // Should the customer be asked again, then at the number of today.
  const contact = await deps.contacts.get(open.body.customerId);
  const joined = foldIn(open.body, {
    suspicion: suspicious.suspicion,
    severity: suspicious.severity,
    held: hold.held,
    heldByRules: hold.placed ? suspicious.ruleSetVersion : undefined,
    phoneDigest: contact?.phoneDigest,
    budgetLeft: mayText(ticket.body, at),
    stale: suspicious.stale,
    at,
  });
  if (joined.fold === 'known') return undefined;
  const registered = joined.asksAgain
    ? await registerPhone(deps, joined.alert, at)
    : { phone: undefined, writes: [] };
  const base = {
    ...ticket.body,
    priority: raised(ticket.body.priority, suspicious.severity === 'freeze' ? 'P2' : 'P3'),
  };
  const plan: Omit<QuestionPlan, 'entry'> = joined.asksAgain
    ? planQuestion({
        alert: joined.alert,
        ticket: base,
        card: hold.card,
        stale: suspicious.stale,
        phone: registered.phone,
        at,
      })
    : {
        alert: joined.alert,
        ticket:
          joined.alert.status === 'undeliverable'
            ? (queued(base, { priority: 'P1', reason: 'undeliverable', at }) ?? base)
            : base,
        effects: [],
      };
  return {
    alertId: open.body.alertId,
    ticketNumber: plan.ticket.number,
    how: 'joined',
    held: hold.held,
    writes: [
      ...hold.writes,
      ...deps.alerts.save(open, plan.alert),
      ...deps.tickets.save(ticket, plan.ticket, {
        now,
        entries: [suspicionEntry('transaction_joined', suspicious, plan.alert)],
        effects: [
          ...plan.effects,
          ...(joined.escalated
            ? [alertEvent('AlertEscalated', plan.alert, plan.ticket, suspicious.ruleSetVersion)]
            : []),
        ],
      }),
      ...registered.writes,
    ],
  };
}
