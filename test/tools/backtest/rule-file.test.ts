import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultRuleSet } from '../../../functions/screening/rule-set.default.ts';
import { readRuleFile, SHIPPED, writeShippedRules } from '../../../tools/backtest/rule-file.ts';
import { PlainError } from '../../../tools/stage/plain-error.ts';

const folder = mkdtempSync(join(tmpdir(), 'cardguard-rules-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

describe('a rule set as a file', () => {
  it('starts from the shipped one, which is read back as it was', () => {
    const file = join(folder, 'start.json');
    writeShippedRules(file);
    expect(readRuleFile('--rules', file).ruleSet).toEqual(defaultRuleSet);
    expect(readRuleFile('--rules', SHIPPED).ruleSet).toEqual(defaultRuleSet);
    expect(() => writeShippedRules(file)).toThrow(/is there already/);
  });

  it('takes a file with a byte order mark, as some editors write', () => {
    const file = fileOf('bom.json', `\uFEFF${JSON.stringify(defaultRuleSet)}`);
    expect(readRuleFile('--rules', file).version).toBe(defaultRuleSet.version);
  });

  const [first] = defaultRuleSet.rules;
  const withRule = (change: object) => ({ ...defaultRuleSet, rules: [{ ...first, ...change }] });

  it.each([
    ['an unknown feature', withRule({ when: { feature: 'shoeSize', op: 'gt', value: 1 } }), /rules.*0.*when/],
    ['a wrong type', withRule({ weight: 'much' }), /rules.*0.*weight/],
    ['an id used twice', { ...defaultRuleSet, rules: [first, first] }, /amount-far-above-usual/],
    ['a field nobody knows', { ...defaultRuleSet, colour: 'red' }, /problem/],
    ['no object at all', 'null', /problem/],
    ['a list without end', { ...defaultRuleSet, rules: Array(500).fill(first) }, /rules/],
  ])('refuses %s with the place and what to do', (name, content, place) => {
    const file = fileOf(`${name.replaceAll(' ', '-')}.json`, content);
    const read = () => readRuleFile('--compare', file);
    expect(read).toThrow(PlainError);
    expect(read).toThrow(place);
    expect(read).toThrow(new RegExp(`^--compare ${file}: refused`));
    expect(read).toThrow(/Mend these places/);
  });

  it('shows where a file stops being JSON, and that one is missing', () => {
    const broken = fileOf('broken.json', '{\n  "version": }');
    expect(() => readRuleFile('--rules', broken)).toThrow(/is not JSON: .*"version": }/s);
    expect(() => readRuleFile('--rules', join(folder, 'none.json'))).toThrow(/--write-rules/);
  });
});
