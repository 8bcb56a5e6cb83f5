import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll } from 'vitest';
import { handRules } from './hand.ts';

export const tool = fileURLToPath(new URL('../../../tools/backtest.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'cardguard-backtest-'));
afterAll(() => rmSync(folder, { recursive: true }));

export const at = (name: string): string => join(folder, name);

export function backtest(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** Freezes from 500, asks from 200, by nothing but the amount. */
export function amountRules(version: string, freezeFrom: number, askFrom: number): string {
  const [strong, weak] = handRules.rules;
  const file = at(`${version}.json`);
  const rules = [
    { ...strong, when: { feature: 'amount', op: 'gte', value: freezeFrom } },
    { ...weak, when: { feature: 'amount', op: 'gte', value: askFrom }, weight: 50 },
  ];
  writeFileSync(file, JSON.stringify({ ...handRules, version, rules }));
  return file;
}

const HEADER = 'transaction_id,timestamp,customer_id,terminal_id,amount,is_fraud,fraud_scenario';
const line = (id: number, time: string, customer: number, amount: string, isFraud = 0): string =>
  `${id},2030-01-${time}Z,${customer},7,${amount},${isFraud},0`;

/** Two days. Card 1: found at once, the rest saved; card 2: frozen in vain; card 3: asked, then saved; card 4: missed. */
export const lines = [
  line(1, '01T08:00:00', 1, '600.00', 1),
  line(2, '01T08:01:00', 1, '50.00', 1),
  line(3, '01T09:00:00', 2, '700.00'),
  line(4, '01T09:05:00', 2, '10.00'),
  line(5, '02T10:00:00', 3, '300.00', 1),
  line(6, '02T10:10:00', 3, '20.00', 1),
  line(7, '02T10:20:00', 3, '30.00', 1),
  line(8, '02T11:00:00', 4, '100.00', 1),
  line(9, '02T12:00:00', 5, '10.00'),
];

export function csv(name: string, rows: readonly string[]): string {
  const text = [HEADER, ...rows, ''].join('\n');
  writeFileSync(at(name), name.endsWith('.gz') ? gzipSync(text) : text);
  return at(name);
}

export const data = csv('two-days.csv.gz', lines);
export const rules = amountRules('amounts-2', 500, 200);
export const older = amountRules('amounts-1', 650, 200);
