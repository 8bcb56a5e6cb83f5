import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

/** Ten messages at once, each of which may fail alone. */
export function readQueue(
  scope: Construct,
  id: string,
  props: { readonly target: lambda.IFunction; readonly queue: sqs.IQueue; readonly maxConcurrency?: number },
): lambda.EventSourceMapping {
  const mapping = new lambda.EventSourceMapping(scope, id, {
    target: props.target,
    eventSourceArn: props.queue.queueArn,
    batchSize: 10,
    reportBatchItemFailures: true,
    maxConcurrency: props.maxConcurrency,
  });
  acknowledge(mapping, {
    'Serverless-LambdaEventSourceMappingDestination':
      'A queue needs no failure destination: what fails too often goes to the queue’s own dead letters.',
  });
  return mapping;
}

export interface StreamProps {
  readonly target: lambda.IFunction;
  readonly streamArn: string;
  readonly filter: Record<string, unknown>;
  readonly batchSize: number;
  readonly dlq: sqs.IQueue;
}

/**
 * Changes of the Cases table that pass the filter. A bad record is cut out of its batch, tried five
 * times and then named in the dead letters; the effect itself stays in the table for the sweep.
 */
export function readStream(scope: Construct, id: string, props: StreamProps): lambda.EventSourceMapping {
  return new lambda.EventSourceMapping(scope, id, {
    target: props.target,
    eventSourceArn: props.streamArn,
    startingPosition: lambda.StartingPosition.TRIM_HORIZON,
    batchSize: props.batchSize,
    maxBatchingWindow: Duration.seconds(0), // A freeze never waits for company (D5).
    parallelizationFactor: 10,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: 5,
    filters: [lambda.FilterCriteria.filter(props.filter)],
    onFailure: { bind: () => ({ destination: props.dlq.queueArn }) },
  });
}

/** Effects to do of these kinds, as they are written or change. */
export function effectFilter(
  effects: readonly string[],
  options: { readonly unclaimedOnly: boolean },
): Record<string, unknown> {
  return {
    eventName: ['INSERT', 'MODIFY'],
    dynamodb: {
      NewImage: {
        effect: { S: effects },
        pendingSince: { S: [{ exists: true }] },
        ...(options.unclaimedOnly && {
          claimedAt: { S: [{ exists: false }] },
          releasedAt: { S: [{ exists: false }] },
        }),
      },
    },
  };
}
