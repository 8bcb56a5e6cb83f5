/** The life of a verification as data: from each status the ones that may follow. */
export const verificationStatuses = ['pending', 'passed', 'used', 'failed', 'expired', 'locked'] as const;
export type VerificationStatus = (typeof verificationStatuses)[number];

/**
 * `failed`: what it was bound to changed (a fold-in renewed the hold), or it was ended for another reason. `locked`:
 * the tries of the incident are used up. `passed` ends by its one use, or with its factors after 15 minutes.
 */
export const verificationEdges: Readonly<Record<VerificationStatus, readonly VerificationStatus[]>> = {
  pending: ['passed', 'failed', 'expired', 'locked'],
  passed: ['used', 'failed', 'expired'],
  used: [],
  failed: [],
  expired: [],
  locked: [],
};

export const mayBecome = (from: VerificationStatus, to: VerificationStatus): boolean =>
  verificationEdges[from].includes(to);

/** Whether anything can still come of it. */
export const isRunning = (status: VerificationStatus): boolean => verificationEdges[status].length > 0;
