import { type Card, freezeStage, placeHold } from '../card/card.ts';
import { restOnHold, takeOverHold } from '../card/fraud-hold.ts';
import type { Database, Write } from '../platform/database.ts';
import type { Versioned } from '../platform/documents.ts';
import { isRequestKnown } from '../platform/requests.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { disputesOf, MOST_DISPUTES } from '../ticket/dispute.ts';
import { aboutFraud, continuesIncident, newTicket, queued, type Ticket } from '../ticket/ticket.ts';
import type { WantedOutcome } from '../ticket/wanted-outcome.ts';
import type { StoredDecision } from '../transaction/decision.ts';
import type { TransactionStore } from '../transaction/transaction-store.ts';
import type { Alert } from './alert.ts';
import { settledEvent } from './alert-event.ts';
import { disputing } from './disputing.ts';
import { noBehindHold } from './hold-of-no.ts';
import { reportedAlert } from './reported-alert.ts';
import { type SettleDeps, settleAlert } from './settle-alert.ts';

export interface TransactionReport {
  readonly customerId: string;
  readonly cardToken: string;
  readonly transactionIds: readonly string[];
  readonly wanted?: WantedOutcome;
  /** Masked. */
  readonly words?: string;
  /** The agent the customer said it to, where it was not in the app. */
  readonly agentId?: string;
  readonly together: (after: After) => readonly Write<unknown>[];
}

interface After {
  readonly ticket: Ticket;
  readonly card: Card;
}

export type TransactionsReported =
  | ({ readonly outcome: 'reported' } & After)
  /** No such card of theirs, or one of the transactions is not of this card. */
  | { readonly outcome: 'not_found' }
  | { readonly outcome: 'too_many' }
  | { readonly outcome: 'repeated' };

interface ReportDeps extends SettleDeps {
  readonly db: Database;
  readonly transactions: Pick<TransactionStore, 'decision'>;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly newTicketNumber: () => string;
}

/** What one round has read. */
interface Reading {
  readonly report: TransactionReport;
  readonly card: Versioned<Card>;
  readonly decisions: readonly StoredDecision[];
  /** The incident's ticket, while the incident goes on. */
  readonly before: Versioned<Ticket> | undefined;
  readonly follows: string | undefined;
  /** How many that ticket disputes, and which of these are new to it. */
  readonly disputed: number;
  readonly added: readonly string[];
  /** The alert that is answered by this. */
  readonly alert: Alert | undefined;
  /** Whether a question about other purchases stands. */
  readonly asksElse: boolean;
  /** Whether the report is to hold the card: not where it is closed, or held by a NO to the same already. */
  readonly holds: boolean;
  /** The hold that stands is that of another NO. */
  readonly restsOnNo: boolean;
  readonly now: Date;
}

/**
 * The cardholder ticks transactions that are not theirs (D7): the NO of D5, which only blocks and so needs no proof.
 * It settles the alert that asked about one of them; else the card is held by an alert of its own that asks nobody, also
 * where another question stands, so that no proof about that one lifts it.
 * Either way the incident's one ticket (D2) is before a person at P1 and keeps what is disputed (D9).
 */
export function createReportTransactions(deps: ReportDeps) {
  return (report: TransactionReport): Promise<TransactionsReported> =>
    retryWhenChanged(8, async () => {
      const card = await deps.cards.get(report.cardToken);
      if (card === undefined || card.body.cardholderId !== report.customerId) return { outcome: 'not_found' };
      const reading = await readAround(deps, report, card);
      if (reading === undefined) return { outcome: 'not_found' };
      if (reading.disputed + reading.added.length > MOST_DISPUTES) return { outcome: 'too_many' };
      const done =
        reading.alert === undefined ? withoutQuestion(deps, reading) : await asAnswer(deps, reading);
      const committed = await deps.db.commit([...done.writes, ...report.together(done.after)]);
      if (committed.outcome === 'done') return { outcome: 'reported', ...done.after };
      return committed.refusals.some(isRequestKnown) ? { outcome: 'repeated' } : 'changed';
    });
}

async function readAround(
  deps: ReportDeps,
  report: TransactionReport,
  card: Versioned<Card>,
): Promise<Reading | undefined> {
  const { cardToken, customerId, transactionIds } = report;
  const now = deps.now();
  const [latest, open, ...found] = await Promise.all([
    deps.tickets.ofIncident(customerId, cardToken),
    deps.alerts.openFor(cardToken),
    ...transactionIds.map((id) => deps.transactions.decision(cardToken, id)),
  ]);
  const decisions = found.filter((one) => one !== undefined);
  if (decisions.length < transactionIds.length) return undefined;
  const before = latest && continuesIncident(latest.body, now.toISOString()) ? latest : undefined;
  const asked = open && asksAbout(open.body, transactionIds) ? open.body : undefined;
  const alert = asked ?? (await earlierAnswer(deps, before?.body, transactionIds));
  const no = await noBehindHold(deps, card.body);
  const known = disputesOf(before?.body ?? {}).map(({ transactionId }) => transactionId);
  const added = transactionIds.filter((id) => !known.includes(id));
  const isNews = no === undefined || added.some((id) => !asksAbout(no, [id]));
  const holds = freezeStage(card.body) !== 'closed' && isNews;
  const ofTicket = { before, follows: latest?.body.ticketId, disputed: known.length, added };
  const around = { ...ofTicket, alert, asksElse: open !== undefined, holds };
  return { report, card, decisions, ...around, restsOnNo: no !== undefined, now };
}

