/** The life of a piece of evidence as data: from each state the ones that may follow. */
export const evidenceStates = ['requested', 'uploaded', 'clean', 'refused', 'expired'] as const;
export type EvidenceState = (typeof evidenceStates)[number];

export const evidenceTransitions: Readonly<Record<EvidenceState, readonly EvidenceState[]>> = {
  requested: ['uploaded', 'refused', 'expired'],
  uploaded: ['clean', 'refused'],
  // A later scan may find what the first one did not know yet.
  clean: ['refused'],
  refused: [],
  expired: [],
};

export const mayFollow = (from: EvidenceState, to: EvidenceState): boolean =>
  evidenceTransitions[from].includes(to);

/** Why a file was not taken. */
export const evidenceRefusals = [
  'wrong_size',
  'wrong_checksum',
  'wrong_type',
  'infected',
  /** The scanner could not look into it, e.g. because of a password. */
  'not_scannable',
  /** No result came, or the scan failed: the same file may be sent again. */
  'not_scanned',
] as const;
export type EvidenceRefusal = (typeof evidenceRefusals)[number];
