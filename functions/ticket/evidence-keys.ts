/** Where a file lies: under its ticket, by an id nobody can guess, without a word of the customer's. */
export interface EvidenceKey {
  readonly ticketId: string;
  readonly evidenceId: string;
}

export const EVIDENCE_PREFIX = 'tickets/';
const shape = /^tickets\/([A-Za-z0-9_-]{8,64})\/([A-Za-z0-9_-]{22})$/;

export const objectKeyOf = ({ ticketId, evidenceId }: EvidenceKey): string =>
  `${EVIDENCE_PREFIX}${ticketId}/${evidenceId}`;

/** Undefined: no file of a ticket lies there. */
export function keyOfObject(objectKey: string): EvidenceKey | undefined {
  const [, ticketId, evidenceId] = shape.exec(objectKey) ?? [];
  return ticketId === undefined || evidenceId === undefined ? undefined : { ticketId, evidenceId };
}
