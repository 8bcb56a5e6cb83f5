import * as z from 'zod/mini';

/** Calls of a number, matched or not, that may name a card within a day; later ones go to a person (D5). */
export const TRIES_PER_DAY = 3;
const DAY_MS = 86_400_000;

/** Which digits were named in which call; repeats within the call are the same try. */
export const callerTriesSchema = z.object({
  digest: z.string(),
  tries: z.array(
    z.object({ contactId: z.string(), lastFour: z.string(), at: z.string(), matched: z.boolean() }),
  ),
});
export type CallerTries = z.output<typeof callerTriesSchema>;
type Try = CallerTries['tries'][number];

/** Those that still count. */
export const recentTries = (known: CallerTries | undefined, at: string): readonly Try[] =>
  (known?.tries ?? []).filter((one) => Date.parse(at) - Date.parse(one.at) < DAY_MS);

/** The digits this call stands for: those named now, else those that fitted before in the same call. */
export const digitsOf = (
  recent: readonly Try[],
  call: { readonly contactId: string; readonly lastFour?: string },
): string | undefined =>
  call.lastFour ??
  recent.findLast(({ contactId, matched }) => matched && contactId === call.contactId)?.lastFour;
