import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roomsOn } from '../../functions/handlers/rooms.ts';
import { screenTransactions } from '../../functions/handlers/work/screen-transactions.ts';
import { newId } from '../../functions/platform/ids.ts';
import { compileRuleSet } from '../../functions/screening/compile-rule-set.ts';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import { transactionAuthorizedSchema } from '../../functions/transaction/events.ts';
import { readBankJsonl } from '../../tools/offline/bank-jsonl.ts';
import { createDueQueue } from '../../tools/offline/due-queue.ts';
import { readHandbook, transactionOf } from '../../tools/offline/handbook.ts';
import type { Input, Labelled } from '../../tools/offline/labelled.ts';
import { createOfflineScreening } from '../../tools/offline/offline-screening.ts';
import { transaction } from '../screening/transactions.ts';
import { createMemoryDatabase } from '../support/memory-database.ts';
import { queueRecord } from '../support/queue-record.ts';

const ruleSet = compileRuleSet(defaultRuleSet);
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const WEEK = 7 * DAY;
const START = Date.parse('2026-05-01T00:00:00Z');

/** Few cards and merchants, so that labels meet later transactions. */
const lives = fc
  .array(
    fc.record({
      card: fc.integer({ min: 0, max: 2 }),
      merchant: fc.integer({ min: 0, max: 2 }),
      minute: fc.integer({ min: 0, max: 30 * 1440 }),
      minor: fc.integer({ min: 100, max: 50_000 }),
      fraud: fc.boolean(),
    }),
    { minLength: 2, maxLength: 60 },
  )
  .map((list) => list.sort((a, b) => a.minute - b.minute));

const labelledOf = (life: typeof lives extends fc.Arbitrary<infer T> ? T : never): readonly Labelled[] =>
  life.map(({ card, merchant, minute, minor, fraud }, index) => {
    const at = START + minute * MINUTE;
    const event = transaction({ id: `t-${index}`, at, minor, merchantId: `m-${merchant}` });
    return {
      transaction: { ...event, cardToken: `card-${card}` as typeof event.cardToken },
      fraud,
      knownAt: at + WEEK,
    };
  });

const rowsOf = (labelled: readonly Labelled[]) => {
  const screening = createOfflineScreening({ ruleSet });
  return labelled.map((one) => screening.judge(one).decision.features);
};

describe('labels in the offline stream', () => {
  test('no label younger than 7 × 24 h can reach a feature: turned round, it changes none', () => {
    fc.assert(
      fc.property(lives, fc.nat(), (life, pick) => {
        const labelled = labelledOf(life);
        const rows = rowsOf(labelled);
        const judged = pick % labelled.length;
        const now = Date.parse(labelled[judged]?.transaction.occurredAt ?? '');
        const turned = labelled.map((one) =>
          Date.parse(one.transaction.occurredAt) > now - WEEK ? { ...one, fraud: !one.fraud } : one,
        );
        expect(rowsOf(turned).slice(0, judged + 1)).toEqual(rows.slice(0, judged + 1));
      }),
    );
  });

  test('one that is known does reach them, to the minute', () => {
    const at = (minutes: number, fraud: boolean): Labelled => {
      const occurredAt = START + minutes * MINUTE;
      return { transaction: transaction({ at: occurredAt }), fraud, knownAt: occurredAt + WEEK };
    };
    const frauds = (minutes: number) => {
      const screening = createOfflineScreening({ ruleSet });
      screening.judge(at(0, true));
      const { features } = screening.judge(at(minutes, false)).decision;
      return features.slice(34, 35);
    };
    expect(frauds(7 * 1440 - 1)).toEqual([0]);
    expect(frauds(7 * 1440)).toEqual([1]);
  });

  test('come in the order they are known, those of one moment in the order they were added', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: 0, max: 20 }), (dues, now) => {
        const queue = createDueQueue<number>();
        for (const [index, due] of dues.entries()) queue.add(due, index);
        const expected = [...dues.keys()].sort((a, b) => (dues[a] ?? 0) - (dues[b] ?? 0) || a - b);
        expect([...queue.until(now)]).toEqual(expected.filter((index) => (dues[index] ?? 0) <= now));
        expect([...queue.until(99)]).toEqual(expected.filter((index) => (dues[index] ?? 0) > now));
        expect(queue.length).toBe(0);
      }),
    );
  });
});

