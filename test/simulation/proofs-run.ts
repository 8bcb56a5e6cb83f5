import { findViolations } from '../support/invariants.ts';
import type { Violation } from '../support/rule.ts';
import { createChance } from './chance.ts';
import { createCustomerDevice } from './customer-device.ts';
import { endRules } from './end-rules.ts';
import { callsOnWorld } from './proof-calls.ts';
import { createProofs, type Proofs } from './proofs.ts';
import { seenOf } from './run.ts';
import { createSent } from './sent.ts';
import { createStepRules } from './step-rules.ts';
import { CARDS, CASES, createWorld, eventBody, type SimulatedWorld, type Tampering } from './world.ts';

const MINUTE = 60_000;
const PHONE = '+8613817000021';
const WHO = { customerId: 'C-1', cardToken: 'card-1' };

/** What may happen at once to a card that is held, with its customer in the middle of proving who they are. */
export const steps = [
  'yes',
  'no',
  'spree',
  'same again',
  'sweep',
  'open',
  'order',
  'right code',
  'first code',
  'wrong code',
  'password',
  'wrong password',
  'release',
] as const;
export type Step = (typeof steps)[number];

/** A step, and how long after the first code was read it happens. Of one moment, chance orders them write by write. */
export interface Timed {
  readonly step: Step;
  readonly afterMs: number;
}

export interface ProofOutcome {
  readonly violations: readonly Violation[];
  readonly trace: readonly string[];
  readonly releases: number;
}

/** One held card and its customer, and up to any number of steps in any order; judged once all is quiet. */
export async function runProof(
  seed: number,
  timed: readonly Timed[],
  options: { tampering?: Tampering } = {},
): Promise<ProofOutcome> {
  const sent = createSent();
  const rules = createStepRules();
  let proofs: Proofs | undefined;
  const world = createWorld({
    chance: createChance(seed),
    interleaves: true,
    faultOnceIn: 0,
    moodyProvider: false,
    bankClockMs: 0,
    onText: ({ text, kind }) => {
      if (kind === 'verificationCode') proofs?.read(text);
    },
    onChange: rules.changed,
    traced: true,
    tampering: options.tampering,
  });
  const violations: Violation[] = [];
  proofs = createProofs({
    ...{ calls: callsOnWorld(world), who: WHO, violations, device: createCustomerDevice() },
    ...{ now: world.engine.now, note: world.recorder.note, fault: world.recorder.fault },
  });
  const { engine } = world;
  introduce(world, sent);
  const act = actions(world, sent, proofs);
  engine.after(MINUTE, () => act('spree'));
  engine.after(1.5 * MINUTE, proofs.enrol);
  engine.after(2 * MINUTE, () => act('open'));
  engine.after(2.5 * MINUTE, () => act('order'));
  for (const { step, afterMs } of timed) engine.after(4 * MINUTE + afterMs, () => act(step));
  await world.run();
  const tables = { cards: world.db.items(CARDS), cases: world.db.items(CASES) };
  const read = {
    tables,
    texts: world.provider.texts,
    logLines: world.recorder.logLines,
    deadLetters: {},
    sent: {
      transactions: sent.transactions,
      replies: sent.replies.map(({ messageId }) => messageId),
      phones: [],
      secrets: [PHONE.slice(1), ...proofs.codes.map(({ code }) => code)],
      cardNumbers: [],
    },
  };
  const mistakes = world.recorder.mistakes.map((says) => ({ rule: 'fault', at: 'log', says }));
  return {
    violations: [
      ...rules.violations,
      ...violations,
      ...mistakes,
      ...findViolations(read),
      ...endRules({ ...read, world: seenOf(world), told: sent }),
    ],
    trace: world.recorder.trace,
    releases: proofs.releases(),
  };
}

type Sent = ReturnType<typeof createSent>;

function introduce(world: SimulatedWorld, sent: Sent): void {
  const since = '2026-01-01T00:00:00Z';
  const person = { customerId: WHO.customerId, sourceVersion: 1, name: '客户一', phone: PHONE };
  sent.contact(person);
  const contact = { ...person, occurredAt: since, language: 'zh-CN', identities: [] };
  world.customers.push(eventBody('CustomerContactChanged', contact));
  const card = { cardToken: WHO.cardToken, lastFour: '4417', sourceVersion: 1 };
  sent.card(card);
  const owners = { cardholderId: WHO.customerId, accountOwnerId: WHO.customerId };
  world.customers.push(
    eventBody('CardIssued', { ...card, ...owners, issuedAt: since, billingCurrency: 'CNY' }),
  );
}

function actions(world: SimulatedWorld, sent: Sent, proofs: Proofs): (step: Step) => Promise<void> | void {
  let last = '';
  const buys = (): void => {
    const transactionId = `T-${sent.nextTransaction()}`;
    sent.transaction(WHO.cardToken, transactionId);
    // Two of them make a high amount, which waits half an hour (H31).
    const money = { minor: 888_800, currency: 'CNY' };
    last = eventBody('TransactionAuthorized', {
      transactionId,
      ...{ cardToken: WHO.cardToken, cardholderId: WHO.customerId, accountOwnerId: WHO.customerId },
      amount: money,
      billing: money,
      merchant: { id: 'M-999', name: 'BIT*COIN XCHG', mcc: '6051', country: 'NG' },
      ...{ entryMode: 'ecommerce', outcome: 'approved', recurring: false, merchantInitiated: false },
      occurredAt: new Date(world.engine.now() - 1_000).toISOString(),
    });
    world.transactions.push(last);
  };
  const texts = (words: string): void => {
    // The provider's stamp; of two texts of one moment the later one is later.
    const sentAt = Math.max(world.engine.now(), (sent.replies.at(-1)?.sentAt ?? 0) + 1);
    const messageId = `in-${sent.replies.length + 1}`;
    sent.reply({ messageId, number: PHONE, words, sentAt });
    const message = { originationNumber: PHONE, destinationNumber: '+8610000', messageBody: words };
    const envelope = {
      Type: 'Notification',
      Message: JSON.stringify({ ...message, inboundMessageId: messageId }),
      Timestamp: new Date(sentAt).toISOString(),
    };
    world.replies.push(JSON.stringify(envelope), { copiesAfterMs: [0, 1_000] });
  };
  const by: Readonly<Record<Step, () => Promise<void> | void>> = {
    yes: () => texts('1'),
    no: () => texts('2'),
    spree: buys,
    'same again': () => world.transactions.push(last),
    sweep: world.sweep,
    open: proofs.open,
    order: proofs.order,
    'right code': proofs.rightCode,
    'first code': proofs.firstCode,
    'wrong code': proofs.wrongCode,
    password: proofs.password,
    'wrong password': proofs.wrongPassword,
    release: proofs.release,
  };
  return (step) => by[step]();
}
