import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { type Database, type Page, queryAll, type Write, write } from '../platform/database.ts';
import { type Changed, createDocuments, type Versioned } from '../platform/documents.ts';
import { dueAttributes } from '../platform/due.ts';
import { expiryOf } from '../platform/expiry.ts';
import { parseStored } from '../platform/stored.ts';
import { type Alert, alertSchema } from './alert.ts';

export type AlertRefusal = Changed<Alert> | { readonly openAlert: 'taken' };

/** Alerts, and the guard that lets a card have one open alert (H2). */
export interface AlertStore {
  get(alertId: string): Promise<Versioned<Alert> | undefined>;
  /** The alert that stands open for this card, if any. */
  openFor(cardToken: string): Promise<Versioned<Alert> | undefined>;
  /** Alerts put to this customer since `from` (ISO), latest first, and whatever stands open for these cards. */
  ofCustomer(
    customerId: string,
    of: { readonly from: string; readonly cardTokens: readonly string[] },
  ): Promise<readonly Alert[]>;
  /** Keys of the unsettled alerts whose hold the rules of a version placed: one partition of them, page by page. */
  heldByRules(pk: string, page: { readonly limit: number; readonly after?: string }): Promise<Page>;
  /** Takes the card's guard with a new open alert; gives it back with a settled one; else just saves. */
  save(previous: Versioned<Alert> | undefined, alert: Alert): readonly Write<AlertRefusal>[];
  /** Sets the day (epoch seconds) an alert that was never settled is deleted on, or takes it off; no other one's. */
  stamp(alertId: string, expiresAt: number | undefined): Write<{ readonly alert: 'not_stamped' }>;
}

export const alertPk = (alertId: string): string => `ALERT#${alertId}`;
export const alertKey = (alertId: string) => ({ pk: alertPk(alertId), sk: 'META' });
const guardKey = (cardToken: string) => ({ pk: `OPENALERT#${cardToken}`, sk: 'GUARD' });
/** Most alerts one customer's list shows. */
const MOST_ALERTS = 50;
const guardSchema = z.object({ alertId: z.string() });

/** Index partitions of the unsettled alerts whose hold the rules of a version placed. */
const HELD_BY_SHARDS = 8;
export const heldByPartitions = (version: string): readonly string[] =>
  Array.from({ length: HELD_BY_SHARDS }, (_, shard) => `HELDBY#${shard}#${version}`);

function heldByPartition(version: string, alertId: string): string {
  const shard = Number.parseInt(hash('sha256', alertId, 'hex').slice(0, 4), 16) % HELD_BY_SHARDS;
  return `HELDBY#${shard}#${version}`;
}

/** Two opened in the same millisecond keep one order on every reading. */
const newestFirst = (a: Alert, b: Alert): number =>
  b.openedAt.localeCompare(a.openedAt) || b.alertId.localeCompare(a.alertId);

const isSettled = (alert: Alert): boolean =>
  alert.status === 'settled_fraud' || alert.status === 'settled_genuine';

export function createAlertStore(options: { db: Database; casesTable: string }): AlertStore {
  const { db, casesTable: table } = options;
  const documents = createDocuments({
    db,
    table,
    schema: alertSchema,
    name: 'alert',
    key: alertKey,
    idOf: (alert) => alert.alertId,
    attributes: (alert) => ({
      ...(alert.dueAt === undefined ? {} : dueAttributes(alertPk(alert.alertId), alert.dueAt)),
      ...(alert.held && alert.heldByRules !== undefined && !isSettled(alert)
        ? { gsi2pk: heldByPartition(alert.heldByRules, alert.alertId), gsi2sk: alert.openedAt }
        : {}),
      gsi3pk: `ALERTS#${alert.customerId}`,
      gsi3sk: alert.openedAt,
    }),
    expiresAt: (alert) =>
      isSettled(alert) && alert.settledAt !== undefined ? expiryOf('alert', alert.settledAt) : undefined,
  });

  const takeGuard = (alert: Alert): Write<AlertRefusal> =>
    write({
      table,
      spec: { kind: 'put', item: { ...guardKey(alert.cardToken), alertId: alert.alertId } },
      when: { item: 'absent' },
      refused: () => ({ openAlert: 'taken' }) as const,
    });

  const giveGuardBack = (alert: Alert): Write<AlertRefusal> =>
    write({
      table,
      spec: { kind: 'delete', key: guardKey(alert.cardToken) },
      when: { attribute: 'alertId', is: '=', value: alert.alertId },
      refused: () => ({ openAlert: 'taken' }) as const,
    });

  const openFor = async (cardToken: string): Promise<Versioned<Alert> | undefined> => {
    const guard = await db.get(table, guardKey(cardToken));
    const alert = guard && (await documents.get(parseStored(guardSchema, guard).alertId));
    // Settled between the two reads: the guard is gone by now, and nothing joins what a NO has settled (H4).
    return alert && isSettled(alert.body) ? undefined : alert;
  };

  return {
    get: documents.get,
    stamp: (alertId, expiresAt) =>
      write({
        table,
        spec: {
          kind: 'update',
          key: alertKey(alertId),
          change: expiresAt === undefined ? { remove: ['expiresAt'] } : { set: { expiresAt } },
        },
        // A deadline still stands in the item under the same name; a settled one has its own day.
        when: { attribute: 'status', is: 'in', values: ['expired', 'undeliverable'] },
        refused: () => ({ alert: 'not_stamped' }) as const,
      }),
    openFor,
    ofCustomer: async (customerId, { from, cardTokens }) => {
      // An index may miss what was opened a moment ago, which is what the customer asks about: guards do not.
      const [found, open] = await Promise.all([
        queryAll(
          db,
          { table, index: 'gsi3', pk: `ALERTS#${customerId}`, sk: { from, to: '9' }, descending: true },
          MOST_ALERTS,
        ),
        Promise.all(cardTokens.map(openFor)),
      ]);
      const read = await Promise.all(found.map(({ pk, sk }) => db.get(table, { pk, sk })));
      const alerts = new Map<string, Alert>();
      for (const item of read) {
        const alert = item && documents.parse(item).body;
        if (alert !== undefined) alerts.set(alert.alertId, alert);
      }
      for (const one of open) if (one !== undefined) alerts.set(one.body.alertId, one.body);
      return [...alerts.values()].filter((alert) => alert.customerId === customerId).sort(newestFirst);
    },
    heldByRules: (pk, page) => db.query({ table, index: 'gsi2', pk, ...page }),
    save: (previous, alert) => {
      const saved = documents.save(previous, alert);
      if (previous === undefined) return isSettled(alert) ? [saved] : [saved, takeGuard(alert)];
      const settlesNow = isSettled(alert) && !isSettled(previous.body);
      return settlesNow ? [saved, giveGuardBack(alert)] : [saved];
    },
  };
}
