import { passingFault } from './faults.ts';

/**
 * Reads, decides and commits again when somebody else changed what was read. Each round reads anew; after
 * `tries` rounds the contention is a fault, which a queue then delivers again later.
 */
export async function retryWhenChanged<Outcome>(
  tries: number,
  round: () => Promise<Outcome | 'changed'>,
): Promise<Outcome> {
  for (let done = 0; done < tries; done += 1) {
    const outcome = await round();
    if (outcome !== 'changed') return outcome;
  }
  throw passingFault(`changed by others ${tries} times in a row`);
}
