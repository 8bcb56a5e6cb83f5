import type { legs } from '../../../functions/ticket/clock-policy.ts';
import { deskRoles } from '../../../functions/ticket/desk-roles.ts';
import type { TicketStatus } from '../../../functions/ticket/ticket-states.ts';
import { ago, ahead, asOf, noPapers, ticketLine, verification } from './made-up.ts';
import type { Answers, Given, State } from './scene.ts';

/** Made-up people, tickets and clocks of the desk, and how a state of it is told. */
export const number = 'FR-JCXHFS5N';
export const failing = { problem: 'internal' } as const;

export type Role = keyof typeof deskRoles;
export const me = (role: Role, over: object = {}) => ({
  ...{ id: 'agent-lin', name: 'Lin Yue', roles: [role], may: deskRoles[role], inWork: 2, mostInWork: 5 },
  dial: ['contact_centre', 'by_hand'],
  ...over,
});
export const clock = (leg: (typeof legs)[number], over: object = {}) => ({
  ...{ leg, state: 'running', from: ago(40), dueAt: ahead(20), warnAt: ahead(5), targetMinutes: 60 },
  ...{ elapsedSeconds: 2_400 },
  ...over,
});
export const clocks = [
  clock('ACK', { state: 'met', until: ago(39) }),
  clock('FIRST_RESPONSE', { warnAt: ago(5) }),
  clock('CALLBACK', { state: 'overdue', dueAt: ago(4) }),
  clock('PRELIMINARY', { dueAt: ahead(1_400) }),
  clock('NEXT_RESPONSE', { state: 'missed', until: ago(1) }),
  clock('RESOLUTION', { state: 'paused', dueAt: undefined }),
];
export const deskTicket = (status: TicketStatus, over: object = {}) => ({
  ...ticketLine(status),
  ...{ priority: 'P1', customerId: 'C-zhang', alertId: 'alert-0001', cycle: 1, textsPutOut: 2 },
  ...{ clockPolicy: '2026-11.1', clocks, pastClocks: [] },
  ...over,
});
export const inHand = (over: object = {}) =>
  deskTicket('in_progress', {
    ...{
      agent: 'Lin Yue',
      agentId: 'agent-lin',
      claimedAt: ago(8),
      leaseUntil: ahead(12),
      phoneConsent: true,
    },
    ...over,
  });
export const queued = (position: number, over: object = {}) => ({
  position,
  ...deskTicket('queued', { queuedAt: ago(30), queuedReason: 'not_mine', ...over }),
});

const entry = (seq: number, type: string, over: object = {}) => ({
  ...{ seq, type, at: ago(40 - seq), by: 'system', data: {}, hash: 'h'.repeat(64) },
  ...over,
});
export const timeline = [
  entry(1, 'alert_opened', { data: { severity: 'freeze', transactionId: 'T-1' } }),
  entry(2, 'transaction_joined'),
  entry(3, 'question_put_out'),
  entry(4, 'text_accepted'),
  entry(5, 'customer_wrote', { by: 'customer:C-zhang', words: '不是我', data: { channel: 'sms' } }),
  entry(6, 'customer_answered', { by: 'customer:C-zhang' }),
  entry(7, 'clock_warned', { data: { leg: 'FIRST_RESPONSE' } }),
  entry(8, 'ticket_claimed', { by: 'agent:agent-lin' }),
  entry(9, 'agent_message', { by: 'agent:agent-lin', words: '您好，请在应用里补充交易凭证。' }),
  entry(10, 'customer_message', { by: 'customer:C-zhang', words: `https://long.example/${'a'.repeat(120)}` }),
  entry(11, 'internal_note', { by: 'agent:agent-lin', wordsErased: true }),
];
const alert = {
  ...{ status: 'settled_fraud', severity: 'freeze', openedAt: ago(40), transactionCount: 22 },
  ruleSetVersion: '2026-11.2',
  transactions: [
    {
      ...{ transactionId: 'T-1', occurredAt: ago(42), merchantName: 'GOLDEN GATE ELECTRONICS', mcc: '5732' },
      ...{ country: 'US', declined: true, recurring: false, amount: { minor: 129_900, currency: 'USD' } },
      reasons: [
        { code: 'amount_far_above_usual', values: { amountVsMean: 18.4, amount: 9_342.8 } },
        { code: 'new_country', values: { country: 'US' } },
      ],
    },
  ],
};
export const whole = (ticket: object, over: object = {}) => ({
  ticket,
  customer: { name: '张伟', language: 'zh-CN' },
  alert,
  card: {
    ...{ cardToken: 'card-1', lastFour: '4417', state: 'frozen', holds: ['fraud'], holdsVersion: 2 },
    frozenSince: ago(39),
  },
  otherCards: [],
  verifications: [],
  timeline,
  timelineIntact: true,
  ...over,
});

export const at = (
  name: string,
  of: Partial<State> & Pick<State, 'answers' | 'shows'>,
  role: Role = 'desk-agent',
): State => ({
  name,
  ...of,
  answers: {
    'GET /agent/me': me(role),
    // The page as a whole keeps what is in hand, whatever it shows.
    'GET /agent/mine': { asOf, tickets: [] },
    ...of.answers,
  },
});

/** Every ticket has its papers read beside it. */
export const listPapers = `GET /agent/tickets/${number}/evidence`;
/** A reading carries a mark, so that the page can ask whether anything is new. */
const reading = (given: Given): Given =>
  typeof given === 'string' || 'problem' in given
    ? given
    : { asOf, mark: 'mark-of-the-reading-01', ...given };
export const work = (
  name: string,
  given: Given,
  shows: RegExp,
  more: { answers?: Answers; steps?: State['steps']; role?: Role } = {},
): State =>
  at(
    `ticket-${name}`,
    {
      hash: `#/ticket/${number}`,
      shows,
      steps: more.steps,
      answers: { [`GET /agent/tickets/${number}`]: reading(given), [listPapers]: noPapers, ...more.answers },
    },
    more.role,
  );
export const menu = (item: RegExp) => async (page: Parameters<NonNullable<State['steps']>>[0]) => {
  await page.getByRole('button', { name: /^More$|^更多$/ }).click();
  await page.getByRole('menuitem', { name: item }).click();
};
export const press = (name: RegExp) => (page: Parameters<NonNullable<State['steps']>>[0]) =>
  page.getByRole('button', { name }).first().click();
export const dialog = /Cancel|取消/;
export const mine = whole(inHand());
export const pending = { ...verification({ factors: [{ kind: 'sim', at: ago(2) }] }), offers: undefined };
