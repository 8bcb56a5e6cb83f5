import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bootstrap } from '../../tools/detection/bootstrap.ts';
import { collect } from '../../tools/detection/collect.ts';
import {
  aucRoc,
  averagePrecision,
  cardPrecision,
  metricsOf,
  rank,
  type Scored,
} from '../../tools/detection/metrics.ts';
import { dayOf, LABEL_DELAY_MS, testRowsOf, weekOf } from '../../tools/detection/protocol.ts';
import { createPublishedFeatures, publishedFeatureNames } from '../../tools/detection/published-features.ts';
import { benchmarkRules, benchmarkRulesWith } from '../../tools/detection/rule-sets.ts';
import { readHandbook } from '../../tools/offline/handbook.ts';

const ones = (length: number) => new Array<number>(length).fill(1);
const ap = (scores: readonly number[], frauds: readonly number[], weights = ones(scores.length)) =>
  averagePrecision(rank(scores), Uint8Array.from(frauds), weights);
const auc = (scores: readonly number[], frauds: readonly number[]) =>
  aucRoc(rank(scores), Uint8Array.from(frauds));

describe('average precision, a step-wise sum without interpolation', () => {
  test('is 1 when every fraud stands above every genuine one, and their share when nothing is told apart', () => {
    expect(ap([4, 3, 2, 1], [1, 1, 0, 0])).toBe(1);
    expect(ap([7, 7, 7, 7], [1, 0, 0, 0])).toBe(0.25);
    expect(ap([1, 2], [0, 0])).toBe(0);
  });

  test('adds up precision at each fraud: 1/2 · 1 + 1/2 · 2/3', () => {
    expect(ap([4, 3, 2, 1], [1, 0, 1, 0])).toBeCloseTo(1 / 2 + (1 / 2) * (2 / 3), 12);
  });

  test('takes those of one score together: 1/3 · 1 + 2/3 · 3/4', () => {
    expect(ap([9, 5, 5, 5, 1], [1, 1, 1, 0, 0])).toBeCloseTo(1 / 3 + (2 / 3) * (3 / 4), 12);
  });

  test('counts a row drawn twice as two rows of the same score', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            score: fc.integer({ min: 0, max: 5 }),
            fraud: fc.constantFrom(0, 1),
            times: fc.integer({ min: 0, max: 3 }),
          }),
          { minLength: 1, maxLength: 30 },
        ),
        (rows) => {
          const written = rows.flatMap((row) => new Array<(typeof rows)[number]>(row.times).fill(row));
          expect(
            ap(
              rows.map((row) => row.score),
              rows.map((row) => row.fraud),
              rows.map((row) => row.times),
            ),
          ).toBeCloseTo(
            ap(
              written.map((row) => row.score),
              written.map((row) => row.fraud),
            ),
            12,
          );
        },
      ),
    );
  });
});

describe('area under the ROC curve', () => {
  test('is the share of pairs in the right order, ties half: (1 + 1/2 + 1 + 0) ÷ 4', () => {
    // Frauds 3 and 1 against genuine 2 and 1: 3>2, 3>1, 1<2, 1=1.
    expect(auc([3, 1, 2, 1], [1, 1, 0, 0])).toBe((1 + 1 + 0 + 0.5) / 4);
  });

  test('is that of all pairs counted one by one', () => {
    const list = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.constantFrom(0, 1)), {
      minLength: 2,
      maxLength: 40,
    });
    fc.assert(
      fc.property(list, (rows) => {
        const frauds = rows.filter(([, fraud]) => fraud === 1);
        const genuine = rows.filter(([, fraud]) => fraud === 0);
        const won = frauds.flatMap(([a]) => genuine.map(([b]) => (a > b ? 1 : a === b ? 0.5 : 0)));
        const expected = won.length === 0 ? 0 : won.reduce((sum: number, one) => sum + one, 0) / won.length;
        expect(
          auc(
            rows.map(([score]) => score),
            rows.map(([, fraud]) => fraud),
          ),
        ).toBeCloseTo(expected, 12);
      }),
    );
  });
});

