import { createHash } from 'node:crypto';
import type { _Record } from '@aws-sdk/client-dynamodb-streams';

/** A change of an item as Lambda hands it over: JSON only, times in epoch seconds, binaries as base64. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly eventVersion: string;
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  readonly dynamodb: {
    readonly ApproximateCreationDateTime: number;
    readonly Keys: unknown;
    readonly NewImage?: unknown;
    readonly OldImage?: unknown;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
}

export function streamRecordOf(record: _Record, source: { streamArn: string; region: string }): StreamRecord {
  const change = record.dynamodb ?? {};
  const sequence = change.SequenceNumber ?? '';
  const createdMs = change.ApproximateCreationDateTime?.getTime() ?? 0;
  return {
    eventID: createHash('md5').update(`${source.streamArn} ${sequence}`).digest('hex'),
    eventName: record.eventName ?? '',
    eventVersion: record.eventVersion ?? '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: source.region,
    eventSourceARN: source.streamArn,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(createdMs / 1000),
      Keys: jsonImage(change.Keys),
      ...(change.NewImage === undefined ? {} : { NewImage: jsonImage(change.NewImage) }),
      ...(change.OldImage === undefined ? {} : { OldImage: jsonImage(change.OldImage) }),
      SequenceNumber: sequence,
      SizeBytes: change.SizeBytes ?? 0,
      StreamViewType: change.StreamViewType ?? 'NEW_AND_OLD_IMAGES',
    },
  };
}

/** The SDK decodes binaries to bytes; the event carries base64. */
function jsonImage(image: unknown): unknown {
  if (image instanceof Uint8Array) return Buffer.from(image).toString('base64');
  if (Array.isArray(image)) return image.map(jsonImage);
  if (typeof image !== 'object' || image === null) return image;
  return Object.fromEntries(Object.entries(image).map(([name, value]) => [name, jsonImage(value)]));
}

/** Sequence numbers are decimal and longer than a double holds. */
export function isAfter(sequence: string, checkpoint: string | undefined): boolean {
  return checkpoint === undefined || BigInt(sequence) > BigInt(checkpoint);
}
