import * as z from 'zod/mini';
import { createRequestFreeze, type IssuerPort } from '../../card/request-freeze.ts';
import type { Item } from '../../platform/database.ts';
import type { PlainWork } from './work.ts';

const payloadSchema = z.object({ cardToken: z.string(), holdsVersion: z.int() });

/** Asks the issuer for what one issuer effect, as the stream brought it, stands for. */
export function freezeCards({ rooms, telemetry, issuer }: PlainWork & { readonly issuer: IssuerPort }) {
  const requestFreeze = createRequestFreeze({ ...rooms, issuer });
  return async (item: Item): Promise<void> => {
    const { pk, sk, payload } = rooms.outbox.parse(item);
    const { cardToken, holdsVersion } = payloadSchema.parse(payload);
    const requested = await requestFreeze({ key: { pk, sk }, cardToken, holdsVersion });
    telemetry.log('issuer_requested', { cardToken, holdsVersion, outcome: requested.outcome });
  };
}
