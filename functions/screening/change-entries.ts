import { maskForStorage } from '../platform/mask.ts';
import { retryWhenChanged } from '../platform/retry.ts';
import { type Entry, type EntryKind, entryValue, MOST_ENTRIES, MOST_ENTRY_DAYS } from './entries.ts';
import { withEntriesChanged } from './rule-board.ts';
import type { Keeper } from './rule-set.ts';
import { changeOfBoard, commitChange, type RulesDeps, readBoard, type Together } from './rules-standing.ts';

const DAY_MS = 86_400_000;
/** A transaction may be judged this much later, as of its own time; entries over for longer are dropped. */
const KEPT_DAYS = 7;
/** The entries of a kind are one item of at most 400 KB. */
const MOST_PAGE_BYTES = 300_000;

export interface EntryWish extends Pick<Entry, 'kind' | 'value' | 'list' | 'outcome' | 'until'> {
  readonly reason: string;
  readonly by: Keeper;
}

export type EntryChanged =
  | { readonly outcome: 'changed_entries'; readonly entry: Entry }
  /** What is wrong, for its author. */
  | { readonly outcome: 'invalid'; readonly problem: string }
  /** The same thing is on the same list already. */
  | { readonly outcome: 'exists'; readonly entry: Entry }
  | { readonly outcome: 'too_many' | 'not_found' | 'repeated' };

/** Adds a block or allow entry; it holds for every transaction judged from then on, until its day. */
export function createAddEntry(deps: RulesDeps & { readonly newId: () => string }) {
  return (wish: EntryWish, together: Together<Entry>): Promise<EntryChanged> =>
    retryWhenChanged(8, async () => {
      const now = deps.now();
      const problem = problemOf(wish, now);
      if (problem !== undefined) return { outcome: 'invalid', problem };
      const { by, reason, outcome, ...what } = wish;
      const [standing, page] = await Promise.all([readBoard(deps), deps.rules.entries(wish.kind)]);
      const kept = page.entries.filter(({ until }) => Date.parse(until) > now.getTime() - KEPT_DAYS * DAY_MS);
      const same = kept.find(
        ({ list, value, until }) =>
          list === wish.list && value === wish.value && Date.parse(until) > now.getTime(),
      );
      if (same !== undefined) return { outcome: 'exists', entry: same };
      const entry: Entry = {
        ...what,
        ...(wish.list === 'block' ? { outcome: outcome ?? 'freeze' } : {}),
        entryId: deps.newId(),
        reason: maskForStorage(reason),
        author: by,
        addedAt: now.toISOString(),
      };
      const entries = [...kept, entry];
      if (entries.length > MOST_ENTRIES || Buffer.byteLength(JSON.stringify(entries)) > MOST_PAGE_BYTES)
        return { outcome: 'too_many' };
      const board = withEntriesChanged(standing.board, wish.kind, page.lock + 1);
      const writes = [
        ...changeOfBoard(deps, standing, board, {
          type: 'entry_added',
          by: by.id,
          data: dataOf(entry, entry.reason),
        }),
        deps.rules.saveEntries(wish.kind, page, entries),
        ...together(entry),
      ];
      return commitChange(deps, writes, { outcome: 'changed_entries', entry } as const);
    });
}

/** Takes an entry off before its day. */
export function createRemoveEntry(deps: RulesDeps) {
  return (
    wish: {
      readonly kind: EntryKind;
      readonly entryId: string;
      readonly reason: string;
      readonly by: Keeper;
    },
    together: Together<Entry>,
  ): Promise<EntryChanged> =>
    retryWhenChanged(8, async () => {
      const [standing, page] = await Promise.all([readBoard(deps), deps.rules.entries(wish.kind)]);
      const entry = page.entries.find(({ entryId }) => entryId === wish.entryId);
      if (entry === undefined) return { outcome: 'not_found' };
      const board = withEntriesChanged(standing.board, wish.kind, page.lock + 1);
      const data = dataOf(entry, maskForStorage(wish.reason));
      const writes = [
        ...changeOfBoard(deps, standing, board, { type: 'entry_removed', by: wish.by.id, data }),
        deps.rules.saveEntries(
          wish.kind,
          page,
          page.entries.filter((one) => one !== entry),
        ),
        ...together(entry),
      ];
      return commitChange(deps, writes, { outcome: 'changed_entries', entry } as const);
    });
}

function problemOf({ kind, value, list, outcome, until }: EntryWish, now: Date): string | undefined {
  if (!entryValue[kind].test(value)) return `value: this names no ${kind}`;
  if (list === 'allow' && outcome !== undefined)
    return 'outcome: an allow entry has none, its policy is fixed';
  const endsAt = Date.parse(until);
  if (!(endsAt > now.getTime())) return 'until: this is over already; give a later day';
  const most = MOST_ENTRY_DAYS[list];
  if (endsAt > now.getTime() + most * DAY_MS) return `until: at most ${most} days from now`;
  return undefined;
}

const dataOf = ({ entryId, kind, value, list, outcome, until }: Entry, reason: string) => ({
  ...{ entryId, kind, value, list, outcome, until, reason },
});
