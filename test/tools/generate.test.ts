import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { looksLikeCardNumber } from '../../functions/transaction/card-number.ts';
import { parseBankEvent } from '../../functions/transaction/envelope.ts';
import { type BankLine, fraudPatterns, type Generated } from '../../tools/generator/events.ts';
import { type GenerateOptions, generate } from '../../tools/generator/generate.ts';
import { createCards } from '../../tools/generator/people.ts';
import { bankReaders } from '../support/bank-readers.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'cardguard-generate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const options = fc.record({
  seed: fc.nat(1_000_000),
  cards: fc.integer({ min: 1, max: 60 }),
  days: fc.integer({ min: 1, max: 30 }),
  from: fc.constantFrom('2025-10-20', '2026-01-01', '2026-03-20', '2028-02-25'),
  fraudShare: fc.constantFrom(0, 0.004, 0.05),
});
const few = { numRuns: 25 };

const timeOf = ({ type, detail }: BankLine): string => {
  switch (type) {
    case 'TransactionAuthorized':
    case 'CustomerContactChanged':
      return detail.occurredAt;
    case 'TransactionPosted':
      return detail.postedAt;
    case 'TransactionReversed':
      return detail.reversedAt;
    case 'CardIssued':
      return detail.issuedAt;
    case 'FraudConfirmed':
      return detail.at;
  }
};
const authorised = (life: Iterable<Generated>) =>
  [...life].flatMap(({ line, truth }) =>
    line.type === 'TransactionAuthorized' ? [{ detail: line.detail, truth }] : [],
  );

/** Every text and number of an event, wherever it stands. */
function* valuesOf(value: unknown): Generator<string> {
  if (value !== null && typeof value === 'object')
    for (const part of Object.values(value)) yield* valuesOf(part);
  else yield String(value);
}

describe('generated life', () => {
  test("every event passes the product's own schemas, as of its own time (H29)", () => {
    fc.assert(
      fc.property(options, (made) => {
        for (const { line } of generate(made)) {
          if (line.type === 'FraudConfirmed') continue;
          const text = JSON.stringify({
            source: 'bank.cards',
            'detail-type': line.type,
            detail: line.detail,
          });
          const read = parseBankEvent(text, bankReaders, { now: new Date(timeOf(line)) });
          if (read.kind !== 'event') throw new Error(`${JSON.stringify(read)} ${text}`);
        }
      }),
      few,
    );
  });

  test('goes on in order of time, and `at` is the time the event tells', () => {
    fc.assert(
      fc.property(options, (made) => {
        let last = Number.NEGATIVE_INFINITY;
        for (const { at, line } of generate(made)) {
          expect(at).toBeGreaterThanOrEqual(last);
          expect(Date.parse(timeOf(line))).toBe(at);
          last = at;
        }
      }),
      few,
    );
  });

  test('holds no card number (H15), gives no id twice, and posts, reverses and labels only what was there before', () => {
    fc.assert(
      fc.property(options, (made) => {
        const [ids, cards] = [new Map<string, string>(), new Set<string>()];
        for (const { line } of generate(made)) {
          for (const value of valuesOf(line)) expect(looksLikeCardNumber(value), value).toBe(false);
          const { type, detail } = line;
          if (type === 'CustomerContactChanged') continue;
          if (type === 'CardIssued') {
            expect(cards.has(detail.cardToken)).toBe(false);
            cards.add(detail.cardToken);
            continue;
          }
          expect(cards.has(detail.cardToken), `${type} of a card never issued`).toBe(true);
          if (type === 'TransactionAuthorized') {
            expect(ids.has(detail.transactionId)).toBe(false);
            ids.set(detail.transactionId, detail.cardToken);
          } else {
            expect(ids.get(detail.transactionId)).toBe(detail.cardToken);
          }
        }
      }),
      few,
    );
  });

  test('another card changes nothing in what the others do on the same days', () => {
    const made = { seed: 5, days: 20, from: '2026-01-01', fraudShare: 0 };
    const merchantless = (life: Iterable<Generated>, index: number) =>
      authorised(life)
        .filter(({ detail }) => detail.transactionId.startsWith(`t-${index.toString(36)}-`))
        .map(({ detail }) => [detail.occurredAt, detail.entryMode, detail.deviceId]);
    expect(merchantless(generate({ ...made, cards: 31 }), 7)).toEqual(
      merchantless(generate({ ...made, cards: 30 }), 7),
    );
  });

  test('labels come later than what they are about, name its card and merchant, and not every fraud gets one', () => {
    const life = [...generate({ seed: 3, cards: 300, days: 120, from: '2026-01-01', fraudShare: 0.02 })];
    const frauds = new Map(
      authorised(life).flatMap(({ detail, truth }) =>
        truth?.kind === 'fraud' ? [[detail.transactionId, detail] as const] : [],
      ),
    );
    const labels = life.flatMap(({ line }) => (line.type === 'FraudConfirmed' ? [line.detail] : []));
    for (const label of labels) {
      const fraud = frauds.get(label.transactionId as never);
      expect(fraud).toMatchObject({ cardToken: label.cardToken, occurredAt: label.occurredAt });
      expect(label.merchantId).toBe(fraud?.merchant.id);
      expect(Date.parse(label.at)).toBeGreaterThan(Date.parse(label.occurredAt));
    }
    expect(labels.length).toBeGreaterThan(frauds.size * 0.5);
    expect(labels.length).toBeLessThan(frauds.size);
    const days = labels.map(({ at, occurredAt }) => (Date.parse(at) - Date.parse(occurredAt)) / 86_400_000);
    days.sort((one, other) => one - other);
    expect(days[Math.floor(days.length / 2)]).toBeGreaterThan(1);
    expect(days[Math.floor(days.length / 2)]).toBeLessThan(12);
  });

  test.each([0, 0.004, 0.03])(
    'the share of fraud is near the %d asked for, with every pattern in it',
    (fraudShare) => {
      const all = authorised(generate({ seed: 11, cards: 1000, days: 60, from: '2026-01-01', fraudShare }));
      const frauds = all.filter(({ truth }) => truth?.kind === 'fraud');
      expect(frauds.length / all.length).toBeGreaterThanOrEqual(fraudShare * 0.8);
      expect(frauds.length / all.length).toBeLessThanOrEqual(fraudShare * 1.2);
      const patterns = new Set(frauds.map(({ truth }) => truth?.pattern));
      expect([...patterns].sort()).toEqual(fraudShare === 0 ? [] : [...fraudPatterns].sort());
    },
  );

  test('life is as varied as rules need it: ways to pay, journeys, subscriptions, declines, verifications, second cards', () => {
    const all = authorised(generate({ seed: 2, cards: 400, days: 60, from: '2026-01-01', fraudShare: 0 }));
    const share = (is: (one: (typeof all)[number]) => boolean) => all.filter(is).length / all.length;
    for (const mode of ['chip', 'contactless', 'wallet', 'ecommerce'])
      expect(
        share(({ detail }) => detail.entryMode === mode),
        mode,
      ).toBeGreaterThan(0.05);
    for (const mode of ['magstripe', 'manual', 'moto'])
      expect(
        share(({ detail }) => detail.entryMode === mode),
        mode,
      ).toBeGreaterThan(0);
    expect(share(({ detail }) => detail.recurring)).toBeGreaterThan(0.01);
    expect(share(({ detail }) => detail.outcome === 'declined')).toBeGreaterThan(0.01);
    expect(share(({ detail }) => detail.outcome === 'declined')).toBeLessThan(0.06);
    expect(share(({ detail }) => detail.amount.minor === 0)).toBeGreaterThan(0.001);
    expect(share(({ detail }) => detail.cardholderId !== detail.accountOwnerId)).toBeGreaterThan(0.05);
    const isAbroad = ({ detail }: (typeof all)[number]) => detail.merchant.country !== 'CN';
    expect(share((one) => isAbroad(one) && one.detail.entryMode !== 'ecommerce')).toBeGreaterThan(0.003);
    expect(share((one) => isAbroad(one) && one.detail.entryMode === 'ecommerce')).toBeGreaterThan(0.005);
    expect(new Set(all.map(({ detail }) => detail.amount.currency)).size).toBeGreaterThan(6);
    // Popularity has a long tail: a few merchants see much, most of them little.
    const visits = new Map<string, number>();
    for (const { detail } of all) visits.set(detail.merchant.id, (visits.get(detail.merchant.id) ?? 0) + 1);
    const counts = [...visits.values()].sort((one, other) => other - one);
    const tenth = counts.slice(0, Math.ceil(counts.length / 10)).reduce((sum, count) => sum + count, 0);
    expect(tenth / all.length).toBeGreaterThan(0.3);
  });

  test('money comes on pay days: more is bought in the days after than at the end of the money', () => {
    const [seed, cards, days] = [8, 500, 90];
    const paydays = new Map(
      createCards(seed, cards, days).map(({ token, holder }) => [token, holder.payday]),
    );
    let [after, before] = [0, 0];
    for (const { detail } of authorised(generate({ seed, cards, days, from: '2026-01-01', fraudShare: 0 }))) {
      const dayOfMonth = new Date(Date.parse(detail.occurredAt) + 8 * 3_600_000).getUTCDate();
      const since = (dayOfMonth - (paydays.get(detail.cardToken) ?? 0) + 30) % 30;
      if (since < 4) after++;
      else if (since >= 24 && since < 28) before++;
    }
    expect(after / before).toBeGreaterThan(1.15);
  });
});

