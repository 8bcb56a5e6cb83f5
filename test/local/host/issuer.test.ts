import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BusEvent, createIssuer, type Issuer } from '../../../infra/local/issuer.ts';

let issuer: Issuer;
let listener: (event: BusEvent) => void;
let answers: BusEvent[];

beforeEach(() => {
  answers = [];
  issuer = createIssuer({
    observe: (fn) => {
      listener = fn;
      return () => undefined;
    },
    putEvent: async (event) => {
      answers.push(event);
    },
    now: () => new Date('2026-03-01T00:00:00Z'),
    delayMs: 1,
  });
});
afterEach(() => issuer.stop());

function request(
  type: 'CardFreezeRequested' | 'CardUnfreezeRequested',
  cardToken: string,
  holdsVersion: number,
) {
  const detail = {
    schemaVersion: 1,
    cardToken,
    holdsVersion,
    holds: [],
    requestedAt: '2026-03-01T00:00:00Z',
  };
  listener({ source: 'cardguard', 'detail-type': type, detail });
}
async function answered(): Promise<unknown[]> {
  while (issuer.pending > 0) await new Promise((done) => setTimeout(done, 2));
  return answers.map(({ detail }) => detail);
}

it('freezes as asked and says so', async () => {
  request('CardFreezeRequested', 'c1', 1);
  expect(await answered()).toEqual([
    {
      schemaVersion: 1,
      cardToken: 'c1',
      status: 'frozen',
      holdsVersion: 1,
      occurredAt: '2026-03-01T00:00:00.000Z',
    },
  ]);
  expect(answers[0]).toMatchObject({ source: 'bank.cards', 'detail-type': 'CardStatusChanged' });
});

it('ignores a request that was overtaken, and answers a repeated one again', async () => {
  request('CardFreezeRequested', 'c1', 1);
  request('CardUnfreezeRequested', 'c1', 2);
  request('CardFreezeRequested', 'c1', 1);
  request('CardUnfreezeRequested', 'c1', 2);
  expect(await answered()).toMatchObject([{ status: 'frozen' }, { status: 'active' }, { status: 'active' }]);
  expect(issuer.cards().get('c1')).toEqual({ status: 'active', holdsVersion: 2 });
});

it('fails or keeps silent where told to', async () => {
  issuer.behave('bad', 'fail');
  issuer.behave('quiet', 'silent');
  request('CardFreezeRequested', 'bad', 1);
  request('CardFreezeRequested', 'quiet', 1);
  expect(await answered()).toMatchObject([{ cardToken: 'bad', status: 'freeze_failed', holdsVersion: 1 }]);
  expect(issuer.cards().size).toBe(0);
});

it('looks at requests of cardguard only', async () => {
  listener({
    source: 'else',
    'detail-type': 'CardFreezeRequested',
    detail: { cardToken: 'c1', holdsVersion: 1, holds: [] },
  });
  listener({ source: 'cardguard', 'detail-type': 'AlertOpened', detail: {} });
  expect(await answered()).toEqual([]);
});
