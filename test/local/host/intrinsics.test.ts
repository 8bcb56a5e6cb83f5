import { describe, expect, it } from 'vitest';
import { evaluateCondition, resolveValue, type Scope } from '../../../infra/local/intrinsics.ts';

const scope: Scope = {
  ref: (name) => ({ Table: 'cards', 'AWS::Region': 'us-east-1' })[name],
  attribute: (id, attribute) => `${id}/${attribute}`,
  condition: (name) => name === 'Yes',
  mapping: (map, top, second) => `${map}.${top}.${second}`,
  importValue: (name) => `import:${name}`,
  dynamic: (service, reference) => `<${service} ${reference}>`,
};
const resolve = (value: unknown) => resolveValue(value, scope);

describe('resolveValue', () => {
  it.each([
    ['Ref', { Ref: 'Table' }, 'cards'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'Queue/Arn'],
    ['GetAtt as text', { 'Fn::GetAtt': 'Queue.Arn' }, 'Queue/Arn'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Table' }]] }, 'a-cards'],
    ['Split and Select', { 'Fn::Select': [1, { 'Fn::Split': [',', 'a,b'] }] }, 'b'],
    [
      'Sub with its own variable, a reference, an attribute and a literal',
      { 'Fn::Sub': ['$' + '{x} $' + '{Table} $' + '{Queue.Arn} $' + '{!raw}', { x: { Ref: 'Table' } }] },
      'cards cards Queue/Arn $' + '{raw}',
    ],
    ['If', { 'Fn::If': ['Yes', 'then', 'else'] }, 'then'],
    ['FindInMap', { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'x'] }, 'M.us-east-1.x'],
    ['ImportValue', { 'Fn::ImportValue': 'shared' }, 'import:shared'],
    ['a dynamic reference', 'key {{resolve:ssm:/a/b}}', 'key <ssm /a/b>'],
  ])('resolves %s', (_name, value, expected) => {
    expect(resolve(value)).toBe(expected);
  });

  it('removes what is AWS::NoValue, in objects and lists', () => {
    expect(resolve({ a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] })).toEqual({ b: [1] });
  });

  it('names the path of a function it does not know', () => {
    expect(() => resolve({ deep: [{ 'Fn::Transform': {} }] })).toThrow('$.deep[0].Fn::Transform');
  });
});

it('evaluates conditions', () => {
  const condition = {
    'Fn::And': [
      { 'Fn::Equals': [{ Ref: 'Table' }, 'cards'] },
      { 'Fn::Not': [{ Condition: 'No' }] },
      { 'Fn::Or': [{ Condition: 'No' }, { Condition: 'Yes' }] },
    ],
  };
  expect(evaluateCondition(condition, scope, '$')).toBe(true);
});