test('the offline stream leaves the very bytes that the handler writes', async () => {
  const tables = {
    Cards: { indexes: ['gsi1', 'gsi2'], stream: false },
    Cases: { indexes: ['gsi1', 'gsi2', 'gsi3'], stream: false },
  };
  const db = createMemoryDatabase({ tables, newId });
  const clock = { now: START };
  const rooms = roomsOn({ db, now: () => new Date(clock.now), cardsTable: 'Cards', casesTable: 'Cases' });
  const telemetry = {
    log: () => undefined,
    warn: () => undefined,
    count: () => undefined,
    flush: () => undefined,
  };
  const screen = screenTransactions({ rooms, telemetry, newId, newTicketNumber: () => 'FR-00000000' });
  const offline = createOfflineScreening({ ruleSet });
  for (let index = 0; index < 90; index += 1) {
    clock.now += 5 * 60 * MINUTE;
    const detail = transaction({
      id: `t-${index}`,
      at: clock.now,
      minor: 3000 + 17 * index,
      merchantId: `m-${index % 7}`,
    });
    offline.judge({ transaction: detail, fraud: false, knownAt: clock.now + WEEK });
    await screen(
      queueRecord(
        'transactions',
        JSON.stringify({ source: 'bank.cards', 'detail-type': 'TransactionAuthorized', detail }),
      ),
    );
  }
  const item = await db.get('Cards', { pk: 'CARD#tok_1', sk: 'PROFILE' });
  expect(Buffer.from(item?.p as Uint8Array).equals(offline.profiles.get('tok_1') ?? Buffer.alloc(0))).toBe(
    true,
  );
});

const folder = () => mkdtempSync(join(tmpdir(), 'cardguard-offline-'));
const HEADER = 'transaction_id,timestamp,customer_id,terminal_id,amount,is_fraud,fraud_scenario';
async function all(input: Input): Promise<readonly Labelled[]> {
  const read: Labelled[] = [];
  for await (const labelled of input.transactions) read.push(labelled);
  return read;
}
const HOW = { labelDelayMs: WEEK, strict: false };

