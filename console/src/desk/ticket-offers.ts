import type { DeskTicket } from './answers.ts';

export type Dialogue =
  | 'takeOver'
  | 'handBack'
  | 'wait_customer'
  | 'wait_third'
  | 'triage'
  | 'reopen'
  | 'conclude'
  | 'resolve';

type Status = DeskTicket['status'];

/** Where work goes back to the queue from; a conclusion is first taken up again. */
const handedBackFrom: readonly Status[] = ['in_progress', 'awaiting_customer', 'awaiting_third_party'];
const waitsFrom: readonly Status[] = ['in_progress', 'concluded'];

/** What may be asked for from a status, by who has it in hand; whether it is granted is the API's to say. */
export function dialoguesOf(status: Status, mine: boolean): readonly Dialogue[] {
  if (status === 'resolved') return ['reopen'];
  if (status === 'closed' || status === 'merged') return [];
  if (!mine) return ['triage', 'takeOver'];
  return [
    ...(waitsFrom.includes(status) ? (['wait_customer', 'wait_third'] as const) : []),
    'triage',
    ...(handedBackFrom.includes(status) ? (['handBack'] as const) : []),
  ];
}
