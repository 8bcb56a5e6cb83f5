import type { Entry } from './answers.ts';

/** How something that takes two of staff stands. */
export type Wish =
  | { readonly state: 'waits'; readonly by: string }
  | { readonly state: 'declined'; readonly by: string; readonly why?: string };

const ofTwo = /^(?:vouch|undo_not_mine)_(proposed|declined|withdrawn)$/;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * What the ticket's timeline tells last of the wish about this verification or alert; undefined where nobody asked, it
 * was taken back or ran out. What was granted changes the verification or the alert itself.
 */
export function wishOf(timeline: readonly Entry[], subjectId: string, now: number): Wish | undefined {
  const last = timeline.findLast(({ type, data }) => data.subjectId === subjectId && ofTwo.test(type));
  const what = last && ofTwo.exec(last.type)?.[1];
  if (last === undefined || what === undefined || what === 'withdrawn') return undefined;
  const { data, words } = last;
  if (what === 'declined') return { state: 'declined', by: text(data.declinedByName), why: words };
  return Date.parse(text(data.until)) < now ? undefined : { state: 'waits', by: text(data.proposedByName) };
}
