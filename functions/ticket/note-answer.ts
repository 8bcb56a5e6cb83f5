import type { Database } from '../platform/database.ts';
import type { ReadingChannel, StatusAnswerStore } from './status-answer-store.ts';
import type { Ticket } from './ticket.ts';

/** Tickets whose latest answer is remembered; a page asks for the same one again and again. */
const REMEMBERED = 500;

/**
 * Notes what a reading of a ticket was answered, so that the channels can be held against each other (K6). A page asks every
 * second and a half: only an answer that differs from the last one this function gave for the ticket is written, the way back
 * to an older version too. It is a measurement: a fault is told to `onFault` and spoils no answer.
 */
export function createNoteAnswer(deps: {
  readonly db: Database;
  readonly statusAnswers: Pick<StatusAnswerStore, 'note'>;
  readonly now: () => Date;
  readonly onFault: (error: unknown) => void;
}) {
  const last = new Map<string, number>();

  function isNews(key: string, version: number): boolean {
    const known = last.get(key) === version;
    last.delete(key);
    last.set(key, version);
    const [oldest] = last.keys();
    if (last.size > REMEMBERED && oldest !== undefined) last.delete(oldest);
    return !known;
  }

  return async (ticket: Ticket, channel: ReadingChannel): Promise<void> => {
    const key = `${channel} ${ticket.ticketId}`;
    if (!isNews(key, ticket.version)) return;
    try {
      await deps.db.commit([deps.statusAnswers.note(ticket, channel, deps.now())]);
    } catch (error) {
      last.delete(key);
      deps.onFault(error);
    }
  };
}

export type NoteAnswer = ReturnType<typeof createNoteAnswer>;
