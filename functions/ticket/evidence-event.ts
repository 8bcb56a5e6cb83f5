import * as z from 'zod/mini';
import type { ScanVerdict } from './evidence.ts';

/**
 * What the default bus tells of the bucket, in the wire formats of its services: a file came (S3 user guide, "EventBridge
 * event message structure"), a file was scanned (GuardDuty user guide, "S3 object scan result"). At least once, in any
 * order. Object keys are plain here, not URL-encoded as in S3's older notifications.
 */
export interface EvidenceEvent {
  readonly bucket: string;
  readonly objectKey: string;
  readonly versionId?: string;
  /** Only of a scan. */
  readonly verdict?: ScanVerdict;
}

const createdSchema = z.object({
  source: z.literal('aws.s3'),
  'detail-type': z.literal('Object Created'),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({ key: z.string(), 'version-id': z.optional(z.string()) }),
  }),
});
const scannedSchema = z.object({
  source: z.literal('aws.guardduty'),
  'detail-type': z.literal('GuardDuty Malware Protection Object Scan Result'),
  detail: z.object({
    scanStatus: z.string(),
    s3ObjectDetails: z.object({
      bucketName: z.string(),
      objectKey: z.string(),
      versionId: z.optional(z.nullable(z.string())),
    }),
    scanResultDetails: z.object({ scanResultStatus: z.optional(z.nullable(z.string())) }),
  }),
});
const eventSchema = z.union([createdSchema, scannedSchema]);

/** A result nobody has heard of yet is no clean one. */
const verdicts: Readonly<Record<string, ScanVerdict>> = {
  NO_THREATS_FOUND: 'clean',
  THREATS_FOUND: 'infected',
  UNSUPPORTED: 'not_scannable',
  ACCESS_DENIED: 'failed',
  FAILED: 'failed',
};

export type EvidenceEventParsed =
  | { readonly kind: 'event'; readonly event: EvidenceEvent }
  | { readonly kind: 'refused'; readonly reason: 'not_json' | 'malformed'; readonly detail: string };

/** Reads the body of one message; `detail` of a refusal names paths only, never a value. */
export function parseEvidenceEvent(body: string): EvidenceEventParsed {
  const json = parseJson(body);
  if (json === undefined) return { kind: 'refused', reason: 'not_json', detail: 'body' };
  const parsed = eventSchema.safeParse(json);
  if (!parsed.success) {
    const detail = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
    return { kind: 'refused', reason: 'malformed', detail: detail.slice(0, 200) };
  }
  return { kind: 'event', event: eventOf(parsed.data) };
}

function eventOf(event: z.output<typeof eventSchema>): EvidenceEvent {
  if (event.source === 'aws.s3') {
    const { bucket, object } = event.detail;
    return { bucket: bucket.name, objectKey: object.key, versionId: object['version-id'] };
  }
  const { s3ObjectDetails, scanResultDetails } = event.detail;
  const { bucketName, objectKey, versionId } = s3ObjectDetails;
  return {
    ...{ bucket: bucketName, objectKey, versionId: versionId ?? undefined },
    verdict: verdicts[scanResultDetails.scanResultStatus ?? ''] ?? 'failed',
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
