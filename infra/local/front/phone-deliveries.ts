import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { LocalModel } from '../model.ts';
import type { Json } from './json.ts';

/** A text that the network gave up on, in the carrier's words, e.g. `Phone carrier is currently unreachable/unavailable`. */
export interface FailedDelivery {
  readonly messageId: string;
  readonly number: string;
  readonly providerResponse: string;
  /** Epoch milliseconds at which SNS took it, and at which the carrier answered. */
  readonly takenAt: number;
  readonly failedAt: number;
}

/**
 * The entry SNS writes into its delivery log (SNS developer guide, "Viewing CloudWatch Logs": example of a failed
 * delivery).
 */
export function deliveryLogEntry(failed: FailedDelivery): Json {
  const dwellTimeMs = failed.failedAt - failed.takenAt;
  return {
    notification: {
      messageId: failed.messageId,
      timestamp: new Date(failed.takenAt).toISOString().replace('T', ' ').replace('Z', ''),
    },
    delivery: {
      mnc: 0,
      numberOfMessageParts: 1,
      destination: failed.number,
      priceInUSD: 0.00645,
      smsType: 'Transactional',
      mcc: 0,
      providerResponse: failed.providerResponse,
      dwellTimeMs,
      dwellTimeMsUntilDeviceAck: dwellTimeMs,
    },
    status: 'FAILURE',
  };
}

/** The event of a subscribed function: what was written to `logGroup`, gzipped, in base64. */
export function deliveryLogBatch(
  failed: FailedDelivery,
  [logGroup, subscription, owner]: readonly [logGroup: string, subscription: string, owner: string],
): Json {
  const entry = {
    id: String(failed.failedAt),
    timestamp: failed.failedAt,
    message: JSON.stringify(deliveryLogEntry(failed)),
  };
  const batch = {
    messageType: 'DATA_MESSAGE',
    owner,
    logGroup,
    logStream: randomUUID(),
    subscriptionFilters: [subscription],
    logEvents: [entry],
  };
  return { awslogs: { data: gzipSync(JSON.stringify(batch)).toString('base64') } };
}

/** Calls the functions subscribed to the log of failed texts, as CloudWatch Logs does. */
export function createDeliveryLog(
  model: LocalModel,
  callFunction: (arn: string, event: Json) => void,
): (failed: FailedDelivery) => void {
  const logGroup = `sns/${model.region}/${model.account}/DirectPublishToPhoneNumber/Failure`;
  const subscribed = (model.logSubscriptions ?? []).filter(({ logGroupName }) => logGroupName === logGroup);
  return (failed) => {
    for (const { name, functionArn } of subscribed) {
      callFunction(functionArn, deliveryLogBatch(failed, [logGroup, name, model.account]));
    }
  };
}
