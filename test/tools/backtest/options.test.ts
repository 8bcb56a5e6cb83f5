import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readOptions } from '../../../tools/backtest/options.ts';
import { PlainError } from '../../../tools/stage/plain-error.ts';
import { handRules } from './hand.ts';
import { at, backtest, csv, data, lines, rules, tool } from './two-days.ts';

describe('the command line', () => {
  it.each([
    ['no data', ['--rules', 'shipped'], /Name the data: --data FILE/],
    ['no rules', ['--data', data], /Name the rule set: --rules FILE/],
    [
      'a day that is none',
      ['--data', data, '--rules', rules, '--from', '2030-02-30'],
      /--from 2030-02-30: a day/,
    ],
    [
      'days the wrong way round',
      ['--data', data, '--rules', rules, '--from', '2030-01-02', '--to', '2030-01-01'],
      /is after/,
    ],
    ['an option nobody knows', ['--date', data], /--date/],
  ])('says what to do about %s', (_name, args, message) => {
    expect(() => readOptions(args)).toThrow(PlainError);
    expect(() => readOptions(args)).toThrow(message);
  });

  it.each([
    ['a rule file that is not there', ['--data', data, '--rules', at('none.json')], /--write-rules/],
    ['data that are not there', ['--data', at('none.csv'), '--rules', rules], /no such file/],
    ['data of another kind', ['--data', tool, '--rules', rules], /give csv, csv\.gz, jsonl/],
    ['a folder that is not there', ['--data', data, '--rules', rules, '--out', at('no/where.html')], /--out/],
  ])('ends with a sentence about %s', (_name, args, message) => {
    const { status, stderr } = backtest(...args);
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  it('refuses a rule set with its place, before it reads the data', () => {
    writeFileSync(
      at('wrong.json'),
      JSON.stringify({ ...handRules, rules: [{ ...handRules.rules[0], weight: 'much' }] }),
    );
    const { status, stderr } = backtest('--data', at('none.csv'), '--rules', at('wrong.json'));
    expect(status).toBe(1);
    expect(stderr).toMatch(/wrong\.json: refused, 1 problem:\n.*rules.*0.*weight/);
  });

  it('takes what a shell makes of *: several files after one --data, or a folder', () => {
    mkdirSync(at('folder'));
    const [first, second] = [csv('folder/a.csv', lines.slice(0, 4)), csv('folder/b.csv', lines.slice(4))];
    expect(readOptions(['--data', first, second, '--rules', rules, '--strict'])).toMatchObject({
      files: [first, second],
      strict: true,
    });
    expect(backtest('--data', at('folder'), '--rules', rules).stdout).toMatch(/9 transactions, 6 frauds/);
  });

  it('tells the command that gives the same again, as a shell takes it', () => {
    const args = [
      '--data',
      'my data/a.csv',
      '--rules',
      "it's.json",
      '--out',
      'x.html',
      '--json=y.json',
      '--strict',
    ];
    expect(readOptions(args)).toMatchObject({
      command: "npm run backtest -- --data 'my data/a.csv' --rules 'it'\\''s.json' --strict",
    });
    expect(backtest('--help')).toMatchObject({ status: 0, stderr: '' });
  });
});
