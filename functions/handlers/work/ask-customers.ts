import type { SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { createAskCustomer } from '../../alert/ask-customer.ts';
import { effectKeyOf } from '../effect-messages.ts';
import type { PlainWork } from './work.ts';

const payloadSchema = z.object({ alertId: z.string() });

/** Ten seconds after a freeze was decided: asks with neutral words unless the issuer's answer came first. */
export function askCustomers({ rooms, telemetry }: PlainWork) {
  const askCustomer = createAskCustomer(rooms);
  return async (record: SQSRecord): Promise<void> => {
    const key = effectKeyOf(record);
    const effect = await rooms.outbox.get(key);
    if (effect?.pendingSince === undefined) return;
    const { alertId } = payloadSchema.parse(effect.payload);
    const asked = await askCustomer(alertId, 'timeout');
    await rooms.db.commit([rooms.outbox.done(key, rooms.now(), asked.outcome)]);
    telemetry.log('customer_asked', { alertId, outcome: asked.outcome });
    if (asked.outcome === 'raised' || (asked.outcome === 'asked' && asked.stage === 'freezing')) {
      telemetry.count('IssuerUnconfirmed');
    }
  };
}
