import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCardStore } from '../../functions/card/card-store.ts';
import { type LocalStack, startLocalStack } from '../../infra/local/stack.ts';
import { findPending, kickPending } from '../../tools/redrive/pending.ts';
import { findWaiting, redrive } from '../../tools/redrive/redrive.ts';
import { targetOf } from '../../tools/stage/local.ts';
import type { Target } from '../../tools/stage/target.ts';
import { type Bank, createBank, people, SPREE } from '../flow/bank.ts';

let stack: LocalStack;
let target: Target;
let bank: Bank;
const now = () => new Date();

beforeAll(async () => {
  stack = await startLocalStack({ quiet: true, retryDelayMs: 10, issuerDelayMs: 1 });
  target = await targetOf(stack);
  bank = createBank(stack);
});
afterAll(async () => {
  target?.close();
  await stack?.stop();
});
beforeEach(() => stack.reset());

const cardOf = async (token: string) =>
  (
    await createCardStore({
      db: target.db,
      cardsTable: target.cardsTable,
      casesTable: target.casesTable,
    }).get(token)
  )?.body;

async function redriveAll(queue?: string) {
  const waiting = await findWaiting(target, { queue, most: 100 });
  const done = await redrive({ target, waiting, most: 100, now });
  await stack.settle();
  return { waiting, done };
}

const waitingNow = async () => {
  const { deadLetters, quarantined } = await findWaiting(target, { most: 100 });
  return {
    deadLetters: Object.fromEntries(
      deadLetters.filter(({ count }) => count > 0).map(({ name, count }) => [name, count]),
    ),
    quarantined,
  };
};

async function freezeOnce(): Promise<void> {
  await bank.contact(people.zhang);
  await bank.card('card-1', people.zhang.customerId);
  await stack.settle();
  const own = { cardToken: 'card-1', cardholderId: people.zhang.customerId, at: now().toISOString() };
  // A card that was never used has nothing to differ from.
  await bank.authorise({ ...own, minor: 5_000 });
  await stack.settle();
  await bank.authorise({ ...own, over: SPREE });
  await stack.settle();
}

describe('redrive of the quarantine', () => {
  it('H29: an event refused again is listed again, once', async () => {
    await bank.put('CardIssued', { cardToken: 'card-9' });
    await stack.settle();
    const { waiting, done } = await redriveAll();
    expect(waiting.quarantined).toMatchObject([{ reason: 'malformed', times: 1 }]);
    expect(done.quarantine).toMatchObject({ sent: 1, homeless: 0 });
    const { quarantined } = await waitingNow();
    expect(quarantined).toHaveLength(1);
    expect(quarantined[0]).toMatchObject({ reason: 'malformed', times: 2 });
    expect(quarantined[0]?.source).toContain('CustomersQueue');
  });

  it('takes an event that is understood by now off the list', async () => {
    // Its card comes later than the issuer's word on it: unknown then, known now.
    await bank.put('CardStatusChanged', {
      cardToken: 'card-1',
      status: 'closed',
      occurredAt: '2026-01-02T00:00:00Z',
    });
    await stack.settle();
    expect((await waitingNow()).quarantined).toMatchObject([{ reason: 'unknown_card' }]);
    await bank.card('card-1', people.zhang.customerId);
    await stack.settle();
    await redriveAll('transactions');
    expect((await waitingNow()).quarantined, 'another queue').toHaveLength(1);
    await redriveAll('card-status');
    expect((await waitingNow()).quarantined).toEqual([]);
    expect((await cardOf('card-1'))?.closedAt).toBe('2026-01-02T00:00:00Z');
  });
});

describe('redrive of dead letters', () => {
  it('completes what failed five times, once its cause is mended', async () => {
    stack.front.faults.add({
      match: ({ functionName, action }) =>
        functionName?.endsWith('publish-events') === true && action === 'PutEvents',
      times: 1_000,
      kind: 'refuse-before',
    });
    const told: unknown[] = [];
    const stop = stack.front.bus.subscribe({ 'detail-type': ['AlertOpened'] }, (event) => told.push(event));
    await freezeOnce();
    await expect
      .poll(waitingNow, { timeout: 30_000 })
      .toMatchObject({ deadLetters: { Publish: expect.any(Number) } });
    expect(told).toEqual([]);
    stack.front.faults.clear();

    const { done } = await redriveAll('publish');
    expect(done.deadLetters).toMatchObject([{ name: 'Publish', failed: 0 }]);
    stop();
    expect(told).toHaveLength(1);
    expect((await waitingNow()).deadLetters).toEqual({});
    expect((await redriveAll()).done.deadLetters, 'a second run finds nothing').toEqual([]);
  });

  it('I1: a freeze whose stream record was given up is requested again from the table', async () => {
    stack.front.faults.add({
      match: ({ functionName, action }) =>
        functionName?.endsWith('freeze-cards') === true && action === 'PutEvents',
      times: 1_000,
      kind: 'refuse-before',
    });
    await freezeOnce();
    await expect
      .poll(waitingNow, { timeout: 30_000 })
      .toMatchObject({ deadLetters: { FreezeCards: expect.any(Number) } });
    expect((await cardOf('card-1'))?.issuer.confirmed).toBe('active');
    stack.front.faults.clear();

    const { done } = await redriveAll('freeze-cards');
    expect(done.deadLetters).toMatchObject([{ name: 'FreezeCards', kicked: { kicked: 1, claimed: 0 } }]);
    expect((await cardOf('card-1'))?.issuer.confirmed).toBe('frozen');
    expect((await waitingNow()).deadLetters).toEqual({});
  });

  it('leaves a message it cannot send where it is', async () => {
    const { deadLettersUrl: QueueUrl } = target.queues.find(({ name }) => name === 'Sms') ?? {};
    await target.sqs.send(
      new SendMessageCommand({ QueueUrl, MessageBody: '{"pk":"TICKET#1","sk":"OUT#1"}' }),
    );
    const waiting = await findWaiting(target, { queue: 'sms', most: 100 });
    const broken = waiting.deadLetters.map((one) => ({ ...one, home: `${one.home}-gone` }));
    await expect(
      redrive({ target, waiting: { ...waiting, deadLetters: broken }, most: 100, now }),
    ).rejects.toThrow(/does not exist/);
    expect((await waitingNow()).deadLetters).toEqual({ Sms: 1 });
  });

  it('names the queues when asked for one that is not there', async () => {
    await expect(findWaiting(target, { queue: 'nonsense', most: 1 })).rejects.toThrow(/Transactions/);
  });
});

describe('redrive of pending effects', () => {
  it('requests an unconfirmed freeze again at once, and leaves done effects alone', async () => {
    stack.issuer.behave('card-1', 'silent');
    await freezeOnce();
    const pending = await findPending(target.db, target.casesTable, ['issuer']);
    expect(pending).toMatchObject([{ effect: 'issuer', pk: 'CARD#card-1' }]);
    stack.issuer.behave('card-1', 'confirm');
    const kick = async () =>
      kickPending({ db: target.db, casesTable: target.casesTable, effects: pending, now });
    expect(await kick()).toEqual({ kicked: 1, claimed: 0, done: 0 });
    await stack.settle();
    expect((await cardOf('card-1'))?.issuer.confirmed).toBe('frozen');
    expect(await kick(), 'a second run').toEqual({ kicked: 0, claimed: 0, done: 1 });
    expect(await findPending(target.db, target.casesTable, ['issuer'])).toEqual([]);
  });
});
