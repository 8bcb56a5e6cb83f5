import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { FEATURE } from '../../../functions/screening/features.ts';
import { UNITS_PER_LOG_ODD } from '../../../functions/screening/model.ts';
import { madeModel } from '../../screening/made-model.ts';
import { handRules } from './hand.ts';
import { at, backtest, csv, data, lines, older, rules } from './two-days.ts';

describe('npm run backtest', () => {
  it('prints the figures of a small file as the hand computes them', () => {
    const { status, stdout } = backtest('--data', data, '--rules', rules);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /2030-01-01 to 2030-01-02: 9 transactions, 6 frauds worth CNY 1,100; 0 days of warm-up/,
    );
    expect(stdout).toMatch(/simulated/);
    for (const [name, figure] of [
      ['alerts per day', '1.50'],
      ['false alerts for one true', '0.50'],
      ['frauds found, by number', '33.3 %'],
      ['frauds found, by value', '81.8 %'],
      ['value saved by the freeze', '7.3 %'],
      ['value saved, CNY per day', '40'],
      ['customers wrongly frozen per day', '0.50'],
      ['purchases wrongly refused per day', '0.50'],
    ]) {
      expect(stdout).toMatch(new RegExp(`\\n${name} +${figure?.replace('.', '\\.')}\\n`));
    }
  });

  it('compares two rule sets, and writes page and figures, the same in every run', () => {
    const run = (name: string) => {
      const done = backtest(
        ...['--data', data, '--rules', rules, '--compare', older],
        ...['--out', at(`${name}.html`), '--json', at(`${name}.json`)],
      );
      expect(done.status).toBe(0);
      return {
        printed: done.stdout.replaceAll(name, 'NAME'),
        page: readFileSync(at(`${name}.html`), 'utf8'),
        figures: readFileSync(at(`${name}.json`), 'utf8'),
      };
    };
    const first = run('first');
    expect(run('second')).toEqual(first);
    // The older one only asks about card 1's 600, so that its 50 goes through a minute later.
    expect(first.printed).toMatch(/\nvalue saved, CNY per day +40 +15\n/);
    expect(first.printed).toMatch(/\nstrong +\+0\.50 +\+16\.7 pts +\+54\.5 pts +\+4\.5 pts +±0\n/);
    expect(first.printed).toMatch(/\nweak +±0 +±0\.0 pts +±0\.0 pts +\+4\.5 pts +±0\n/);
    expect(first.printed).toMatch(/\ncards: 1 newly frozen \(0 wrongly\), 0 no longer frozen/);
    expect(first.page).toContain('<h1>amounts-2 <span class="against">against amounts-1</span></h1>');
    expect(first.page).not.toContain('first.html');
    const { rules: set, compare } = z
      .object({ rules: z.object({ version: z.string() }), compare: z.object({ version: z.string() }) })
      .parse(JSON.parse(first.figures));
    expect([set.version, compare.version]).toEqual(['amounts-2', 'amounts-1']);
  });

  it('counts from the day asked for, and warms up before', () => {
    const { stdout } = backtest(
      '--data',
      data,
      '--rules',
      rules,
      '--from',
      '2030-01-02',
      '--to',
      '2030-01-02',
    );
    expect(stdout).toMatch(
      /2030-01-02 to 2030-01-02: 5 transactions, 4 frauds worth CNY 450; 1 day of warm-up/,
    );
    expect(backtest('--data', data, '--rules', rules, '--from', '2031-01-01').stdout).toMatch(
      /^No transactions in the days asked for/,
    );
  });

  it('leaves bad rows out, counted and shown with their place; with --strict the first one ends it', () => {
    const broken = csv('broken.csv', [
      ...lines.slice(0, 2),
      '3,2030-01-01T09:00:00Z,2,7,minus,0,0',
      'nonsense',
      ...lines.slice(2),
    ]);
    const { status, stdout } = backtest('--data', broken, '--rules', rules);
    expect(status).toBe(0);
    expect(stdout).toMatch(/2 rows could not be read and were left out/);
    expect(stdout).toMatch(/broken\.csv, line 4: amount/);
    expect(stdout).toMatch(/broken\.csv, line 5: /);
    expect(stdout).toMatch(/9 transactions, 6 frauds/);
    const strict = backtest('--data', broken, '--rules', rules, '--strict');
    expect(strict.status).toBe(1);
    expect(strict.stdout).toBe('');
    expect(strict.stderr).toMatch(/broken\.csv, line 4: amount/);
  });

  it("reads the bank's events; with the truth, frauds nobody reported count (I3)", () => {
    const transaction = (id: string, time: string, card: string, minor: number) => {
      const money = { minor, currency: 'CNY' };
      const detail = {
        ...{ schemaVersion: 1, transactionId: id, cardToken: card, cardholderId: 'c', accountOwnerId: 'c' },
        ...{ occurredAt: time, outcome: 'approved', amount: money, billing: money, entryMode: 'chip' },
        ...{
          merchant: { id: 'M', name: 'SHOP', mcc: '5411', country: 'CN' },
          recurring: false,
          merchantInitiated: false,
        },
      };
      return JSON.stringify({ type: 'TransactionAuthorized', detail });
    };
    const label = {
      ...{
        schemaVersion: 1,
        labelId: 'l',
        cardToken: 'A',
        transactionId: 'a',
        merchantId: 'M',
        source: 'agent',
      },
      ...{ occurredAt: '2030-01-01T08:00:00Z', at: '2030-01-02T00:00:00Z' },
    };
    const file = at('events.jsonl');
    writeFileSync(
      file,
      [
        transaction('a', '2030-01-01T08:00:00Z', 'A', 60_000),
        transaction('b', '2030-01-01T08:30:00Z', 'B', 70_000),
        JSON.stringify({ type: 'FraudConfirmed', detail: label }),
        '',
      ].join('\n'),
    );
    writeFileSync(at('truth.jsonl'), `${JSON.stringify({ transactionId: 'b', kind: 'fraud' })}\n`);
    const told = backtest('--data', file, '--rules', rules);
    expect(told.stdout).toMatch(/2 transactions, 1 fraud worth CNY 600/);
    expect(told.stdout).toMatch(/\nfalse alerts for one true +1\.00\n/);
    const known = backtest('--data', file, '--rules', rules, '--truth', at('truth.jsonl'));
    expect(known.stdout).toMatch(/2 transactions, 2 frauds worth CNY 1,300/);
    expect(known.stdout).toMatch(/\nfalse alerts for one true +0\n/);
  });

  it('adds the model a rule set names; without its file it says so', () => {
    const unit = UNITS_PER_LOG_ODD;
    const split = { feature: [FEATURE.amount], threshold: [100], below: [-1], atLeast: [-2] };
    const tree = { ...split, leaf: [-8 * unit, 8 * unit], rows: [90, 10] };
    writeFileSync(at('model.json'), JSON.stringify(madeModel([tree], 0, 'made-1')));
    const points = [
      { probability: 0.1, points: 0 },
      { probability: 0.9, points: 60 },
    ];
    const named = { ...handRules, version: 'with-model', model: { version: 'made-1', points } };
    const [first] = handRules.rules;
    const when = { feature: 'amount', op: 'gte', value: 650 };
    writeFileSync(at('with-model.json'), JSON.stringify({ ...named, rules: [{ ...first, when }] }));
    const args = ['--data', data, '--rules', at('with-model.json')];
    const { stdout, status } = backtest(
      ...args,
      '--model',
      at('model.json'),
      '--compare',
      older,
      '--out',
      at('m.html'),
    );
    expect(status).toBe(0);
    // The model asks from 100: card 1's 600, card 3's 300 and card 4's 100.
    expect(stdout).toMatch(/\nfrauds found, by value +90\.9 % +81\.8 %\n/);
    expect(stdout).toMatch(/\nmodel_amount +/);
    expect(readFileSync(at('m.html'), 'utf8')).toContain('rule set with-model (model made-1)');
    const without = backtest(...args);
    expect(without.status).toBe(1);
    expect(without.stderr).toMatch(/uses model made-1, none was given\. Give its file: --model FILE/);
    expect(backtest('--data', data, '--rules', rules, '--model', at('model.json')).stderr).toMatch(
      /^--model: no rule set names made-1, so it would change nothing/,
    );
    writeFileSync(at('bad-model.json'), '{"schemaVersion":1}');
    expect(backtest(...args, '--model', at('bad-model.json')).stderr).toMatch(
      /bad-model\.json: refused, \d+ problems/,
    );
  });

  it('writes a rule set to start from, which judges as the shipped one does', () => {
    expect(backtest('--write-rules', at('start.json'))).toMatchObject({ status: 0 });
    const { stdout } = backtest('--data', data, '--rules', at('start.json'), '--compare', 'shipped');
    // Both bear one version: they are told apart all the same.
    expect(stdout).toMatch(/^Backtest of (\S+) against \1 \(compared\)\n/);
    expect(stdout).toMatch(/\nfrauds: \d+ found by both, 0 newly found, 0 no longer found/);
  });
});
