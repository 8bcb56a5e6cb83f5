import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { claimText } from '../../functions/notification/claim-text.ts';
import { createSmsCapStore } from '../../functions/notification/sms-cap-store.ts';
import {
  type Cap,
  capScopes,
  countersOf,
  laneOf,
  lanes,
  readCaps,
  roomIn,
  smsCaps,
} from '../../functions/notification/sms-caps.ts';
import { textFacts } from '../../functions/notification/text-facts.ts';
import { createOutbox, effectKey } from '../../functions/platform/outbox.ts';
import { createMemoryDatabase } from '../support/memory-database.ts';

const NOON = new Date('2026-03-10T12:00:30.000Z');
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

describe('H20 the caps', () => {
  test('every lane is capped for the whole system, by country and by phone; questions by card as well', () => {
    for (const lane of lanes) {
      const scopes = new Set(smsCaps.filter((cap) => cap.lane === lane).map(({ scope }) => scope));
      expect([...scopes].toSorted(), lane).toEqual(
        capScopes.filter((scope) => scope !== 'card' || lane === 'unasked').toSorted(),
      );
    }
    for (const kind of Object.keys(textFacts)) expect(lanes).toContain(laneOf(kind as never));
    expect([laneOf('question'), laneOf('secondNotice'), laneOf('help')]).toEqual([
      'unasked',
      'unasked',
      'answer',
    ]);
  });

  test('answers and codes have counts of their own', () => {
    const text = { country: 'CN', phoneDigest: '1.a', at: NOON, spread: 'x' };
    const pks = lanes.map((lane) => countersOf({ ...text, lane }).map(({ pk }) => pk));
    expect(new Set(pks.flat()).size).toBe(new Set(pks.flatMap((own) => [...new Set(own)])).size);
    expect(pks[0]?.some((pk) => pks[1]?.includes(pk) || pks[2]?.includes(pk))).toBe(false);
  });

  test('a stage may set other figures; a name that is no cap is refused', () => {
    const read = readCaps('unasked.system.minute=2, code.phone.day=0');
    const most = (lane: string, scope: string, window: string) =>
      read.find((cap) => cap.lane === lane && cap.scope === scope && cap.window === window)?.most;
    expect([most('unasked', 'system', 'minute'), most('code', 'phone', 'day')]).toEqual([2, 0]);
    expect(most('answer', 'phone', 'day')).toBe(24);
    expect(readCaps('')).toEqual(smsCaps);
    expect(() => readCaps('unasked.system.second=2')).toThrow(/names no cap/);
    expect(() => readCaps('nonsense')).toThrow(/names no cap/);
  });

  test('the shares of the shards add up to the cap, whatever it is', () => {
    fc.assert(
      fc.property(fc.nat(5_000), fc.integer({ min: 1, max: 16 }), fc.string(), (most, shards, spread) => {
        const cap: Cap = { lane: 'code', scope: 'system', window: 'hour', most, shards };
        const [counter] = countersOf({ lane: 'code', country: 'CN', at: NOON, spread }, [cap]);
        expect(sum(counter?.mosts ?? [])).toBe(most);
        expect(counter?.first).toBeLessThan(counter?.mosts.length ?? 0);
        expect(counter && roomIn(counter, new Map(counter.mosts.map((share, shard) => [shard, share])))).toBe(
          undefined,
        );
        expect(counter?.expiresAt).toBe(Date.parse('2026-03-11T13:00:00Z') / 1000);
      }),
    );
  });
});

const table = 'Cases';
function ground() {
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `w-${ids}`;
  };
  const db = createMemoryDatabase({ tables: { [table]: { indexes: [], stream: false } }, newId });
  return { db, outbox: createOutbox(db, table), caps: createSmsCapStore({ db, casesTable: table }) };
}

