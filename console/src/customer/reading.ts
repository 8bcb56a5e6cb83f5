import type { Api, Result } from '../shared/api.ts';
import { LIVE_MS } from '../shared/pace.ts';
import type { Answer } from '../shared/route.ts';
import { routes } from './routes.ts';

type Reading = Answer<typeof routes.readLive>;

/** What one page shows of what changes by itself. */
export type Shown = Pick<Reading, 'bank' | 'cards' | 'alerts' | 'tickets' | 'ticket' | 'messages'>;

export interface Wanted {
  readonly lists: readonly ('cards' | 'alerts' | 'tickets')[];
  readonly ticket?: string;
  readonly everyMs: number;
}

/** A call is announced minutes before it comes; what people may read in a minute is better spent on what moves. */
const CALLS_MS = 6_000;

/** What each page needs; whether we are calling comes with every reading (D10). */
export function wantedBy(page: string, first: string): Wanted {
  if (page === 'home') return { lists: ['cards', 'alerts'], everyMs: LIVE_MS };
  if (page === 'tickets') return { lists: ['tickets'], everyMs: LIVE_MS };
  if (page === 'ticket') return { lists: [], ticket: first, everyMs: LIVE_MS };
  if (page === 'us') return { lists: [], everyMs: LIVE_MS };
  // Proving who one is: the alert tells which ticket a person is asked for at.
  if (page === 'verify') return { lists: ['alerts'], everyMs: CALLS_MS };
  return { lists: page === 'me' ? ['cards'] : [], everyMs: CALLS_MS };
}

/** What is known of the readings before; the reading of a page writes it on. */
export interface Kept {
  shown: Shown;
  /** Of the last answer, and the question it answered. */
  mark?: string;
  key?: string;
}

interface Question {
  readonly key: string;
  readonly lists: Wanted['lists'];
  readonly ticket?: string;
  readonly kept: Kept;
  readonly signal: AbortSignal;
}

/** Reads on from what is known: messages after the last one, and nothing at all where nothing is new (D3). */
export async function readOn(api: Api, question: Question): Promise<Result<Shown>> {
  const { key, lists, ticket, kept, signal } = question;
  for (;;) {
    const { shown, mark, key: asked } = kept;
    const said = shown.ticket?.number === ticket ? (shown.messages ?? []) : [];
    const result = await api.call(routes.readLive, {
      query: {
        lists: lists.length === 0 ? undefined : lists.join(','),
        ticket,
        after: ticket === undefined ? undefined : String(said.at(-1)?.seq ?? 0),
        since: asked === key ? mark : undefined,
      },
      signal,
    });
    if (!result.ok) return result;
    kept.shown = withNews(shown, result.value, said);
    kept.mark = result.value.mark;
    kept.key = key;
    if (result.value.more !== true) return { ok: true, value: kept.shown };
  }
}

/** An answer without its parts says that nothing is new. */
function withNews(shown: Shown, news: Reading, said: NonNullable<Shown['messages']>): Shown {
  const { asOf: _at, mark: _mark, more: _more, messages, ...parts } = news;
  if (parts.bank === undefined) return shown;
  if (messages === undefined) return { ...shown, ...parts };
  const last = said.at(-1)?.seq ?? 0;
  const fresh = messages.filter(({ seq }) => seq > last);
  return { ...shown, ...parts, messages: fresh.length === 0 ? said : [...said, ...fresh] };
}
