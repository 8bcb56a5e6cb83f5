import { ChangeMessageVisibilityBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSRecord } from 'aws-lambda';
import { failsForGood } from '../platform/faults.ts';
import type { Quarantine } from '../platform/quarantine.ts';
import { CALL_LIMITS } from './clients.ts';
import type { Telemetry } from './telemetry.ts';

/** Tries of a message that fails for good; then it is kept in quarantine rather than tried for days. */
const TRIES_OF_POISON = 5;
/** The first tries follow each other after 5 s, 10 s … a minute; from here on the queue's own 7 minutes apart. */
const HASTENED_TRIES = 120;
const FIRST_PAUSE_SECONDS = 5;
const LONGEST_PAUSE_SECONDS = 60;

/**
 * How to read a queue whose messages exist nowhere else, e.g. what a customer texted. An outage is waited out for
 * days: the queue gives up after a thousand tries only. A message that can never be handled is told from an outage
 * by its fault and taken out of the way.
 */
export interface Patience {
  /** Keeps a message that failed for good too often; false: it is to be tried again. */
  setAside(record: SQSRecord, error: unknown): Promise<boolean>;
  /** Shows failed messages again sooner than the queue would. */
  hasten(records: readonly SQSRecord[]): Promise<void>;
}

export function createPatience(deps: {
  telemetry: Telemetry;
  quarantine: Quarantine;
  now: () => Date;
  /** What of a message may be kept. */
  kept: (record: SQSRecord) => Promise<string>;
}): Patience {
  const { telemetry, quarantine, now } = deps;
  let client: SQSClient | undefined;
  return {
    setAside: async (record, error) => {
      if (!failsForGood(error) || triesOf(record) <= TRIES_OF_POISON) return false;
      const detail = error instanceof Error ? error.name : 'unknown';
      await quarantine.keep({
        source: queueName(record),
        body: await deps.kept(record),
        identity: record.body,
        reason: 'poison',
        detail,
        now: now(),
      });
      telemetry.warn('event_quarantined', error, { reason: 'poison', messageId: record.messageId });
      telemetry.count('QuarantinedEvents');
      return true;
    },
    hasten: async (records) => {
      const [first] = records;
      const Entries = records
        .filter((record) => triesOf(record) <= HASTENED_TRIES)
        .map((record, index) => ({
          Id: String(index),
          ReceiptHandle: record.receiptHandle,
          VisibilityTimeout: pauseSeconds(triesOf(record)),
        }));
      if (first === undefined || Entries.length === 0) return;
      // No connection is made, and none kept, by functions that never fail.
      client ??= new SQSClient({ ...CALL_LIMITS, useQueueUrlAsEndpoint: false });
      try {
        await client.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: queueUrl(first), Entries }));
      } catch (error) {
        // Then the queue's own time brings them back.
        telemetry.warn('retry_not_hastened', error);
      }
    },
  };
}

/** The queue's name: the last part of its ARN. */
export const queueName = (record: SQSRecord): string => record.eventSourceARN.split(':').at(-1) ?? '';

function queueUrl(record: SQSRecord): string {
  const [, partition, , region, account, name] = record.eventSourceARN.split(':');
  const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://sqs.${region}.${domain}/${account}/${name}`;
}

/** How often the message was handed out, this time included. */
const triesOf = (record: SQSRecord): number => Number(record.attributes.ApproximateReceiveCount) || 1;

export const pauseSeconds = (tries: number): number =>
  Math.min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** (tries - 1));
