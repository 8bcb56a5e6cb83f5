import type { Write } from '../platform/database.ts';
import type { AlertStore } from './alert-store.ts';
import { newPhone, type Phone, withAlert, withoutSettled } from './phone.ts';
import type { PhoneStore } from './phone-store.ts';

export interface Registered {
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
  return { phone, writes: [deps.phones.save(stored, phone)] };
}
