import { setTimeout as pause } from 'node:timers/promises';
import { functionNames } from '../../infra/functions.ts';
import { createSimulatedClock, type SimulatedClock } from '../../infra/local/clock.ts';
import type { OutboundOrder } from '../../infra/local/front/outbound-line.ts';
import { contactEvent, flatMap, flowEvent } from '../../infra/local/host/contact-events.ts';
import { type LocalStack, startLocalStack } from '../../infra/local/stack.ts';
import { type Bank, createBank, SPREE } from '../flow/bank.ts';
import { type Cell, contactIdOf, INBOUND, requestKey, type StaffName, staffOf } from './cells.ts';
import type { Flow } from './steps.ts';

/** 23:40 in Shanghai. */
export const NIGHT = Date.parse('2026-03-10T15:40:00.000Z');
/** From here on it is soon no longer night, and the rules judge otherwise what they asked about before. */
const LATE = NIGHT + 4 * 3_600_000;
export const isLate = ({ clock }: Pick<Scene, 'clock'>): boolean => clock.now() > LATE;
/** As the contact centre knows whoever calls from the desk. */
const CONTACT_CENTRE_USER = '20000000-0000-4000-8000-000000000001';
/** How often a client repeats a request that was answered with a fault of ours. */
const CLIENT_TRIES = 6;

/** A local stack on a simulated clock, and what bank, customers and agents do to it from outside. */
export interface Scene {
  readonly stack: LocalStack;
  readonly clock: SimulatedClock;
  readonly bank: Bank;
  now(offsetSeconds?: number): string;
  contact(cell: Cell, more?: { readonly email: string }): Promise<void>;
  introduce(cell: Cell, more?: { readonly email: string }): Promise<void>;
  secondCard(cell: Cell): Promise<void>;
  authorise(cell: Cell, purchase: Purchase): Promise<void>;
  text(cell: Cell, words: string, options?: { messageId?: string }): Promise<void>;
  /** A request as a careful client makes it: repeated under the same key while we answer 5xx. */
  request(cell: Cell, who: Who, path: string, body?: object): Promise<void>;
  /** A reading as a careful client makes it. */
  read(cell: Cell, who: Who, path: string): Promise<void>;
  /** One step of the contact flow, which a caller who is told of a fault takes again in the same call. */
  phoneStep(cell: Cell, step: Readonly<Record<string, string>>): Promise<void>;
  /** What Amazon Connect tells of the cell's call on the default bus. */
  contactEvent(cell: Cell, eventType: string, times?: Readonly<Record<string, string>>): Promise<void>;
  /** Calls the contact centre was told to make to the cell, which ring when the flow says so. */
  ordered(cell: Cell): readonly OutboundOrder[];
  /** What the customer sees there. */
  look(cell: Cell, path: string): Promise<unknown>;
}

export type Who = 'customer' | StaffName;

export interface Purchase {
  readonly kind: 'ordinary' | 'odd' | 'spree';
  /** Name of the transaction, unique within the card. */
  readonly id: string;
  readonly card?: string;
}

const purchases = {
  ordinary: {
    minor: 12_000,
    over: { merchant: { id: 'M-1', name: 'Corner Shop', mcc: '5411', country: 'CN' } },
  },
  /** High, at night, at home: the shipped rules ask about it. */
  odd: {
    minor: 500_000,
    over: { merchant: { id: 'M-77', name: 'Night Market', mcc: '5411', country: 'CN' } },
  },
  /** High, at night, abroad, not present, at a risky merchant: they freeze on it. */
  spree: { minor: 888_800, over: SPREE },
} as const;

/** The groups of their sign-in. */
const groupsOf = (who: Who): readonly string[] => {
  if (who.startsWith('analyst')) return ['rules-analyst'];
  return who.startsWith('supervisor') ? ['rules-supervisor', 'desk-supervisor'] : ['desk-agent'];
};