/** The alert of the ticket, where it asked about one of these and was not told NO yet: a NO wins over a YES. */
async function earlierAnswer(
  deps: ReportDeps,
  ticket: Ticket | undefined,
  ids: readonly string[],
): Promise<Alert | undefined> {
  const alert = ticket?.alertId === undefined ? undefined : await deps.alerts.get(ticket.alertId);
  if (alert === undefined || alert.body.status === 'settled_fraud') return undefined;
  return asksAbout(alert.body, ids) ? alert.body : undefined;
}

const asksAbout = (alert: Alert, ids: readonly string[]): boolean =>
  alert.transactions.some(({ transactionId }) => ids.includes(transactionId));

/** A report of what an alert asked about is the answer to it. */
async function asAnswer(deps: ReportDeps, reading: Reading) {
  const { report, alert, now } = reading;
  if (alert === undefined) throw new Error('an answer to no alert');
  const at = now.toISOString();
  const { writes, after } = await settleAlert(
    deps,
    alert.alertId,
    {
      says: 'not_mine',
      at,
      channel: channelOf(report),
      report: {
        transactionIds: report.transactionIds,
        change: (ticket) => disputing(ticket, { ...report, decisions: reading.decisions }, at),
        entries: [reportEntry(report)],
      },
    },
    now,
  );
  return { writes, after: { ticket: after.ticket, card: after.card } };
}

function withoutQuestion(
  deps: ReportDeps,
  reading: Reading,
): { writes: readonly Write<unknown>[]; after: After } {
  const { report, card, before, follows, asksElse, holds, restsOnNo, added, decisions, now } = reading;
  const at = now.toISOString();
  if (before !== undefined && before.body.status !== 'resolved' && !holds && added.length === 0) {
    return { writes: [], after: { ticket: before.body, card: card.body } };
  }
  const { cardToken, customerId } = report;
  const { lastFour } = card.body;
  const base =
    before?.body ??
    newTicket({
      ticketId: deps.newId(),
      number: deps.newTicketNumber(),
      category: 'suspected_fraud',
      priority: 'P1',
      customerId,
      cardToken,
      lastFour,
      at,
      follows,
    });
  const alertId = deps.newId();
  const queuedTicket = aboutFraud(
    queued(base, { priority: 'P1', reason: 'transactions_reported', at }) ?? base,
  );
  const becomesItsAlert = holds && !asksElse && !restsOnNo;
  const itsAlert = becomesItsAlert ? { ...queuedTicket, alertId } : queuedTicket;
  const ticket = disputing(itsAlert, { ...report, decisions }, at);
  const hold = holds ? reportedHold(deps, reading, { alertId, ticketId: ticket.ticketId }) : undefined;
  const detail = {
    ticketNumber: ticket.number,
    cardToken,
    customerId,
    transactionIds: report.transactionIds,
  };
  return {
    writes: [
      ...(hold?.writes ?? []),
      ...deps.tickets.save(before, ticket, {
        now,
        entries: [reportEntry(report)],
        effects: [
          hold === undefined
            ? { effect: 'publish', payload: { type: 'TransactionsReported', detail } }
            : settledEvent(hold.alert, ticket, report.transactionIds),
        ],
      }),
    ],
    after: { ticket, card: hold?.card ?? card.body },
  };
}

/** The hold of an alert that was answered before it could ask. */
function reportedHold(deps: ReportDeps, reading: Reading, ids: { alertId: string; ticketId: string }) {
  const { report, card, decisions, restsOnNo, now } = reading;
  const at = now.toISOString();
  const by = `customer:${report.customerId}`;
  const order = { kind: 'fraud', alertId: ids.alertId, at, by } as const;
  const placed = placeHold(card.body, order);
  const held = placed ?? (restsOnNo ? restOnHold : takeOverHold)(card.body, order);
  if (held === undefined) throw new Error('a report that holds nothing');
  const { cardToken, customerId } = report;
  const alert = reportedAlert({ ...ids, cardToken, customerId, at, by }, decisions);
  const type = placed ? 'fraud_hold_placed' : restsOnNo ? 'fraud_hold_joined' : 'fraud_hold_handed_over';
  const change = { now, by, type };
  const writes: readonly Write<unknown>[] = [
    ...deps.cards.saveHolds(card, held, change),
    ...deps.alerts.save(undefined, alert),
  ];
  return { card: held, alert, writes };
}

const channelOf = ({ agentId }: TransactionReport) => (agentId === undefined ? 'app' : 'desk');

function reportEntry(report: TransactionReport) {
  const { agentId, customerId, transactionIds, wanted, words } = report;
  return {
    type: 'transactions_reported' as const,
    by: agentId === undefined ? `customer:${customerId}` : `agent:${agentId}`,
    data: { transactionIds, wanted, channel: channelOf(report) },
    words,
  };
}