describe('files of the public benchmark', () => {
  test('are read in order of time, whatever their names; rows that do not fit are counted and shown', async () => {
    const data = folder();
    writeFileSync(join(data, 'a.csv'), `${HEADER}\n3,2018-05-01T00:00:00Z,7,8,12.5,1,3\n`);
    const rows = [
      '0,2018-04-01T00:00:31Z,596,3156,57.16,0,0',
      '1,2018-04-01T00:02:10Z,4961,3412,eighty,0,0',
      '2,2018-04-01T00:01:00Z,2,1365,146.00',
      '5,2018-04-01T00:00:01Z,2,1365,146.00,0,0',
      '4,2018-04-01T00:07:56Z,2,1365,146.00,0,0',
    ];
    writeFileSync(join(data, 'b.csv.gz'), gzipSync(`${HEADER}\n${rows.join('\n')}\n`));
    const input = await readHandbook({ data: [data], ...HOW });
    const read = await all(input);
    expect(read.map(({ transaction: { transactionId }, fraud }) => [transactionId, fraud])).toEqual([
      ['0', false],
      ['4', false],
      ['3', true],
    ]);
    expect(read[2]).toMatchObject({
      knownAt: Date.parse('2018-05-08T00:00:00Z'),
      transaction: { cardToken: '7', merchant: { id: '8' }, billing: { minor: 1250 } },
    });
    expect(input.bad.count).toBe(3);
    expect(input.bad.examples.map(({ line }) => line)).toEqual([3, 4, undefined]);
    const strict = await readHandbook({ data: [data], labelDelayMs: WEEK, strict: true });
    await expect(all(strict)).rejects.toThrow('b.csv.gz, line 3: amount');
  });

  test('never give the scenario of a fraud to anybody: it may as well be missing, or say the opposite', async () => {
    const data = folder();
    const row = '0,2018-04-01T00:00:31Z,596,3156,57.16,1';
    const read = async (name: string, text: string) => {
      writeFileSync(join(data, name), text);
      return all(await readHandbook({ data: [join(data, name)], ...HOW }));
    };
    const plain = await read('plain.csv', `${HEADER.replace(',fraud_scenario', '')}\n${row}\n`);
    for (const scenario of ['0', '1', '3', 'x']) {
      const labelled = await read(`s${scenario}.csv`, `${HEADER}\n${row},${scenario}\n`);
      expect(labelled).toEqual(plain);
      expect(JSON.stringify(labelled)).not.toContain('scenario');
    }
  });

  test('become events as the bus would carry them', () => {
    const row = {
      transactionId: '1',
      at: START,
      customerId: '2',
      terminalId: '3',
      amountMinor: 450,
      isFraud: false,
    };
    expect(transactionAuthorizedSchema.parse(transactionOf(row))).toEqual(transactionOf(row));
  });

  test.each([
    ['/no/such/folder', 'there is no such file or folder'],
    [folder(), 'the folder holds no csv'],
  ])('%s is refused with what is wrong', async (path, message) => {
    await expect(readHandbook({ data: [path], ...HOW })).rejects.toThrow(message);
  });
});

describe('bank events, one a line', () => {
  const event = (id: string, at: number) => ({
    type: 'TransactionAuthorized',
    detail: transaction({ id, at }),
  });
  const label = (type: string, transactionId: string, at: number) => ({
    type,
    detail: { transactionId, at: new Date(at).toISOString() },
  });
  const fileOf = (lines: readonly unknown[]) => {
    const file = join(folder(), 'events.jsonl');
    writeFileSync(
      file,
      lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
    );
    return file;
  };

  test('are labelled by what comes later in the file, and by nothing that was taken back', async () => {
    const file = fileOf([
      event('a', START),
      event('b', START + MINUTE),
      { type: 'CardIssued', detail: {} },
      label('FraudConfirmed', 'a', START + DAY),
      label('FraudConfirmed', 'b', START + DAY),
      label('FraudCleared', 'b', START + 2 * DAY),
      event('c', START + 3 * DAY),
    ]);
    const input = await readBankJsonl({ files: [file], quietMs: WEEK, strict: false });
    const read = await all(input);
    expect(read.map(({ fraud, knownAt }) => [fraud, knownAt])).toEqual([
      [true, START + DAY],
      [false, START + MINUTE + WEEK],
      [false, START + 3 * DAY + WEEK],
    ]);
    expect(input.bad.count).toBe(0);
  });

  test('that do not fit are counted and shown with their line, and fatal only if asked', async () => {
    const broken = {
      type: 'TransactionAuthorized',
      detail: { ...transaction({ at: START }), outcome: 'maybe' },
    };
    const file = fileOf([
      '{',
      event('a', START + DAY),
      broken,
      event('late', START),
      label('FraudConfirmed', 'a', START),
    ]);
    const input = await readBankJsonl({ files: [file], quietMs: WEEK, strict: false });
    expect(await all(input)).toHaveLength(1);
    expect(input.bad.count).toBe(3);
    expect(input.bad.examples.map(({ line }) => line)).toEqual([1, 3, 4]);
    await expect(readBankJsonl({ files: [file], quietMs: WEEK, strict: true })).rejects.toThrow('line 1');
  });
});
