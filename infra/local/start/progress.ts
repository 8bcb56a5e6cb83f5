import * as z from 'zod';
import { openStateFile } from '../front/state-file.ts';

/** How far the sample was played, kept with the state: a second start must not play it again. */
const schema = z.object({
  /** When the sample's night ends; repeated events must carry the same times. */
  nightEndsAt: z.iso.datetime(),
  seeded: z.boolean(),
  nightBegun: z.boolean(),
});

export function openProgress(stateDir: string | undefined, now: Date) {
  return openStateFile({
    stateDir,
    name: 'sample',
    schema,
    initial: { nightEndsAt: now.toISOString(), seeded: false, nightBegun: false },
  });
}
