import type { Write } from '../platform/database.ts';
import type { AlertStore } from './alert-store.ts';
import { newPhone, type Phone, withAlert, withOnly, withoutSettled } from './phone.ts';
import type { PhoneStore } from './phone-store.ts';

export interface Registered {
  /** As a question has to see it: with the alerts that may still be answered. */
  readonly phone: Phone | undefined;
  readonly writes: readonly Write<unknown>[];
}

/**
 * Puts an alert on the phone its customer is asked at, in the transaction that asks: a reply finds its alert only
 * through this. Alerts settled more than a week ago make room for it.
 */
export async function registerPhone(
  deps: { phones: PhoneStore; alerts: AlertStore },
  alert: { alertId: string; phoneDigest?: string },
  at: string,
): Promise<Registered> {
  const { phoneDigest } = alert;
  if (phoneDigest === undefined) return { phone: undefined, writes: [] };
  const stored = await deps.phones.get(phoneDigest);
  const known = stored?.body ?? newPhone(phoneDigest);
  const others = await Promise.all(known.alerts.map(({ alertId }) => deps.alerts.get(alertId)));
  const settled = new Map(others.map((one) => [one?.body.alertId, one?.body.settledAt]));
  const phone = withAlert(
    withoutSettled(known, (alertId) => settled.get(alertId), at),
    alert.alertId,
    at,
  );
  const isUnsettled = (alertId: string): boolean => settled.get(alertId) === undefined;
  return { phone: withOnly(phone, isUnsettled), writes: [deps.phones.save(stored, phone)] };
}

/** The phone an alert is asked at, with the alerts that may still be answered: only among those one has to be named (H3). */
export async function readPhoneOf(
  deps: { phones: Pick<PhoneStore, 'get'>; alerts: Pick<AlertStore, 'get'> },
  { phoneDigest, alertId: own }: { alertId: string; phoneDigest?: string },
): Promise<Phone | undefined> {
  const phone = phoneDigest === undefined ? undefined : (await deps.phones.get(phoneDigest))?.body;
  if (phone === undefined) return undefined;
  const others = phone.alerts.map(({ alertId }) => alertId).filter((alertId) => alertId !== own);
  const read = await Promise.all(others.map((alertId) => deps.alerts.get(alertId)));
  const settled = new Set(
    read.filter((one) => one?.body.settledAt !== undefined).map((one) => one?.body.alertId),
  );
  return withOnly(phone, (alertId) => !settled.has(alertId));
}