describe('npm run generate', () => {
  const run = (name: string, ...more: string[]) => {
    const [out, truth] = [join(folder, `${name}.jsonl`), join(folder, `${name}.truth.jsonl`)];
    execFileSync(
      process.execPath,
      [
        'tools/generate.ts',
        '--cards',
        '40',
        '--days',
        '20',
        '--fraud-share',
        '0.05',
        '--out',
        out,
        '--truth',
        truth,
        ...more,
      ],
      { cwd: root, stdio: 'pipe' },
    );
    const read = (file: string) => readFileSync(file, 'utf8');
    return { events: read(out), truth: read(truth) };
  };
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');

  test('the same seed writes the same bytes, another one others; the truth file tells every fraud', () => {
    const [one, again, other] = [
      run('one', '--seed', '4'),
      run('again', '--seed', '4'),
      run('other', '--seed', '5'),
    ];
    expect(hash(again.events)).toBe(hash(one.events));
    expect(hash(again.truth)).toBe(hash(one.truth));
    expect(hash(other.events)).not.toBe(hash(one.events));
    const made: GenerateOptions = { seed: 4, cards: 40, days: 20, from: '2026-01-01', fraudShare: 0.05 };
    const life = [...generate(made)];
    expect(one.events.trimEnd().split('\n')).toEqual(life.map(({ line }) => JSON.stringify(line)));
    const truths = one.truth
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(truths).toEqual(life.flatMap(({ truth }) => truth ?? []));
    expect(truths.some(({ kind }) => kind === 'fraud')).toBe(true);
  });

  test.each([
    [['--from', '2026-02-30'], '--from 2026-02-30'],
    [['--cards', '0'], '--cards 0'],
    [['--fraud-share', 'much'], '--fraud-share much'],
  ])('%j is refused with a sentence', (more, said) => {
    expect(() => run('refused', ...more)).toThrow(said);
  });
});