describe('card precision', () => {
  const one = (day: number, card: string, score: number, fraud = false): Scored => ({
    day,
    card,
    score,
    fraud,
    amount: 10,
  });

  test('takes the highest score of each card, and asks whether the card had any fraud that day', () => {
    const rows = [one(1, '5', 9), one(1, '5', 1, true), one(1, '6', 8), one(1, '7', 2, true)];
    expect(cardPrecision(rows, 2)).toBe(0.5);
  });

  test('breaks a tie by the lower card number, as a number', () => {
    expect(cardPrecision([one(1, '10', 5, true), one(1, '9', 5)], 1)).toBe(0);
    expect(cardPrecision([one(1, '10', 5), one(1, '9', 5, true)], 1)).toBe(1);
  });

  test('leaves a card that was found out of the days that follow, and takes the mean of the days', () => {
    const rows = [
      one(1, '1', 9, true),
      one(1, '2', 1),
      one(2, '1', 9, true),
      one(2, '2', 1),
      one(2, '3', 5, true),
    ];
    // Day 1: card 1. Day 2, without card 1: card 3 before card 2.
    expect(cardPrecision(rows, 1)).toBe(1);
    // Places that no card fills count as well.
    expect(cardPrecision(rows, 4)).toBe((1 / 4 + 1 / 4) / 2);
  });
});

test('value found counts money down to the score where half of the alerts are false, those of one score together', () => {
  const row = (score: number, fraud: boolean, amount: number): Scored => ({
    day: 1,
    card: '1',
    score,
    fraud,
    amount,
  });
  const rows = [
    row(9, true, 100),
    row(8, false, 5),
    row(7, false, 5),
    row(6, true, 50),
    row(5, false, 5),
    row(5, true, 30),
    row(4, false, 1),
    row(3, false, 1),
    row(2, true, 20),
  ];
  // 9: 1:0. 8: 1:1. 6: 2:2. 5: 3:3. From 4 on more false than true.
  expect(metricsOf(rows).valueFound).toBe(180 / 200);
});

describe('the protocol', () => {
  test('lays training week and delay week before the test week', () => {
    const week = weekOf('2018-08-08');
    expect([week.trainFromDay, week.trainToDay, week.testFromDay, week.testToDay]).toEqual(
      ['2018-07-25', '2018-07-31', '2018-08-08', '2018-08-14'].map((day) =>
        dayOf(Date.parse(`${day}T00:00:00Z`)),
      ),
    );
  });

  test('drops a card on test day D when it had a fraud on any day from the training week to D minus 8', () => {
    const week = weekOf('2018-08-08');
    const row = (card: string, date: string, fraud = false) => ({
      card,
      day: dayOf(Date.parse(`${date}T00:00:00Z`)),
      fraud,
    });
    const rows = [
      row('before', '2018-07-24', true),
      row('first', '2018-07-25', true),
      row('edge', '2018-08-01', true),
      row('late', '2018-08-07', true),
      ...['before', 'first', 'edge', 'late', 'clean'].flatMap((card) => [
        row(card, '2018-08-08'),
        row(card, '2018-08-09'),
        row(card, '2018-08-15'),
      ]),
    ];
    const kept = testRowsOf(rows, week).map(({ card, day }) => `${card} ${day - week.testFromDay}`);
    // The fraud of 08-01 is known on 08-09, not yet on 08-08; one of 08-07 never within the week.
    expect(kept).toEqual(['before 0', 'before 1', 'edge 0', 'late 0', 'late 1', 'clean 0', 'clean 1']);
  });
});

