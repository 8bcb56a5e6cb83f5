import middy from '@middy/core';
import { readEnvironment, reconcileCardsEnvironment } from './environments.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { type ReconcileCounts, reconcileCards } from './work/reconcile-cards.ts';

const telemetry = createTelemetry('reconcile-cards');
const rooms = createRooms(readEnvironment(reconcileCardsEnvironment));
const reconcile = reconcileCards({ rooms, telemetry });

export const handler = middy<unknown, ReconcileCounts>()
  .after(telemetry.flush)
  .onError(telemetry.flush)
  .handler(async (_event, context) => {
    const counts = await reconcile(() => context.getRemainingTimeInMillis());
    // What was found is counted already; a run that could not look is a failed one, and alarms as such.
    if (counts.failed > 0) throw new Error(`${counts.failed} cards or tickets could not be reconciled`);
    return counts;
  });
