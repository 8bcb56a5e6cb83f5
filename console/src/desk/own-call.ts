import type { DeskTicket, Entry, Whole } from './answers.ts';

type Call = NonNullable<DeskTicket['call']>;

const isCallEnd = ({ type }: Entry): boolean => type === 'call_ended';

/** The end of the latest call, where one was told. */
export const lastEnd = (whole: Whole): Entry | undefined => whole.timeline.findLast(isCallEnd);

/** Whether the ticket tells the end of this call already, whoever told it. */
export const isOver = (call: Call | undefined, whole: Whole): boolean =>
  call !== undefined && whole.timeline.some((entry) => isCallEnd(entry) && entry.at >= call.announcedAt);

/** How a call that the contact centre dials stands, as the ticket tells it. */
export function stateOf({
  ticket: { call },
  timeline,
}: Whole): 'dialling' | 'ringing' | 'connected' | 'unknown' {
  if (call?.connectedAt !== undefined) return 'connected';
  const unknown = timeline.some(
    ({ type, at }) => type === 'call_dial_unknown' && call !== undefined && at >= call.announcedAt,
  );
  if (unknown) return 'unknown';
  return call?.dialledAt === undefined ? 'dialling' : 'ringing';
}
