import type { SQSRecord } from 'aws-lambda';
import { type EvidenceEvent, parseEvidenceEvent } from '../../ticket/evidence-event.ts';
import { keyOfObject } from '../../ticket/evidence-keys.ts';
import type { EvidenceShelf } from '../../ticket/evidence-shelf.ts';
import { createEvidenceStore } from '../../ticket/evidence-store.ts';
import { createRecordEvidence } from '../../ticket/record-evidence.ts';
import { queueName } from '../patience.ts';
import type { PlainWork } from './work.ts';

/** Names of files are not in these events, but keys are: nothing of one is kept. */
export const keptOfEvidence = async (): Promise<string> => '{}';

/** Records one message of the evidence queue: a file came, or was scanned. */
export function recordEvidence({
  rooms,
  telemetry,
  shelf,
  bucket,
  scan,
}: PlainWork & {
  readonly shelf: EvidenceShelf;
  readonly bucket: string;
  readonly scan: 'required' | 'none';
}) {
  const record = createRecordEvidence({ ...rooms, evidence: createEvidenceStore(rooms), shelf, scan });

  async function recordEvent({ objectKey, versionId, verdict, ...event }: EvidenceEvent): Promise<void> {
    const key = event.bucket === bucket ? keyOfObject(objectKey) : undefined;
    // A scanner tries its rights on objects of its own; whatever else lies there is none of ours.
    if (key === undefined) return telemetry.log('evidence_recorded', { outcome: 'not_evidence', verdict });
    const { outcome, ticketNumber } = await record({ ...key, versionId, verdict });
    telemetry.log('evidence_recorded', { outcome, verdict, ticketNumber, evidenceId: key.evidenceId });
  }

  return async (message: SQSRecord): Promise<void> => {
    const parsed = parseEvidenceEvent(message.body);
    if (parsed.kind === 'event') return recordEvent(parsed.event);
    const { reason, detail } = parsed;
    await rooms.quarantine.keep({
      ...{ source: queueName(message), body: await keptOfEvidence(), identity: message.body },
      ...{ reason, detail, now: rooms.now() },
    });
    telemetry.log('event_quarantined', { reason, detail, messageId: message.messageId });
    telemetry.count('QuarantinedEvents');
  };
}
