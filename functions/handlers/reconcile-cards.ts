import middy from '@middy/core';
import * as z from 'zod/mini';
import { readEnvironment, reconcileCardsEnvironment } from './environments.ts';
import { createKpiPublisher } from './kpi-publisher.ts';
import { createRooms } from './rooms.ts';
import { createTelemetry } from './telemetry.ts';
import { measureKpis } from './work/measure-kpis.ts';
import { type ReconcileCounts, reconcileCards } from './work/reconcile-cards.ts';

const telemetry = createTelemetry('reconcile-cards');
const environment = readEnvironment(reconcileCardsEnvironment);
const rooms = createRooms(environment);
const reconcile = reconcileCards({ rooms, telemetry });
const publish = createKpiPublisher('reconcile-cards');
const measure = measureKpis({ rooms, telemetry, publish, zone: environment.ISSUER_ZONE });

/** The hourly schedule says what is wanted; the daily one, and whoever calls by hand, say nothing. */
const orderSchema = z.object({ work: z.literal('measure') });

export const handler = middy<unknown, ReconcileCounts | { readonly measured: number }>()
  .after(telemetry.flush)
  .onError(telemetry.flush)
  .handler(async (event, context) => {
    if (orderSchema.safeParse(event).success) return measure();
    const counts = await reconcile(() => context.getRemainingTimeInMillis());
    // What was found is counted already; a run that could not look is a failed one, and alarms as such.
    if (counts.failed > 0) throw new Error(`${counts.failed} cards or tickets could not be reconciled`);
    return counts;
  });
