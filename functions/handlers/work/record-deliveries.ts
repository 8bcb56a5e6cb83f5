import { createRecordDelivery } from '../../alert/record-delivery.ts';
import { readDeliveryEvent } from '../../notification/delivery-log.ts';
import type { PlainWork } from './work.ts';

/** Records every delivery status of one event; one that fails is tried again with all of them. */
export function recordDeliveries({ rooms, telemetry }: PlainWork) {
  const recordDelivery = createRecordDelivery(rooms);
  return async (event: unknown): Promise<void> => {
    const { reports, unreadable } = readDeliveryEvent(event);
    const recorded = await Promise.allSettled(
      reports.map(async (report) => {
        const outcome = await recordDelivery(report);
        telemetry.log('delivery_recorded', { outcome, reason: report.reason });
        if (outcome === 'noted' || outcome === 'undeliverable') telemetry.count('SmsNotSent');
      }),
    );
    if (unreadable > 0) telemetry.log('delivery_recorded', { outcome: 'unreadable', entries: unreadable });
    const failed = recorded.find((one) => one.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  };
}
