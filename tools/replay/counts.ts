import { paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { alertSchema } from '../../functions/alert/alert.ts';
import { cardSchema } from '../../functions/card/card.ts';
import { decodeProfile } from '../../functions/screening/profile.ts';
import { decisionSchema } from '../../functions/transaction/decision.ts';
import type { Target } from '../stage/target.ts';

/** What the tables hold of one run when all is quiet. */
export interface Counts {
  /** Decisions by outcome, and all of them. */
  readonly screened: { readonly clear: number; readonly alert: number; readonly freeze: number };
  readonly decisions: number;
  /** Transactions fed of which there is no decision. */
  readonly undecided: number;
  /** Decisions on transactions that were not fed. */
  readonly unknown: number;
  /** Transactions counted by the profiles of the cards. */
  readonly profiled: number;
  /** Alerts opened, and the transactions they hold. */
  readonly alerted: { readonly alerts: number; readonly transactions: number };
  /** Of the alerts, by status. */
  readonly alertStatus: Readonly<Record<string, number>>;
  readonly undeliverable: Readonly<Record<string, number>>;
  /** Cards with a fraud hold, and of these the ones the issuer confirmed. */
  readonly frozen: number;
  readonly confirmed: number;
  /** Texts by what became of them; `pending` while under way. */
  readonly texts: Readonly<Record<string, number>>;
  readonly tickets: number;
  /** Alerts whose ticket is not there. */
  readonly alertsWithoutTicket: number;
}

const keySchema = z.object({ pk: z.string(), sk: z.string() });

async function* itemsOf(target: Target, TableName: string, prefixes: readonly string[]) {
  const pages = paginateScan({ client: target.dynamodb }, { TableName, ConsistentRead: true });
  for await (const { Items = [] } of pages) {
    for (const stored of Items) {
      const item: unknown = unmarshall(stored);
      const key = keySchema.parse(item);
      if (prefixes.some((prefix) => key.pk.startsWith(prefix))) yield { item, ...key };
    }
  }
}

/** Counts a run by reading both tables to the end. `prefix` is how the run's cards begin. */
export async function countRun(
  target: Target,
  run: { prefix: string; transactionIds: ReadonlySet<string> },
): Promise<Counts> {
  const cards = await countCards(target, run);
  return { ...cards, ...(await countCases(target, run.prefix)) };
}

async function countCards(target: Target, run: { prefix: string; transactionIds: ReadonlySet<string> }) {
  const screened = { clear: 0, alert: 0, freeze: 0 };
  const decided = new Set<string>();
  let decisions = 0;
  let unknown = 0;
  let profiled = 0;
  let frozen = 0;
  let confirmed = 0;
  for await (const { item, sk } of itemsOf(target, target.cardsTable, [`CARD#${run.prefix}`])) {
    if (sk.startsWith('TXN#')) {
      const { transactionId, outcome } = decisionSchema.parse(item);
      screened[outcome] += 1;
      decisions += 1;
      decided.add(transactionId);
      if (!run.transactionIds.has(transactionId)) unknown += 1;
    } else if (sk === 'PROFILE') {
      profiled += decodeProfile(z.object({ p: z.instanceof(Uint8Array) }).parse(item).p).attempts;
    } else if (sk === 'STATE') {
      const card = cardSchema.parse(item);
      if (card.holds.fraud === undefined) continue;
      frozen += 1;
      if (card.issuer.confirmed === 'frozen') confirmed += 1;
    }
  }
  const undecided = [...run.transactionIds].filter((id) => !decided.has(id)).length;
  return { screened, decisions, undecided, unknown, profiled, frozen, confirmed };
}

const effectSchema = z.object({
  effect: z.string(),
  outcome: z.string().optional(),
  payload: z.object({ customerId: z.string().optional() }),
});
const ticketSchema = z.object({ ticketId: z.string(), cardToken: z.string() });

async function countCases(target: Target, prefix: string) {
  const alertStatus: Record<string, number> = {};
  const undeliverable: Record<string, number> = {};
  const texts: Record<string, number> = {};
  const tickets = new Set<string>();
  const alertTickets: string[] = [];
  let transactions = 0;
  for await (const { item, pk, sk } of itemsOf(target, target.casesTable, ['ALERT#', 'TICKET#'])) {
    if (pk.startsWith('ALERT#') && sk === 'META') {
      const alert = alertSchema.parse(item);
      if (!alert.cardToken.startsWith(prefix)) continue;
      add(alertStatus, alert.status);
      if (alert.undeliverableReason !== undefined) add(undeliverable, alert.undeliverableReason);
      alertTickets.push(alert.ticketId);
      transactions += alert.transactionCount;
    } else if (sk === 'META') {
      const ticket = ticketSchema.parse(item);
      if (ticket.cardToken.startsWith(prefix)) tickets.add(ticket.ticketId);
    } else if (sk.endsWith('#sms')) {
      const { outcome = 'pending', payload } = effectSchema.parse(item);
      if (payload.customerId?.startsWith(prefix)) add(texts, outcome);
    }
  }
  return {
    alerted: { alerts: alertTickets.length, transactions },
    alertStatus,
    undeliverable,
    texts,
    tickets: tickets.size,
    alertsWithoutTicket: alertTickets.filter((id) => !tickets.has(id)).length,
  };
}

function add(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
