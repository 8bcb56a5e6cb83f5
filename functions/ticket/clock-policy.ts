import type { Priority } from './ticket-priority.ts';

/** The clocks of a ticket; they run by the wall, day and night (D1). */
export const legs = [
  'ACK',
  'FIRST_RESPONSE',
  'CALLBACK',
  'PRELIMINARY',
  'NEXT_RESPONSE',
  'RESOLUTION',
] as const;
export type Leg = (typeof legs)[number];

/** How long each clock may run, as data. A version never changes once tickets carry it: a change is a new version. */
export interface ClockPolicy {
  readonly version: string;
  /** Minutes, by leg and priority. */
  readonly minutes: Readonly<Record<Leg, Readonly<Record<Priority, number>>>>;
  /** Legs that stand still while the ticket waits for its customer or a third party. */
  readonly pauses: readonly Leg[];
  /** Share of the time after which a person is warned. */
  readonly warnShare: number;
  /** A P1 that waits unclaimed for so long pages whoever is on call. */
  readonly unclaimedMinutes: number;
}

const always = (minutes: number) => ({ P1: minutes, P2: minutes, P3: minutes, P4: minutes });
const DAY = 24 * 60;

/** Every version that a ticket may carry. */
export const clockPolicies: Readonly<Record<string, ClockPolicy>> = {
  '2026-11.1': {
    version: '2026-11.1',
    minutes: {
      ACK: always(1),
      FIRST_RESPONSE: always(60),
      CALLBACK: always(30),
      PRELIMINARY: always(DAY),
      NEXT_RESPONSE: always(60),
      RESOLUTION: { P1: 3 * DAY, P2: 5 * DAY, P3: 10 * DAY, P4: 5 * DAY },
    },
    pauses: ['RESOLUTION'],
    warnShare: 0.75,
    unclaimedMinutes: 10,
  },
};

/** The version new cycles are stamped with. */
export const CURRENT_POLICY = '2026-11.1';

/** The policy of a version; a version nobody knows, e.g. of a release that was rolled back, counts as the current one. */
export function policyOf(version: string): ClockPolicy {
  const policy = clockPolicies[version] ?? clockPolicies[CURRENT_POLICY];
  if (policy === undefined) throw new Error('no clock policy');
  return policy;
}
