import { ZenEngine } from '@gorules/zen-engine';
import { LogicEngine } from 'json-logic-engine';
import { Engine, type NestedCondition, type TopLevelCondition } from 'json-rules-engine';
import * as z from 'zod';
import { FEATURE, type Features, featureNames } from '../../functions/screening/features.ts';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import type { Comparison, Condition } from '../../functions/screening/rules.ts';

/**
 * Other engines given our rules in their own language. Each gives the sum of the weights of the rules that hold: what
 * the score needs. None gives reasons with values.
 */
export interface Rival {
  readonly name: string;
  /** Index of a row → sum of weights. */
  readonly score: (row: number) => number | Promise<number>;
}

const { rules } = defaultRuleSet;

export function createRivals(rows: readonly Features[]): readonly Rival[] {
  const named = rows.map((row) =>
    Object.fromEntries(featureNames.map((name) => [name, row[FEATURE[name]] ?? 0])),
  );
  return [jsonLogicEngine(named), zenEngine(named), jsonRulesEngine(named)];
}

type Named = readonly Readonly<Record<string, number>>[];

const jsonLogicOps = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '===', ne: '!==' } as const;

function jsonLogicOf(condition: Condition): unknown {
  if ('all' in condition) return { and: condition.all.map(jsonLogicOf) };
  if ('any' in condition) return { or: condition.any.map(jsonLogicOf) };
  if ('not' in condition) return { '!': [jsonLogicOf(condition.not)] };
  const { feature, op, value }: Comparison = condition;
  return { [jsonLogicOps[op]]: [{ var: feature }, value] };
}

/** Compiled, one expression that adds up the weights. */
function jsonLogicEngine(rows: Named): Rival {
  const score = new LogicEngine().build({
    '+': rules.map((rule) => ({ if: [jsonLogicOf(rule.when), rule.weight, 0] })),
  });
  return { name: 'json-logic-engine, compiled', score: (row) => Number(score(rows[row])) };
}

const zenOps = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '==', ne: '!=' } as const;

function zenOf(condition: Condition): string {
  if ('all' in condition) return `(${condition.all.map(zenOf).join(' and ')})`;
  if ('any' in condition) return `(${condition.any.map(zenOf).join(' or ')})`;
  if ('not' in condition) return `not (${zenOf(condition.not)})`;
  return `${condition.feature} ${zenOps[condition.op]} ${condition.value}`;
}

const zenResult = z.object({ result: z.record(z.string(), z.number()) });

/** A decision of one expression node, an expression a rule. */
function zenEngine(rows: Named): Rival {
  const expressions = rules.map((rule, index) => ({
    id: `e${index}`,
    key: `r${index}`,
    value: `${zenOf(rule.when)} ? ${rule.weight} : 0`,
  }));
  const decision = new ZenEngine().createDecision({
    contentType: 'application/vnd.gorules.decision',
    nodes: [
      { id: 'in', name: 'in', type: 'inputNode', position: { x: 0, y: 0 } },
      {
        id: 'rules',
        name: 'rules',
        type: 'expressionNode',
        position: { x: 1, y: 0 },
        content: { expressions },
      },
      { id: 'out', name: 'out', type: 'outputNode', position: { x: 2, y: 0 } },
    ],
    edges: [
      { id: '1', type: 'edge', sourceId: 'in', targetId: 'rules' },
      { id: '2', type: 'edge', sourceId: 'rules', targetId: 'out' },
    ],
  });
  return {
    name: '@gorules/zen-engine',
    score: async (row) => {
      const { result } = zenResult.parse(await decision.evaluate(rows[row]));
      return Object.values(result).reduce((sum, weight) => sum + weight, 0);
    },
  };
}

const jsonRulesOps = {
  gt: 'greaterThan',
  gte: 'greaterThanInclusive',
  lt: 'lessThan',
  lte: 'lessThanInclusive',
  eq: 'equal',
  ne: 'notEqual',
} as const;

function jsonRulesOf(condition: Condition): NestedCondition {
  if ('all' in condition) return { all: condition.all.map(jsonRulesOf) };
  if ('any' in condition) return { any: condition.any.map(jsonRulesOf) };
  if ('not' in condition) return { not: jsonRulesOf(condition.not) };
  return { fact: condition.feature, operator: jsonRulesOps[condition.op], value: condition.value };
}

/** It wants a group at the top. */
function topLevel(condition: Condition): TopLevelCondition {
  const top = 'feature' in condition ? { all: [condition] } : condition;
  return jsonRulesOf(top) as TopLevelCondition;
}

const weighed = z.object({ weight: z.number() });

function jsonRulesEngine(rows: Named): Rival {
  const engine = new Engine(
    rules.map((rule) => ({
      conditions: topLevel(rule.when),
      event: { type: rule.id, params: { weight: rule.weight } },
    })),
  );
  return {
    name: 'json-rules-engine',
    score: async (row) => {
      const { events } = await engine.run({ ...rows[row] });
      return events.reduce((sum, { params }) => sum + weighed.parse(params).weight, 0);
    },
  };
}
