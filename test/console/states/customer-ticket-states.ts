import {
  ago,
  ahead,
  bankCalling,
  disputes,
  live,
  messages,
  noPapers,
  ticket,
  ticketLine,
} from './made-up.ts';
import type { State } from './scene.ts';

export const number = 'FR-JCXHFS5N';
const failing = { problem: 'internal' } as const;

/** A customer's tickets: the list, and one of them as it goes its way. */
export const ticketOf = (name: string, shown: object, shows: RegExp, steps?: State['steps']): State => ({
  name: `ticket-${name}`,
  hash: `#/ticket/${number}`,
  answers: {
    'GET /live': live({ messages: [], ...shown }),
    [`GET /tickets/${number}/evidence`]: noPapers,
    [`POST /tickets/${number}/messages`]: failing,
    [`POST /tickets/${number}/person`]: { problem: 'ticket-closed' },
  },
  shows,
  steps,
});
export const customerTickets: readonly State[] = [
  {
    name: 'tickets-list',
    hash: '#/tickets',
    answers: {
      'GET /live': live({
        tickets: [
          ticketLine('in_progress'),
          ticketLine('awaiting_customer', { number: 'FR-AWAITING', category: 'dispute' }),
          ticketLine('resolved', { number: 'FR-RESOLVED', category: 'lost_stolen', lastFour: undefined }),
          ticketLine('merged', { number: 'FR-MERGED00', category: 'question' }),
        ],
      }),
    },
    shows: /FR-AWAITING/,
  },
  {
    name: 'tickets-empty',
    hash: '#/tickets',
    answers: { 'GET /live': live({ tickets: [] }) },
    shows: /No tickets|没有工单/,
  },
  {
    name: 'tickets-loading',
    hash: '#/tickets',
    answers: { 'GET /live': 'pending' },
    shows: /Loading|正在读取/,
  },
  { name: 'tickets-error', hash: '#/tickets', answers: { 'GET /live': failing }, shows: /Try again|重试/ },
  ticketOf('queued', { ticket: ticket('queued', { position: 3, answerBy: ahead(20) }) }, /FR-JCXHFS5N/),
  ticketOf(
    'late',
    {
      ticket: ticket('queued', { position: 1, answerBy: ago(4), personAskedAt: ago(9), wanted: 'new_card' }),
    },
    /hurrying|加紧/,
  ),
  ticketOf(
    'in-progress',
    {
      messages,
      bank: bankCalling,
      ticket: ticket('in_progress', {
        agent: 'Lin Yue',
        wanted: 'refund',
        phoneConsent: true,
        calling: bankCalling.calls[0],
        calls: [
          {
            ...{ agent: 'Lin Yue', announcedAt: ago(25), endedAt: ago(20) },
            ...{ outcome: 'connected', seconds: 187, transferredTo: '8021' },
          },
        ],
        disputes: disputes.slice(2, 3),
      }),
    },
    /Lin Yue/,
  ),
  ticketOf(
    'we-need-something',
    { messages, ticket: ticket('awaiting_customer', { agent: 'Lin Yue' }) },
    /FR-JCX/,
  ),
  ticketOf('concluded', { messages, ticket: ticket('concluded', { agent: 'Lin Yue' }) }, /FR-JCX/),
  ticketOf(
    'resolved',
    { messages, ticket: ticket('resolved', { resolution: 'refunded', clocks: [] }) },
    /FR-JCX/,
  ),
  ticketOf('closed', { messages, ticket: ticket('closed', { clocks: [] }) }, /closed|已关闭/),
  ticketOf('disputes', { ticket: ticket('in_progress', { disputes }) }, /GADGET HUB/, async (page) => {
    const histories = page.getByRole('button', { name: /^History$|^进展$/ });
    await histories.first().waitFor();
    for (const history of await histories.all()) await history.click();
  }),
  ticketOf(
    'merged',
    {
      ticket: ticket('merged', {
        clocks: [],
        links: { mergedInto: ticketLine('in_progress', { number: 'FR-GOESON00' }) },
      }),
    },
    /became part of|并入工单/,
  ),
  ticketOf(
    'followed',
    { messages, ticket: ticket('closed', { clocks: [], links: { followedBy: 'FR-FOLLOWS0' } }) },
    /Goes on in|后续请看/,
  ),
  ticketOf(
    'follows',
    {
      ticket: ticket('in_progress', {
        links: { follows: 'FR-BEFORE00', mergedFrom: ['FR-MERGED01', 'FR-MERGED02'] },
      }),
    },
    /Also goes on with|并入了工单/,
  ),
  ticketOf('not-sent', { ticket: ticket('in_progress') }, /went wrong|出了问题|出错|稍后/, async (page) => {
    await page.getByRole('textbox').first().fill('我在家');
    await page.getByRole('button', { name: /^Send$|^发送$/ }).click();
  }),
  ticketOf(
    'person-dialog',
    { ticket: ticket('awaiting_reply') },
    /need not repeat|不用再说/,
    async (page) => {
      await page.getByRole('button', { name: /Ask for a person|找人工/ }).click();
    },
  ),
  {
    name: 'ticket-not-there',
    hash: `#/ticket/${number}`,
    answers: { 'GET /live': { problem: 'not-found' } },
    shows: /not found|没有找到/,
  },
];
