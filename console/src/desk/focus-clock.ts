/** Most seconds one telling may hold: `functions/ticket/focus.ts`. */
const MOST_SECONDS = 600;

export interface FocusClock {
  readonly look: (looks: boolean) => void;
  readonly take: () => number;
}

/** Adds up the time between the moments somebody began and ceased to look. */
export function createFocusClock(nowMs: () => number): FocusClock {
  let since: number | undefined;
  let heldMs = 0;
  const hold = () => {
    const now = nowMs();
    if (since !== undefined) heldMs += now - since;
    since = since === undefined ? undefined : now;
  };
  return {
    look: (looks) => {
      hold();
      since = looks ? nowMs() : undefined;
    },
    take: () => {
      hold();
      const seconds = Math.min(MOST_SECONDS, Math.floor(heldMs / 1000));
      heldMs -= seconds * 1000;
      return seconds;
    },
  };
}
