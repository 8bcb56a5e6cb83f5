import { hash } from 'node:crypto';

/**
 * One cell of the matrix: a customer of its own with two cards of their own, so that many cells run side by
 * side on one stack and every call tells whose it is. `mark` is part of every id the cell is given.
 */
export interface Cell {
  readonly mark: string;
  readonly customerId: string;
  readonly subject: string;
  readonly name: string;
  readonly phone: string;
  readonly card: string;
  readonly secondCard: string;
  /** What the customer's requests were answered in the end. */
  readonly answers: { readonly status: number; readonly body: unknown }[];
  /** Distinct authorisations sent, by card. */
  readonly sent: Map<string, Set<string>>;
  /** Texts the customer sent. */
  readonly replies: { readonly messageId: string; readonly text: string }[];
}

/** A number of a test range that a customer texts us all the same (H15). */
export const CARD_NUMBER = '4111 1111 1111 1111';

export const MARK = /\bc\d+x\b/;
export const INBOUND = (cell: Cell): string => `in-${cell.mark}-${cell.replies.length + 1}`;

/** `number` gives ids and a phone of the Shanghai mobile range that no two cells share. */
export function newCell(number: number): Cell {
  // Of one length, so that sizes do not differ from cell to cell.
  const mark = `c${String(number).padStart(4, '0')}x`;
  return {
    mark,
    customerId: `C-${mark}`,
    subject: `login-${mark}`,
    name: `客户${mark}`,
    phone: `+86138${String(17_000_000 + number * 13)}`,
    card: `card-${mark}`,
    secondCard: `spare-${mark}`,
    answers: [],
    sent: new Map(),
    replies: [],
  };
}

/** Key of a remembered request, as the API derives it from caller and `Idempotency-Key`. */
export const requestGuard = (cell: Cell, key: string): string =>
  hash('sha256', `${cell.customerId}\n${key}`, 'hex');

/** The one `Idempotency-Key` a cell's customer sends. */
export const requestKey = (cell: Cell): string => `request-${cell.mark}`;
