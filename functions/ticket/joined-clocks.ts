import type { Leg } from './clock-policy.ts';
import type { ClockRun, Clocks } from './clocks.ts';

/** Legs that may run more than once in a cycle: one that ended does not answer for the other ticket's. */
const manyInCycle: readonly Leg[] = ['CALLBACK', 'NEXT_RESPONSE'];

/**
 * The clocks of the ticket that goes on, with what still runs on the one that joins it: what was promised there holds,
 * from when it was promised. Of a leg that runs on both the longer one counts; one that had ended here has been kept.
 * The acknowledgement is the other ticket's own and ends with it.
 */
export function joinedClocks(own: Clocks | undefined, joining: Clocks | undefined): Clocks | undefined {
  if (own === undefined || joining === undefined) return own;
  let { runs } = own;
  for (const run of joining.runs) if (run.until === undefined && run.leg !== 'ACK') runs = withRun(runs, run);
  return { ...own, runs };
}

function withRun(runs: readonly ClockRun[], run: ClockRun): ClockRun[] {
  const same = runs.find(({ leg, until }) => leg === run.leg && until === undefined);
  if (same !== undefined) return runs.map((one) => (one === same && run.from < same.from ? run : one));
  const wasKept = !manyInCycle.includes(run.leg) && runs.some(({ leg }) => leg === run.leg);
  return wasKept ? [...runs] : [...runs, run];
}