export async function startScene({ breakerTripsAt }: Pick<Flow, 'breakerTripsAt'> = {}): Promise<Scene> {
  const clock = createSimulatedClock(NIGHT);
  const stack = await startLocalStack({
    ...{ quiet: true, clock, retryDelayMs: 50, issuerDelayMs: 100 },
    // Hundreds of cells freeze within minutes: the breaker would rightly stop them (H33). The hourly figures of the desk
    // would fall into whatever flow passes the hour.
    functions: functionNames.filter(
      (name) => name !== 'reconcile-cards' && (name !== 'watch-freezes' || breakerTripsAt !== undefined),
    ),
    environment:
      breakerTripsAt === undefined
        ? {}
        : { 'watch-freezes': { FREEZE_BREAKER: `leastFreezes=${breakerTripsAt}` } },
  });
  await stack.warm;
  const bank = createBank(stack);
  // A phone that rings at once would tell of itself before the order is answered: here one follows the other.
  const orders: OutboundOrder[] = [];
  stack.front.outboundLine.onOrder(async (order) => void orders.push(order));
  /** A repeated event is the same event: it tells the same time. */
  const occurred = new Map<string, string>();
  const now = (offsetSeconds = 0) => new Date(clock.now() + offsetSeconds * 1000).toISOString();

  async function bearer(cell: Cell, who: Who): Promise<string> {
    const token = await (who === 'customer'
      ? stack.tokens.issue({ pool: 'customers', subject: cell.subject, scopes: ['cardguard/customer'] })
      : stack.tokens.issue({
          ...{ pool: 'agents', ...staffOf(cell, who), scopes: ['cardguard/agent'] },
          claims: { 'cognito:groups': groupsOf(who), connect_user_id: CONTACT_CENTRE_USER },
        }));
    return `Bearer ${token}`;
  }

  /** Sends it again while we answer with a fault of ours; the answer is the cell's. */
  async function untilAnswered(cell: Cell, send: () => Promise<Response>): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const response = await send();
      const answered: unknown = await response.json();
      if (response.status < 500 || tries === CLIENT_TRIES) {
        cell.answers.push({ status: response.status, body: answered });
        return;
      }
      await pause(20);
    }
  }

  function contactFlow() {
    const flow = stack.model.contactFlows?.find(({ name }) => name.endsWith(': callers'));
    if (flow === undefined) throw new Error('the templates have no contact flow');
    return flow;
  }

  const contact = ({ customerId, name, phone, subject }: Cell, more?: { readonly email: string }) => {
    const person = { customerId, name, phone, subject, language: 'zh-CN', ...more };
    return bank.contact(person);
  };

  return {
    stack,
    clock,
    bank,
    now,
    contact,
    async introduce(cell, more) {
      await contact(cell, more);
      await bank.card(cell.card, cell.customerId);
    },
    secondCard: (cell) => bank.card(cell.secondCard, cell.customerId, { lastFour: '9001' }),
    async authorise(cell, { kind, id, card = cell.card }) {
      const { minor, over } = purchases[kind];
      const sent = cell.sent.get(card) ?? new Set();
      cell.sent.set(card, sent);
      const transactionId = `T-${cell.mark}-${id}`;
      const at = occurred.get(transactionId) ?? now(-3);
      occurred.set(transactionId, at);
      await bank.authorise({
        cardToken: card,
        cardholderId: cell.customerId,
        transactionId,
        at,
        minor,
        // Each cell buys at merchants of its own, or calls about a merchant would not tell whose they are.
        over: { ...over, merchant: { ...over.merchant, id: `${over.merchant.id}-${cell.mark}` } },
      });
      sent.add(transactionId);
    },
    async text(cell, words, options = {}) {
      const messageId = options.messageId ?? INBOUND(cell);
      cell.replies.push({ messageId, text: words });
      await stack.phone.reply(cell.phone, words, { inboundMessageId: messageId });
    },
    request: (cell, who, path, body) =>
      untilAnswered(cell, async () => {
        const headers = {
          authorization: await bearer(cell, who),
          'idempotency-key': requestKey(cell, cell.answers.length + 1),
        };
        const sent = body === undefined ? {} : { body: JSON.stringify(body) };
        return fetch(`${stack.url}${path}`, { method: 'POST', headers, ...sent });
      }),
    read: (cell, who, path) =>
      untilAnswered(cell, async () =>
        fetch(`${stack.url}${path}`, { headers: { authorization: await bearer(cell, who) } }),
      ),
    async phoneStep(cell, step) {
      const event = flowEvent({
        ...{ contactId: contactIdOf(cell), from: cell.phone, attributes: {}, queueArn: '' },
        ...{ instanceArn: contactFlow().instanceArn, parameters: step, initiationMethod: 'INBOUND' },
      });
      for (let tries = 1; ; tries += 1) {
        const answer = await stack.invoke('answer-calls', event).then(flatMap, () => undefined);
        if (tries === CLIENT_TRIES || (answer !== undefined && answer.outcome !== 'busy')) {
          cell.answers.push({ status: 200, body: answer });
          return;
        }
        await pause(20);
      }
    },
    contactEvent: (cell, eventType, times = {}) =>
      stack.front.bus.accept(
        'default',
        contactEvent(eventType, {
          ...{ contactId: contactIdOf(cell), flow: contactFlow(), queueArn: '' },
          ...{ times, agent: { id: `agent-of-${cell.mark}` }, at: now(), initiationMethod: 'INBOUND' },
          disconnectReason: 'CUSTOMER_DISCONNECT',
        }),
      ),
    ordered: ({ phone }) => orders.filter(({ number }) => number === phone),
    async look(cell, path) {
      const headers = { authorization: await bearer(cell, 'customer') };
      return (await fetch(`${stack.url}${path}`, { headers })).json();
    },
  };
}
