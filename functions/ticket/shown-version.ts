import type { TicketStatus } from './ticket-states.ts';

interface Shown {
  readonly version: number;
  readonly status: TicketStatus;
}

/**
 * The entries of a change that customers see, the last of them naming the version and status they see from then on:
 * so the journal says what was shown when, and a client that was away is told every version it missed (D3).
 */
export function withShown<Entry extends { readonly data: object }>(
  previous: Pick<Shown, 'version'> | undefined,
  { version, status }: Shown,
  entries: readonly Entry[],
): readonly Entry[] {
  const last = entries.at(-1);
  if (last === undefined || version === previous?.version) return entries;
  return [...entries.slice(0, -1), { ...last, data: { ...last.data, shown: { version, status } } }];
}
