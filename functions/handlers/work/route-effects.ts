import * as z from 'zod/mini';
import { ASK_WITHOUT_CONFIRMATION_SECONDS } from '../../alert/alert.ts';
import type { Item } from '../../platform/database.ts';
import type { Telemetry } from '../telemetry.ts';

const effectSchema = z.object({
  pk: z.string(),
  sk: z.string(),
  effect: z.enum(['sms', 'email', 'ask', 'publish', 'dial']),
});
export type RoutedEffect = z.output<typeof effectSchema>['effect'];

/** Sends what points to an effect to the queue of its kind, so that none waits behind another. */
export type SendToQueue = (
  effect: RoutedEffect,
  message: { body: string; delaySeconds: number },
) => Promise<void>;

/** Routes one effect, as the stream brought it. */
export function routeEffects(deps: { readonly telemetry: Telemetry; readonly send: SendToQueue }) {
  return async (item: Item): Promise<void> => {
    const { pk, sk, effect } = effectSchema.parse(item);
    const delaySeconds = effect === 'ask' ? ASK_WITHOUT_CONFIRMATION_SECONDS : 0;
    await deps.send(effect, { body: JSON.stringify({ pk, sk }), delaySeconds });
    deps.telemetry.log('effect_routed', { effect });
  };
}
