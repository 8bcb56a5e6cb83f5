import * as z from 'zod/mini';
import type { Database, Item } from '../platform/database.ts';
import { createOutbox } from '../platform/outbox.ts';

/** One thing we sent or meant to send: its kind and how it ended, never words, number or address. */
export interface SentNotice {
  readonly channel: string;
  readonly kind: string;
  readonly putOutAt?: string;
  /** `pending` until it is known; else the sender's own word. */
  readonly outcome: string;
  readonly outcomeAt?: string;
}

/** An aggregate whose effects reach the customer, e.g. `TICKET#…`; `name` is what its notices are shown with. */
export interface Sender {
  readonly pk: string;
  readonly name?: string;
}

export interface NoticePage {
  readonly notices: readonly (SentNotice & { readonly name?: string })[];
  /** Where the next page begins. */
  readonly next?: string;
}

export interface NoticeStore {
  /** What was sent on behalf of these, the latest first, from behind `after` on. */
  page(
    senders: readonly Sender[],
    of: { readonly after?: string; readonly limit: number },
  ): Promise<NoticePage>;
}

const payloadSchema = z.object({
  text: z.optional(z.object({ kind: z.string() })),
  mail: z.optional(
    z.object({ kind: z.string(), facts: z.optional(z.object({ event: z.optional(z.string()) })) }),
  ),
});
const timesSchema = z.object({ putOutAt: z.optional(z.string()) });
/** Effects that reach the customer, by the channel they take. */
const channels: Readonly<Record<string, string>> = { sms: 'sms', email: 'email', app: 'app' };

/** An e-mail to somebody without an address, or of a stage without e-mail: nothing a customer would miss. */
const neverMeant: ReadonlySet<string> = new Set(['no_address', 'no_sender']);

/** Effects of one aggregate a query reads. */
const AT_ONCE = 25;

interface Found {
  /** Sorts by time, within one moment by what it is. */
  readonly cursor: string;
  readonly notice: SentNotice & { readonly name?: string };
}

export function createNoticeStore(options: { db: Database; casesTable: string }): NoticeStore {
  const { db, casesTable: table } = options;
  const outbox = createOutbox(db, table);

  /** The notices of one aggregate behind the cursor, latest first, read as they are asked for. */
  async function* behind(sender: Sender, after: string | undefined): AsyncGenerator<Found> {
    let next: string | undefined;
    do {
      const sk = { from: 'OUT#', to: lastKey(sender, after) };
      const page = await db.query({
        table,
        pk: sender.pk,
        sk,
        descending: true,
        limit: AT_ONCE,
        after: next,
      });
      for (const item of page.items) {
        const found = noticeOf(sender, item);
        if (found !== undefined && (after === undefined || found.cursor < after)) yield found;
      }
      next = page.next;
    } while (next !== undefined);
  }

  function noticeOf({ pk, name }: Sender, item: Item): Found | undefined {
    const effect = outbox.parse(item);
    const channel = channels[effect.effect];
    if (channel === undefined) return undefined;
    const { text, mail } = payloadSchema.safeParse(effect.payload).data ?? {};
    const kind = text?.kind ?? mail?.facts?.event ?? mail?.kind ?? 'notice';
    const putOutAt = timesSchema.parse(item).putOutAt ?? effect.pendingSince;
    const { outcome = 'pending', doneAt: outcomeAt } = effect;
    if (neverMeant.has(outcome)) return undefined;
    return {
      cursor: cursorOf(putOutAt ?? '', pk, item.sk),
      notice: { name, channel, kind, putOutAt, outcome, outcomeAt },
    };
  }

  return {
    page: async (senders, { after, limit }) => {
      const streams = senders.map((sender) => behind(sender, after));
      const heads = await Promise.all(streams.map((stream) => stream.next()));
      const found: Found[] = [];
      while (found.length <= limit) {
        const latest = indexOfLatest(heads);
        const head = heads[latest];
        if (latest === -1 || head === undefined || head.done === true) break;
        found.push(head.value);
        const following = await streams[latest]?.next();
        if (following !== undefined) heads[latest] = following;
      }
      const page = found.slice(0, limit);
      const more = found.length > limit ? page.at(-1)?.cursor : undefined;
      return { notices: page.map(({ notice }) => notice), ...(more === undefined ? {} : { next: more }) };
    },
  };
}

const cursorOf = (at: string, pk: string, sk: string): string => `${at}~${pk}~${sk}`;

/** The aggregate the cursor is of goes on at its key; of the others no key is known, and time decides. */
function lastKey({ pk }: Sender, after: string | undefined): string {
  const [, ofPk, ofSk] = after?.split('~') ?? [];
  return ofPk === pk && ofSk !== undefined ? ofSk : 'OUT#~';
}

function indexOfLatest(heads: readonly IteratorResult<Found, unknown>[]): number {
  let latest = -1;
  let cursor = '';
  for (const [index, head] of heads.entries()) {
    if (head.done !== true && head.value.cursor > cursor) {
      latest = index;
      cursor = head.value.cursor;
    }
  }
  return latest;
}
