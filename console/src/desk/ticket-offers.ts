import type { DeskTicket } from './answers.ts';

export type Dialogue =
  | 'takeOver'
  | 'handBack'
  | 'wait_customer'
  | 'wait_third'
  | 'triage'
  | 'reopen'
  | 'conclude'
  | 'merge'
  | 'resolve';

/** What has the one form of `ticket-dialogue.tsx`. */
export type TicketForm = Exclude<Dialogue, 'merge'>;

type Status = DeskTicket['status'];

/** Where work goes back to the queue from; a conclusion is first taken up again. */
const handedBackFrom: readonly Status[] = ['in_progress', 'awaiting_customer', 'awaiting_third_party'];
const waitsFrom: readonly Status[] = ['in_progress', 'concluded'];

/** What may be asked for from a status, by who has it in hand; whether it is granted is the API's to say. */
export function dialoguesOf(status: Status, mine: boolean, supervises = false): readonly Dialogue[] {
  if (status === 'closed' || status === 'merged') return [];
  const merge = mine || supervises ? (['merge'] as const) : [];
  if (status === 'resolved') return ['reopen', ...merge];
  if (!mine) return ['triage', 'takeOver', ...merge];
  return [
    ...(waitsFrom.includes(status) ? (['wait_customer', 'wait_third'] as const) : []),
    'triage',
    ...(handedBackFrom.includes(status) ? (['handBack'] as const) : []),
    ...merge,
  ];
}
