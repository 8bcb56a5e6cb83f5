/**
 * The life of a ticket as data: from each status the ones that may follow. `merged` may follow any but
 * `closed`; reopening (from `resolved`) starts a new cycle.
 */
export const ticketStatuses = [
  'awaiting_reply',
  'queued',
  'in_progress',
  'awaiting_customer',
  'awaiting_third_party',
  'concluded',
  'resolved',
  'closed',
  'merged',
] as const;
export type TicketStatus = (typeof ticketStatuses)[number];

export const ticketTransitions: Readonly<Record<TicketStatus, readonly TicketStatus[]>> = {
  awaiting_reply: ['queued', 'in_progress', 'resolved', 'merged'],
  queued: ['in_progress', 'resolved', 'merged'],
  in_progress: ['queued', 'awaiting_customer', 'awaiting_third_party', 'concluded', 'resolved', 'merged'],
  awaiting_customer: ['in_progress', 'queued', 'merged'],
  awaiting_third_party: ['in_progress', 'queued', 'merged'],
  concluded: ['in_progress', 'awaiting_customer', 'awaiting_third_party', 'resolved', 'merged'],
  resolved: ['awaiting_reply', 'queued', 'closed', 'merged'],
  closed: [],
  merged: [],
};

export const mayFollow = (from: TicketStatus, to: TicketStatus): boolean =>
  ticketTransitions[from].includes(to);
