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
  /** What the requests of the customer and of agents were answered in the end. */
  readonly answers: { readonly status: number; readonly body: unknown }[];
  /** Distinct authorisations sent, by card. */
  readonly sent: Map<string, Set<string>>;
  /** Texts the customer sent. */
  readonly replies: { readonly messageId: string; readonly text: string }[];
  /** What was looked up for later requests, by name: `alertId`, `number`. */
  readonly known: Map<string, string>;
}

export const emailOf = ({ mark }: Cell): string => `${mark}@customers.example`;

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
    known: new Map(),
  };
}

/** Two agents who know each other's work, two who work on rules, and two who watch over both. */
const agents = {
  agent: { subject: 'agent-li', name: 'Li Na' },
  agent2: { subject: 'agent-wang', name: 'Wang Fang' },
  analyst: { subject: 'analyst-li', name: 'Li Wei' },
  analyst2: { subject: 'analyst-sun', name: 'Sun Jie' },
  supervisor: { subject: 'supervisor-zhao', name: 'Zhao Min' },
  supervisor2: { subject: 'supervisor-qian', name: 'Qian Yu' },
} as const;

export type StaffName = keyof typeof agents;
const staffNames = Object.keys(agents).filter((name): name is StaffName => name in agents);

/** Each cell has staff of its own: nobody's hands are full of the tickets of others. */
export const staffOf = (cell: Cell, who: StaffName): { subject: string; name: string } => ({
  subject: `${agents[who].subject}-${cell.mark}`,
  name: agents[who].name,
});

/** The contact id of a cell's call. */
export const contactIdOf = (cell: Cell): string => `contact-${cell.mark}`;

/** The `Idempotency-Key` of a cell's request: of the first it makes, the second … */
export const requestKey = (cell: Cell, number: number): string => `request-${cell.mark}-${number}`;

/** A cell makes fewer requests than this. */
const MOST_REQUESTS = 12;

/** Keys of its remembered requests, as the APIs derive them from caller and `Idempotency-Key`. */
export function requestGuards(cell: Cell): readonly string[] {
  const callers = [cell.customerId, ...staffNames.map((who) => `agent:${staffOf(cell, who).subject}`)];
  return callers.flatMap((caller) =>
    Array.from({ length: MOST_REQUESTS }, (_, index) =>
      hash('sha256', `${caller}\n${requestKey(cell, index + 1)}`, 'hex'),
    ),
  );
}

/** As the bank's app might name the passkey. */
export const credentialOf = (cell: Cell): string =>
  Buffer.from(`passkey of ${cell.mark}`).toString('base64url');