test('the interval is the same in every run, holds the figure, and lies above 0 for scores that are better', () => {
  const rows = Array.from({ length: 400 }, (_, index): Scored => {
    const fraud = index % 20 === 0;
    return {
      day: 1,
      card: String(index % 50),
      fraud,
      amount: 1,
      score: (fraud ? 60 : 0) + ((index * 37) % 100),
    };
  });
  const worse = rows.map((_, index) => (index * 61) % 100);
  const drawn = bootstrap(rows, worse);
  expect(bootstrap(rows, worse)).toEqual(drawn);
  const { averagePrecision: figure } = metricsOf(rows);
  expect(drawn.one.low).toBeLessThan(figure);
  expect(drawn.one.high).toBeGreaterThan(figure);
  expect(drawn.gain?.low).toBeGreaterThan(0);
  const same = bootstrap(
    rows,
    rows.map(({ score }) => score),
  );
  expect(same.gain).toEqual({ low: 0, high: 0 });
});

test('published features: counts and means of the card at once, counts and shares of the terminal 7 days late', () => {
  const of = createPublishedFeatures();
  const HOUR = 3_600_000;
  const SATURDAY = Date.parse('2018-04-07T03:00:00Z');
  const at = (hours: number, amount: number, fraud = false) =>
    of({ at: SATURDAY + hours * HOUR, card: '1', terminal: 't', amount, fraud });
  const named = (row: readonly number[]) =>
    Object.fromEntries(publishedFeatureNames.map((name, index) => [name, row[index]]));
  expect(named(at(0, 10, true))).toMatchObject({
    amount: 10,
    weekend: 1,
    night: 1,
    card_count_1d: 1,
    card_mean_30d: 10,
    terminal_count_30d: 0,
  });
  expect(named(at(24, 30))).toMatchObject({
    weekend: 1,
    card_count_1d: 1,
    card_count_7d: 2,
    card_mean_7d: 20,
  });
  const before = named(at(168 - 1 / 3600, 5));
  expect(before).toMatchObject({ terminal_count_1d: 0, terminal_share_30d: 0 });
  expect(named(at(168, 5))).toMatchObject({ terminal_count_1d: 1, terminal_share_1d: 1 });
  expect(named(at(24 + 168, 5))).toMatchObject({
    terminal_count_1d: 1,
    terminal_share_1d: 0,
    terminal_share_7d: 0.5,
  });
});

test('the rule set of the benchmark may stand with and without a model', () => {
  expect(benchmarkRules.modelPoints).toBeUndefined();
  expect(benchmarkRulesWith('m-1').modelPoints?.version).toBe('m-1');
});

