import { expect, test } from 'vitest';
import { createChance } from './chance.ts';
import { CARDS, CASES, createWorld, eventBody, type SimulatedWorld } from './world.ts';

const SPREE = { id: 'M-999', name: 'BIT*COIN XCHG', mcc: '6051', country: 'NG' };

const shareBelow = (numbers: readonly number[], limit: number): number =>
  numbers.filter((one) => one <= limit).length / numbers.length;

/** Texts leave one every 50 ms, as SNS takes them: ten thousand take more than eight minutes. */
const TEXT_MS = 50;

interface Owned {
  readonly cardToken: string;
  readonly customerId: string;
}

const cardsOf = (count: number): readonly Owned[] =>
  Array.from({ length: count }, (_, index) => ({ cardToken: `card-${index}`, customerId: `C-${index}` }));

function introduce(world: SimulatedWorld, cards: readonly Owned[]): void {
  for (const [index, { cardToken, customerId }] of cards.entries()) {
    const contact = { customerId, sourceVersion: 1, occurredAt: '2026-01-01T00:00:00Z', name: `N${index}` };
    const phone = `+86138${String(10_000_000 + index)}`;
    world.customers.push(
      eventBody('CustomerContactChanged', { ...contact, phone, language: 'en', identities: [] }),
    );
    const card = { cardToken, lastFour: '4417', cardholderId: customerId, accountOwnerId: customerId };
    const issued = { issuedAt: '2026-01-01T00:00:00Z', sourceVersion: 1, billingCurrency: 'CNY' };
    world.customers.push(eventBody('CardIssued', { ...card, ...issued }));
  }
}

function purchaseOf({ cardToken, customerId }: Owned, atMs: number): string {
  const money = { minor: 888_800, currency: 'CNY' };
  return eventBody('TransactionAuthorized', {
    transactionId: `T-${cardToken}`,
    ...{ cardToken, cardholderId: customerId, accountOwnerId: customerId },
    ...{ amount: money, billing: money, merchant: SPREE, entryMode: 'ecommerce', outcome: 'approved' },
    ...{ occurredAt: new Date(atMs).toISOString(), recurring: false, merchantInitiated: false },
  });
}

const CALM_AFTER_MS = 40 * 60_000;

test('H21 ten thousand freezes at once, in memory: none waits for a text, and nothing is lost', async () => {
  const count = 10_000;
  const requested = new Map<string, number>();
  const chance = createChance(21);
  const world = createWorld({
    chance,
    interleaves: false,
    faultOnceIn: 0,
    moodyProvider: false,
    bankClockMs: 0,
    onText: () => undefined,
    onChange: ({ after, before }) => {
      const issuer = after?.issuer as { requestedAt?: string } | undefined;
      if (after?.sk !== 'STATE' || issuer?.requestedAt === undefined || before === undefined) return;
      if (!requested.has(after.pk)) requested.set(after.pk, world.engine.now());
    },
    traced: false,
    mostEvents: 400_000,
    textMs: TEXT_MS,
  });
  const { engine } = world;
  const cards = cardsOf(count);
  introduce(world, cards);
  await world.run();
  const began = engine.now();
  for (const card of cards) world.transactions.push(purchaseOf(card, began - 1_000));
  // Nobody answers: a quarter of an hour later all wait for a person, and the next clock warns half an hour after that.
  await world.run(began + CALM_AFTER_MS);
  const sentAt = world.provider.texts.map(({ at }) => at - began);
  const waits = [...requested.values()].map((at) => at - began);
  expect(requested.size).toBe(count);
  // The stream loses one record in fifty here: those wait for the sweep, never for a text.
  expect(shareBelow(waits, 1_500)).toBeGreaterThan(0.97);
  expect(Math.max(...waits)).toBeLessThanOrEqual(180_000);
  expect(Math.max(...sentAt)).toBeGreaterThan((count * TEXT_MS) / 2);
  const frozen = [...world.issuer.cards.values()].filter(({ status }) => status === 'frozen');
  expect(frozen).toHaveLength(count);
  const items = world.db.items(CASES);
  expect(items.filter(({ pendingSince }) => pendingSince !== undefined)).toEqual([]);
  expect(items.filter(({ pk, sk }) => pk.startsWith('TICKET#') && sk === 'META')).toHaveLength(count);
  expect(world.db.items(CARDS).filter(({ sk }) => sk === 'STATE')).toHaveLength(count);
  expect(world.recorder.mistakes).toEqual([]);
}, 600_000);
