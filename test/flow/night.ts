import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { type CardProfile, decodeProfile } from '../../functions/screening/profile.ts';
import { createSimulatedClock, type SimulatedClock } from '../../infra/local/clock.ts';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '../../infra/local/stack.ts';
import { holdToContract } from '../support/contract.ts';
import { type Bank, createBank, people, SPREE } from './bank.ts';

/** 23:40 in Shanghai, when nobody sits at a desk. */
export const NIGHT = Date.parse('2026-03-10T15:40:00.000Z');
const DAY_MS = 86_400_000;

/** The user of the first agent in the contact centre; the second has none, and dials by hand. */
export const CONTACT_CENTRE_USER = '20000000-0000-4000-8000-000000000001';
const agents = {
  agent: {
    ...{ subject: 'agent-li', name: 'Li Na' },
    claims: { connect_user_id: CONTACT_CENTRE_USER },
  },
  agent2: { subject: 'agent-wang', name: 'Wang Fang', claims: {} },
} as const;
/** Staff with a role in the rules, or another one at the desk than an agent: the groups of their sign-in. */
const ruleKeepers = {
  analyst: { subject: 'analyst-li', name: 'Li Wei', groups: ['rules-analyst'] },
  analyst2: { subject: 'analyst-sun', name: 'Sun Jie', groups: ['rules-analyst'] },
  supervisor: { subject: 'supervisor-he', name: 'He Lin', groups: ['desk-supervisor'] },
  teller: { subject: 'teller-qin', name: 'Qin Yu', groups: ['desk-teller'] },
  auditor: { subject: 'auditor-hu', name: 'Hu Mei', groups: ['rules-auditor'] },
} as const;
/** Who calls: one of two agents, somebody who works on rules, or a customer. */
export type Who = keyof typeof agents | keyof typeof ruleKeepers | keyof typeof people;

/** The deployed system on a simulated clock, with a bank, phones and people. */
export interface Night {
  readonly stack: LocalStack;
  readonly bank: Bank;
  readonly clock: SimulatedClock;
  now(offsetSeconds?: number): string;
  /** Empties everything and puts the clock's present back into use. */
  begin(): Promise<void>;
  /** A customer with a card that has a history of five ordinary purchases. */
  customer(person: keyof typeof people, cardToken: string, over?: { lastFour?: string }): Promise<void>;
  /** A purchase the rules freeze on, a few seconds ago. */
  spree(
    cardToken: string,
    person: keyof typeof people,
    over?: { transactionId?: string; minor?: number },
  ): Promise<string>;
  /** A purchase the rules only ask about. */
  oddity(cardToken: string, person: keyof typeof people): Promise<string>;
  texts(person: keyof typeof people): readonly string[];
  reply(person: keyof typeof people, text: string, options?: ReplyOptions): Promise<void>;
  get<Body>(who: Who, path: string): Promise<{ status: number; body: Body }>;
  post<Body>(who: Who, path: string, key?: string, body?: object): Promise<{ status: number; body: Body }>;
  queue(): Promise<readonly QueuedTicket[]>;
  ticket(number: string): Promise<TicketPage>;
  onlyTicket(person: keyof typeof people): Promise<TicketPage>;
  card(person: keyof typeof people, cardToken: string): Promise<CardPage>;
  /** The card's profile as screening keeps it. */
  profile(cardToken: string): Promise<CardProfile>;
  /** What functions were refused since the night began, each with role, action and resource. */
  refusedPermissions(): readonly unknown[];
  stop(): Promise<void>;
}

export interface ReplyOptions {
  readonly inboundMessageId?: string;
  readonly at?: number;
}
export interface QueuedTicket {
  readonly number: string;
  readonly priority: string;
  readonly status: string;
  readonly queuedReason: string;
  readonly cardToken: string;
}
export interface TicketPage {
  readonly ticket: QueuedTicket & { readonly resolution?: string; readonly version: number };
  readonly alert?: {
    readonly status: string;
    readonly severity: string;
    readonly transactionCount: number;
    readonly undeliverableReason?: string;
    readonly transactions: readonly { readonly transactionId: string }[];
  };
  readonly timeline: readonly {
    readonly type: string;
    readonly data: Readonly<Record<string, unknown>>;
    /** What somebody wrote, unless it was erased. */
    readonly words?: string;
    readonly wordsErased?: true;
  }[];
  readonly timelineIntact: boolean;
}
export interface CardPage {
  readonly cardToken: string;
  readonly state: string;
  readonly holds: readonly string[];
}

