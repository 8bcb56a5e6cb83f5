/** What is typed and not sent yet, in this tab. */
const PREFIX = 'cardguard.draft.';

/** Whose it is comes first: whoever signs in next in this tab neither sees it nor sends it. */
export const draftKey = (subject: string, name: string): string =>
  `${PREFIX}${encodeURIComponent(subject)}/${name}`;

type Kept = Pick<Storage, 'length' | 'key' | 'removeItem'>;

/** Whoever signs out leaves nothing behind: every draft of this tab goes, or all but those of `subject`. */
export function forgetDrafts(storage: Kept, subject?: string): void {
  const own = subject === undefined ? undefined : draftKey(subject, '');
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  for (const key of keys) {
    if (key.startsWith(PREFIX) && (own === undefined || !key.startsWith(own))) storage.removeItem(key);
  }
}