async function putOut({ db, outbox }: ReturnType<typeof ground>, seq: number, at: Date) {
  await db.commit([
    outbox.put({ pk: 'TICKET#1', seq, effect: 'sms', now: at, dueAfterSeconds: 60, payload: {} }),
  ]);
  const effect = await outbox.get(effectKey('TICKET#1', seq, 'sms'));
  if (effect === undefined) throw new Error('not put out');
  return effect;
}

const texts = fc.array(
  fc.record({
    cardToken: fc.constantFrom('card-1', 'card-2', 'card-3'),
    phoneDigest: fc.constantFrom('1.a', '1.b'),
    country: fc.constantFrom('CN', 'US'),
    secondsLater: fc.nat(200),
  }),
  { maxLength: 60 },
);
const small = readCaps(
  'unasked.card.day=9,unasked.phone.day=14,unasked.country.hour=11,unasked.system.minute=5,unasked.system.hour=17',
);

describe('H20 texts claimed within the caps', () => {
  test('never one above a cap, and none refused while its cap has room', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (wanted) => {
        const here = ground();
        const taken = new Map<string, number>();
        for (const [seq, { secondsLater, ...text }] of wanted.entries()) {
          const at = new Date(NOON.getTime() + secondsLater * 1000);
          const effect = await putOut(here, seq, at);
          const counters = countersOf({ ...text, lane: 'unasked', at, spread: `${seq}` }, small);
          const claimed = await claimText(here, effect, { at, counters });
          const countOf = (pk: string, window: string) => taken.get(`${pk}/${window}`) ?? 0;
          const full = counters.filter(({ pk, window, mosts }) => countOf(pk, window) === sum(mosts));
          if (claimed.outcome === 'over') expect(full.map(({ reason }) => reason)).toContain(claimed.reason);
          else expect([claimed.outcome, full]).toEqual(['claimed', []]);
          if (claimed.outcome !== 'claimed') continue;
          for (const { pk, window } of counters) taken.set(`${pk}/${window}`, countOf(pk, window) + 1);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('side by side: exactly the cap goes out, however many want to', async () => {
    const here = ground();
    const cap: Cap = { lane: 'unasked', scope: 'system', window: 'minute', most: 7, shards: 4 };
    const effects = await Promise.all(Array.from({ length: 60 }, (_, seq) => putOut(here, seq, NOON)));
    const outcomes = await Promise.all(
      effects.map((effect) => {
        const counters = countersOf({ lane: 'unasked', country: 'CN', at: NOON, spread: effect.sk }, [cap]);
        return claimText(here, effect, { at: NOON, counters });
      }),
    );
    expect(outcomes.filter(({ outcome }) => outcome === 'claimed')).toHaveLength(7);
    expect(outcomes.filter(({ outcome }) => outcome === 'over')).toHaveLength(53);
  });

  test('a claim given back keeps its one count; a text over the cap is claimed for nobody else', async () => {
    const here = ground();
    const cap: Cap = { lane: 'unasked', scope: 'system', window: 'day', most: 1, shards: 1 };
    const effect = await putOut(here, 1, NOON);
    const counters = countersOf({ lane: 'unasked', country: 'CN', at: NOON, spread: 'x' }, [cap]);
    const claim = async (sk: string) => {
      const current = await here.outbox.get({ pk: effect.pk, sk });
      if (current === undefined) throw new Error('gone');
      return claimText(here, current, { at: NOON, counters });
    };
    expect(await claim(effect.sk)).toEqual({ outcome: 'claimed' });
    expect(await claim(effect.sk)).toEqual({ outcome: 'taken' });
    await here.db.commit([here.outbox.release(effect, NOON)]);
    expect(await claim(effect.sk)).toEqual({ outcome: 'claimed' });

    const other = await putOut(here, 2, NOON);
    expect(await claim(other.sk)).toEqual({ outcome: 'over', reason: 'cap_system' });
    expect(await claim(other.sk)).toEqual({ outcome: 'taken' });
  });
});
