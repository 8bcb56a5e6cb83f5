import { isRecord } from './json.ts';

type Scalar = string | number | boolean | null;
type Rule = (value: unknown) => boolean;

/**
 * EventBridge's pattern language (also of Lambda's filters and SNS filter policies): every named field must
 * have one of its listed values. An operator this matcher does not know is an error, never a silent "no".
 */
export function matchesPattern(pattern: Readonly<Record<string, unknown>>, event: unknown): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    if (field === '$or') {
      if (!Array.isArray(wanted)) throw new Error('event pattern: $or takes a list of patterns');
      return wanted.some((alternative) => isRecord(alternative) && matchesPattern(alternative, event));
    }
    const value = isRecord(event) ? event[field] : undefined;
    if (Array.isArray(wanted)) return wanted.some((rule) => matchesRule(rule, value));
    if (!isRecord(wanted)) throw new Error(`event pattern: "${field}" must be a list or an object`);
    // A list in the event matches when one of its elements does.
    if (Array.isArray(value)) return value.some((element) => matchesPattern(wanted, element));
    return matchesPattern(wanted, value);
  });
}

function matchesRule(rule: unknown, value: unknown): boolean {
  if (isRecord(rule) && 'exists' in rule) return isLeaf(value) === (rule.exists === true);
  const test = testOf(rule);
  if (Array.isArray(value)) return value.some(test);
  return value !== undefined && test(value);
}

/** `exists` looks at leaves only: an object counts as absent. */
function isLeaf(value: unknown): boolean {
  return value !== undefined && !isRecord(value);
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function testOf(rule: unknown): Rule {
  if (isScalar(rule)) return (value) => value === rule;
  if (isRecord(rule)) {
    const [operator, operand] = Object.entries(rule)[0] ?? [];
    const make = operator === undefined ? undefined : operators[operator];
    if (make && Object.keys(rule).length === 1) return make(operand);
  }
  throw new Error(`event pattern: ${JSON.stringify(rule)} is not known to the local stack`);
}

const onText =
  (test: (value: string) => boolean): Rule =>
  (value) =>
    typeof value === 'string' && test(value);

/** `prefix` and `suffix` take text, or `{'equals-ignore-case': text}`. */
function affix(operand: unknown, test: (value: string, part: string) => boolean): Rule {
  if (typeof operand === 'string') return onText((value) => test(value, operand));
  const part = isRecord(operand) ? operand['equals-ignore-case'] : undefined;
  if (typeof part !== 'string')
    throw new Error(`event pattern: ${JSON.stringify(operand)} is no prefix or suffix`);
  return onText((value) => test(value.toLowerCase(), part.toLowerCase()));
}

function ignoringCase(operand: unknown): Rule {
  return onText((value) => value.toLowerCase() === String(operand).toLowerCase());
}

/** `*` stands for any run of characters; `\*` for itself. */
function wildcardRule(operand: unknown): Rule {
  const source = String(operand)
    .split(/(\\\*|\\\\|\*)/)
    .map((part) => (part === '*' ? '.*' : escapeRegExp(part.replace(/^\\([*\\])$/, '$1'))))
    .join('');
  const regexp = new RegExp(`^${source}$`, 's');
  return onText((value) => regexp.test(value));
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function anythingBut(operand: unknown): Rule {
  if (isScalar(operand)) return (value) => isScalar(value) && value !== operand;
  if (Array.isArray(operand)) return (value) => isScalar(value) && !operand.includes(value);
  // `{'anything-but': {prefix: 'a' | ['a', 'b']}}`
  const [operator, parts] = isRecord(operand) ? (Object.entries(operand)[0] ?? []) : [];
  const make = operator === undefined ? undefined : operators[operator];
  if (!make || operator === 'anything-but' || operator === 'numeric') {
    throw new Error(`event pattern: anything-but ${JSON.stringify(operand)} is not known to the local stack`);
  }
  const tests = (Array.isArray(parts) ? parts : [parts]).map((part) => make(part));
  return (value) => isScalar(value) && !tests.some((test) => test(value));
}

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '=': (value, bound) => value === bound,
  '>=': (value, bound) => value >= bound,
  '>': (value, bound) => value > bound,
};

/** `['>', 0, '<=', 5]`: all comparisons hold. */
function numeric(operand: unknown): Rule {
  const parts = Array.isArray(operand) ? operand : [];
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    const compare = comparisons[String(parts[index])];
    const bound = Number(parts[index + 1]);
    if (!compare || Number.isNaN(bound))
      throw new Error(`event pattern: numeric ${JSON.stringify(operand)} cannot be read`);
    tests.push((value) => compare(value, bound));
  }
  return (value) => typeof value === 'number' && tests.length > 0 && tests.every((test) => test(value));
}

const operators: Readonly<Record<string, (operand: unknown) => Rule>> = {
  prefix: (operand) => affix(operand, (value, part) => value.startsWith(part)),
  suffix: (operand) => affix(operand, (value, part) => value.endsWith(part)),
  'equals-ignore-case': ignoringCase,
  wildcard: wildcardRule,
  'anything-but': anythingBut,
  numeric,
};