describe('a small data set from file to features', () => {
  const HEADER = 'transaction_id,timestamp,customer_id,terminal_id,amount,is_fraud,fraud_scenario';
  const START = Date.parse('2018-06-01T00:00:00Z');
  /** A purchase every hour for 30 days, at five terminals; one terminal is taken over on day 10. */
  const rows = (
    fraudOf: (index: number) => boolean,
    scenario: (index: number) => number = (index) => (fraudOf(index) ? 2 : 0),
  ) =>
    Array.from({ length: 30 * 24 }, (_, index) => {
      const time = new Date(START + index * 3_600_000).toISOString().replace('.000', '');
      return `${index},${time},${index % 7},${index % 5},${10 + (index % 13)}.00,${fraudOf(index) ? 1 : 0},${scenario(index)}`;
    });
  const fileOf = (lines: readonly string[]) => {
    const file = join(mkdtempSync(join(tmpdir(), 'cardguard-detection-')), 'data.csv');
    writeFileSync(file, `${HEADER}\n${lines.join('\n')}\n`);
    return file;
  };
  const collected = async (lines: readonly string[], testFrom = '2018-06-20') => {
    const file = fileOf(lines);
    const { transactions } = await readHandbook({ data: [file], labelDelayMs: LABEL_DELAY_MS, strict: true });
    return collect({
      transactions,
      weeks: [weekOf(testFrom)],
      ruleSet: benchmarkRules,
      onProgress: () => undefined,
    });
  };
  const taken = (index: number) => index % 5 === 2 && index >= 240 && index < 240 + 28 * 24;
  const measured = ({
    features,
    rank: score,
    published,
  }: {
    features: readonly number[];
    rank: number;
    published: readonly number[];
  }) => ({ features, score, published });

  test('no label younger than 7 × 24 h reaches a feature, a rank or a published feature', async () => {
    const plain = (await collected(rows(taken))).rows;
    const judged = plain.findIndex(({ transactionId }) => transactionId === '432');
    const now = 432;
    // All labels of the last seven days, and of what comes, say the opposite.
    const turned = (await collected(rows((index) => (index > now - 7 * 24 ? !taken(index) : taken(index)))))
      .rows;
    expect(turned.slice(0, judged + 1).map(measured)).toEqual(plain.slice(0, judged + 1).map(measured));
    // One that is exactly seven days old does: the test could fail.
    const known = (await collected(rows((index) => (index === now - 7 * 24 ? !taken(index) : taken(index)))))
      .rows;
    expect(known.slice(0, judged).map(measured)).toEqual(plain.slice(0, judged).map(measured));
    expect(known.slice(judged, judged + 40).map(measured)).not.toEqual(
      plain.slice(judged, judged + 40).map(measured),
    );
  });

  test('the scenario of a fraud is never read: nonsense in its place changes nothing', async () => {
    const plain = await collected(rows(taken));
    expect(await collected(rows(taken, (index) => (index * 7) % 4))).toEqual(plain);
  });

  test('a week that the data do not hold is refused with the days that are needed', async () => {
    await expect(collected(rows(taken), '2018-06-10')).rejects.toThrow(
      'needs the days 2018-05-27 to 2018-06-16 (training, delay and test week); the data reach from 2018-06-01',
    );
    await expect(collected(rows(taken), '2018-07-20')).rejects.toThrow(
      'the data reach from 2018-06-01 to 2018-06-30',
    );
  });

  const command = (...args: readonly string[]) =>
    new Promise<{ code: number; out: string; errors: string }>((resolve) => {
      execFile(process.execPath, ['tools/bench-detection.ts', ...args], (error, out, errors) =>
        resolve({ code: error === null ? 0 : 1, out, errors }),
      );
    });

  test('by the command: trains where the shipped model may not be used, says so, and repeats to the last digit', async () => {
    const file = fileOf(['no,row', ...rows(taken)]);
    const json = join(mkdtempSync(join(tmpdir(), 'cardguard-figures-')), 'figures.json');
    const run = () => command('--data', file, '--test-from', '2018-06-20', '--json', json);
    const first = await run();
    expect(first.errors).toContain('1 rows were left out');
    expect(first.code).toBe(0);
    expect(first.out).toContain('trained for this week, on 2018-06-06 to 2018-06-12');
    expect(first.out).toMatch(/rules only +\d\.\d{3} +\d\.\d{3} +\d\.\d{3}–\d\.\d{3}/);
    const figures = readFileSync(json, 'utf8');
    expect(JSON.parse(figures)).toMatchObject({ badRows: 1, weeks: [{ testFrom: '2018-06-20' }] });
    expect(await run()).toMatchObject({ code: 0, out: first.out });
    expect(readFileSync(json, 'utf8')).toBe(figures);
  }, 120_000);

  test.each([
    [['--help'], 0, 'Measures detection on the public benchmark'],
    [[], 1, 'Name the folder of the data: --data DIR'],
    [['--data', '/no/such/folder'], 1, '--data /no/such/folder: there is no such file or folder'],
    [['--data', '.', '--test-from', 'monday'], 1, '--test-from monday: a day, e.g. 2018-08-08'],
    [['--wrong'], 1, "Unknown option '--wrong'"],
  ])(
    '%j is answered in words',
    async (args, code, words) => {
      const said = await command(...args);
      expect(said.code).toBe(code);
      expect(said.out + said.errors).toContain(words);
      expect(said.errors).not.toContain('    at ');
    },
    60_000,
  );
});