/** `retryDelayMs`: how soon a failed message shows again, in real time; long: the queue's own time counts. */
/** `functions`: only these run, e.g. without the sweep where days pass. */
export async function startNight(
  options: { retryDelayMs?: number; functions?: readonly string[] } & Pick<
    LocalStackOptions,
    'assemblyDirectory' | 'environment' | 'schedules'
  > = {},
): Promise<Night> {
  const { retryDelayMs = 50, ...others } = options;
  const clock = createSimulatedClock(NIGHT);
  const stack = await startLocalStack({ quiet: true, clock, retryDelayMs, ...others });
  await stack.warm;
  const bank = createBank(stack);
  const cardsTable = stack.model.tables.find(({ streamArn }) => streamArn === undefined)?.name;
  const dynamo = new DynamoDBClient({
    endpoint: stack.url,
    region: stack.model.region,
    credentials: stack.front.identities.admin,
  });
  const now = (offsetSeconds = 0) => new Date(clock.now() + offsetSeconds * 1000).toISOString();

  async function bearer(who: Who): Promise<string> {
    if (who in ruleKeepers) {
      const { subject, name, groups } = ruleKeepers[who as keyof typeof ruleKeepers];
      const claims = { 'cognito:groups': groups };
      return `Bearer ${await stack.tokens.issue({ pool: 'agents', subject, name, claims })}`;
    }
    const token =
      who === 'agent' || who === 'agent2'
        ? await stack.tokens.issue({
            pool: 'agents',
            ...agents[who],
            scopes: ['cardguard/agent'],
          })
        : await stack.tokens.issue({
            pool: 'customers',
            subject: people[who as keyof typeof people].subject,
            scopes: ['cardguard/customer'],
          });
    return `Bearer ${token}`;
  }

  async function call<Body>(
    who: Who,
    method: string,
    path: string,
    given: { key?: string; body?: object } = {},
  ) {
    const { key, body } = given;
    const response = await fetch(`${stack.url}${path}`, {
      method,
      headers: {
        authorization: await bearer(who),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answered: unknown = await response.json();
    holdToContract({ method, path }, response.status, answered);
    return { status: response.status, body: answered as Body };
  }

  const night: Night = {
    stack,
    bank,
    clock,
    now,
    begin: () => stack.reset(),
    customer: async (person, cardToken, over = {}) => {
      const who = people[person];
      await bank.contact(who);
      await bank.card(cardToken, who.customerId, over);
      await stack.settle();
      for (const daysAgo of [9, 7, 5, 3, 1]) {
        const at = new Date(clock.now() - daysAgo * DAY_MS - 5 * 3_600_000).toISOString();
        await bank.authorise({ cardToken, cardholderId: who.customerId, at, minor: 12_000 + daysAgo });
      }
      await stack.settle();
    },
    spree: async (cardToken, person, over = {}) => {
      const { customerId } = people[person];
      const id = await bank.authorise({
        cardToken,
        cardholderId: customerId,
        at: now(-3),
        minor: 388_800,
        over: SPREE,
        ...over,
      });
      await stack.settle();
      return id;
    },
    oddity: async (cardToken, person) => {
      const { customerId } = people[person];
      const over = {
        merchant: { id: 'M-77', name: 'Night Market', mcc: '5411', country: 'CN' },
        entryMode: 'chip',
      };
      const id = await bank.authorise({
        cardToken,
        cardholderId: customerId,
        at: now(-3),
        minor: 500_000,
        over,
      });
      await stack.settle();
      return id;
    },
    texts: (person) => stack.phone.messages(people[person].phone).map((message) => message.text),
    reply: async (person, text, options = {}) => {
      await stack.phone.reply(people[person].phone, text, options);
      await stack.settle();
    },
    get: (who, path) => call(who, 'GET', path),
    post: async (who, path, key, body) => {
      const answered = await call<never>(who, 'POST', path, { key, body });
      await stack.settle();
      return answered;
    },
    queue: async () => {
      const { body } = await call<{ tickets: QueuedTicket[] }>('agent', 'GET', '/agent/queue');
      return body.tickets;
    },
    ticket: async (number) => (await call<TicketPage>('agent', 'GET', `/agent/tickets/${number}`)).body,
    onlyTicket: async (person) => {
      const { body } = await call<{ tickets: { number: string }[] }>(person, 'GET', '/tickets');
      const [only, ...others] = body.tickets;
      if (only === undefined || others.length > 0)
        throw new Error(`expected one ticket, found ${body.tickets.length}`);
      return night.ticket(only.number);
    },
    card: async (person, cardToken) => {
      const { body } = await call<{ cards: CardPage[] }>(person, 'GET', '/cards');
      const card = body.cards.find((one) => one.cardToken === cardToken);
      if (card === undefined) throw new Error(`${person} has no card ${cardToken}`);
      return card;
    },
    profile: async (cardToken) => {
      const item = await dynamo.send(
        new GetItemCommand({
          TableName: cardsTable,
          Key: { pk: { S: `CARD#${cardToken}` }, sk: { S: 'PROFILE' } },
          ConsistentRead: true,
        }),
      );
      const bytes = item.Item?.p?.B;
      if (bytes === undefined) throw new Error(`no profile of ${cardToken}`);
      return decodeProfile(bytes);
    },
    refusedPermissions: () => stack.front.calls.refusals,
    stop: () => stack.stop(),
  };
  return night;
}
