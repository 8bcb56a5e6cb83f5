import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { afterAll, describe, expect, it } from 'vitest';
import { phoneOf } from '../../tools/replay/events.ts';
import { feed } from '../../tools/replay/feed.ts';
import { replay } from '../../tools/replay/replay.ts';
import { checksOf, reportOf } from '../../tools/replay/report.ts';
import { readDays } from '../../tools/replay/rows.ts';
import { createSteeredClock } from '../../tools/replay/steered-clock.ts';
import { quantilesOf } from '../../tools/replay/watch.ts';
import { startOwnStack } from '../../tools/stage/local.ts';

const folder = mkdtempSync(join(tmpdir(), 'cardguard-replay-'));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER = 'transaction_id,timestamp,customer_id,terminal_id,amount,is_fraud,fraud_scenario';

/** Made-up rows in the format of the data, which never enter the repository. */
function dataFile(name: string, lines: readonly string[], header = HEADER): string {
  const file = join(folder, name);
  const text = [header, ...lines, ''].join('\n');
  writeFileSync(file, name.endsWith('.gz') ? gzipSync(text) : text);
  return file;
}

const line = (id: number, at: string, customer: number, isFraud = 0): string =>
  `${id},${at},${customer},${id % 7},${(20 + (id % 5)).toFixed(2)},${isFraud},0`;

describe('reading the data', () => {
  const file = dataFile('three-days.csv.gz', [
    line(1, '2018-08-06T10:00:00Z', 1),
    line(2, '2018-08-07T10:00:00Z', 1),
    line(3, '2018-08-08T00:00:00Z', 1),
    line(4, '2018-08-08T23:59:59Z', 2, 1),
  ]);

  it('takes the day and the days before it that were asked for', async () => {
    const { rows, history, day } = await readDays({ files: [file], day: '2018-08-08', historyDays: 1 });
    expect(day).toBe('2018-08-08');
    expect(rows.map(({ transactionId }) => transactionId)).toEqual(['3', '4']);
    expect(history.map(({ transactionId }) => transactionId)).toEqual(['2']);
    expect(rows[1]).toMatchObject({ customerId: '2', terminalId: '4', amountMinor: 2_400, isFraud: true });
    expect((await readDays({ files: [file], historyDays: 0 })).day).toBe('2018-08-06');
  });

  it.each([
    ['a missing file', { files: [join(folder, 'none.csv')], historyDays: 0 }, /no such file/],
    ['a day not there', { files: [file], day: '2018-09-01', historyDays: 0 }, /2018-08-06 to 2018-08-08/],
    ['too little history', { files: [file], day: '2018-08-08', historyDays: 5 }, /begin on 2018-08-06/],
  ])('says %s', async (_name, options, message) => {
    await expect(readDays(options)).rejects.toThrow(message);
  });

  it('says which column or value is wrong, and in which line', async () => {
    const headless = dataFile('no-amount.csv', ['1'], 'transaction_id');
    await expect(readDays({ files: [headless], historyDays: 0 })).rejects.toThrow(
      /no column timestamp, customer_id, terminal_id, amount/,
    );
    const broken = dataFile('broken.csv', [
      line(1, '2018-08-08T10:00:00Z', 1),
      '2,2018-08-08T10:00:00Z,1,1,minus,0,0',
    ]);
    await expect(readDays({ files: [broken], historyDays: 0 })).rejects.toThrow(/broken.csv, line 3, amount/);
    const cut = join(folder, 'cut.csv.gz');
    writeFileSync(
      cut,
      gzipSync(`${HEADER}\n${line(1, '2018-08-08T10:00:00Z', 1)}\n`.repeat(50)).subarray(0, 60),
    );
    await expect(readDays({ files: [cut], historyDays: 0 })).rejects.toThrow(/cut.csv.gz: cannot be read/);
  });
});

describe('feeding', () => {
  it('keeps the rate by the clock, in batches of ten', async () => {
    const sizes: number[] = [];
    const entries = Array.from({ length: 45 }, (_, index) => ({ type: 'T', detail: { index } }));
    const startedAt = performance.now();
    const fed = await feed({
      entries,
      rate: 200,
      put: async (batch) => void sizes.push(batch.length),
      onProgress: () => undefined,
    });
    expect(sizes).toEqual([10, 10, 10, 10, 5]);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(199);
    expect(fed.rate).toBeLessThanOrEqual(200);
  });

  it('gives every customer a number of its own that can be texted', () => {
    const phones = Array.from({ length: 5_000 }, (_, id) => phoneOf(String(id)));
    expect(new Set(phones).size).toBe(5_000);
    expect(phones.every((phone) => parsePhoneNumberFromString(phone)?.isValid())).toBe(true);
  });

  it('takes quantiles by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(quantilesOf(hundred)).toEqual({ n: 100, p50: 50, p95: 95, p99: 99, max: 100 });
    expect(quantilesOf([])).toBeUndefined();
  });

  it('moves its clock forward only, and lets it run', () => {
    const clock = createSteeredClock(Date.parse('2020-01-01T00:00:00Z'));
    clock.moveTo(Date.parse('2020-01-01T06:00:00Z'));
    clock.moveTo(Date.parse('2020-01-01T03:00:00Z'));
    expect(new Date(clock.now()).toISOString()).toMatch(/^2020-01-01T06:00:0/);
  });
});

it('replays a small day: every transaction decided once, thefts held, confirmed, texted, ticketed', {
  timeout: 120_000,
}, async () => {
  const hour = (index: number) => String(Math.floor(index / 4)).padStart(2, '0');
  const file = dataFile('day.csv', [
    ...Array.from({ length: 8 }, (_, index) => line(index, `2018-08-07T${hour(index)}:10:00Z`, index)),
    ...Array.from({ length: 60 }, (_, index) =>
      // The last of customers 0 and 1 are thefts.
      line(
        100 + index,
        `2018-08-08T${hour(index)}:${10 + (index % 4)}:00Z`,
        index % 8,
        index === 56 || index === 57 ? 1 : 0,
      ),
    ),
  ]);
  const days = await readDays({ files: [file], day: '2018-08-08', historyDays: 1 });
  const start = Date.parse('2026-01-02T00:00:00Z');
  const clock = createSteeredClock(start);
  const own = await startOwnStack({ clock });
  try {
    const run = await replay({
      target: own.target,
      days,
      runId: 'test',
      rate: 40,
      via: 'bus',
      enactFrauds: true,
      shiftMs: start - Date.parse('2018-08-08T00:00:00Z'),
      moveClock: clock.moveTo,
      onProgress: () => undefined,
      onDone: () => undefined,
    });
    expect(checksOf(run).filter(({ holds }) => !holds)).toEqual([]);
    expect(run.counts).toMatchObject({
      screened: { clear: 58, alert: 0, freeze: 2 },
      profiled: 68,
      alerted: { alerts: 2, transactions: 2 },
      frozen: 2,
      confirmed: 2,
      texts: { accepted: 2 },
      tickets: 2,
    });
    expect(own.stack.phone.messages()).toHaveLength(2);
    expect(run.latency.eventToHoldMs).toMatchObject({ n: 2 });
    expect(run.latency.eventToConfirmedMs).toMatchObject({ n: 2 });
    expect(reportOf(run, ['as tested'])).toContain('clear 58, alert 0, freeze 2');
  } finally {
    await own.stop();
  }
});
