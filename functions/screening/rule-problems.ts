import { comparisonOps, withSegment } from './conditions.ts';
import { FEATURE, featureNames } from './feature-table.ts';
import { placeholdersOf } from './placeholders.ts';
import { hasWayToHold } from './rule-tables.ts';
import type { Rule } from './rules.ts';

/** What words may name beside the features. */
const factNames = ['country', 'currency', 'mcc'] as const;
/** Parts of one `all` or `any`. */
export const MOST_PARTS = 20;
const MOST_DEPTH = 8;
const OPERATORS = comparisonOps.join(', ');

/** A finding of zod's, as far as it is told on. */
interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly expected?: unknown;
  readonly values?: readonly unknown[];
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly keys?: readonly string[];
  readonly pattern?: string;
  readonly origin?: string;
}

/** A finding of the schema in words: where, what is wrong, what to do. */
export function wordsOfIssue(issue: Issue, data: unknown): string {
  return `${placeOf(issue.path, data)}: ${remedyOf(issue)}`;
}

/** `rules[3] (night-high-amount).words.en`; `rule set` for the whole. */
function placeOf(path: readonly PropertyKey[], data: unknown): string {
  if (path.length === 0) return 'rule set';
  const place = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  const index = path[0] === 'rules' && typeof path[1] === 'number' ? path[1] : undefined;
  const id = index === undefined ? undefined : idOf(field(field(data, 'rules'), index));
  const plain = place.slice(1);
  return id === undefined ? plain : plain.replace(`[${index}]`, `[${index}] (${id})`);
}

function remedyOf(issue: Issue): string {
  const unit = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' entries' : '';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${String(issue.expected)}`;
    case 'invalid_value':
      return `must be one of ${(issue.values ?? []).join(', ')}`;
    case 'too_small':
      return `at least ${String(issue.minimum)}${unit}`;
    case 'too_big':
      return `at most ${String(issue.maximum)}${unit}`;
    case 'unrecognized_keys':
      return `unknown field ${(issue.keys ?? []).map((key) => shortened(key)).join(', ')}; take it out, or mend its name`;
    case 'invalid_format':
      return `must have the form ${issue.pattern ?? ''}`;
    default:
      return issue.message === 'Invalid input' ? issue.code : issue.message;
  }
}

/**
 * What is wrong with the conditions, found by hand: a schema of alternatives could only say that none fits. Of rules that
 * are no objects the schema tells.
 */
export function problemsOfConditions(data: unknown): readonly string[] {
  const rules = field(data, 'rules');
  if (!Array.isArray(rules)) return [];
  return rules.flatMap((rule: unknown, index) => {
    const when = field(rule, 'when');
    return when === undefined ? [] : problemsOf(when, placeOf(['rules', index, 'when'], data), 1);
  });
}

function problemsOf(condition: unknown, place: string, depth: number): readonly string[] {
  if (depth > MOST_DEPTH) return [`${place}: nested deeper than ${MOST_DEPTH}; split the rule`];
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition))
    return [`${place}: must be a comparison, all, any or not`];
  const names = Object.keys(condition);
  const [kind] = names;
  if (names.length === 1 && (kind === 'all' || kind === 'any')) {
    const parts = field(condition, kind);
    if (!Array.isArray(parts) || parts.length === 0)
      return [`${place}.${kind}: must be a list of conditions`];
    if (parts.length > MOST_PARTS) return [`${place}.${kind}: ${parts.length} parts; at most ${MOST_PARTS}`];
    return parts.flatMap((part: unknown, index) => problemsOf(part, `${place}.${kind}[${index}]`, depth + 1));
  }
  if (names.length === 1 && kind === 'not')
    return problemsOf(field(condition, 'not'), `${place}.not`, depth + 1);
  return problemsOfComparison(condition, place);
}

function problemsOfComparison(comparison: object, place: string): readonly string[] {
  const { feature, op, value, ...others } = comparison as Readonly<Record<string, unknown>>;
  const [stranger] = Object.keys(others);
  return [
    ...(stranger === undefined
      ? []
      : [`${place}: ${shortened(stranger)} has no place here; a comparison has feature, op and value`]),
    ...(typeof feature === 'string' && Object.hasOwn(FEATURE, feature)
      ? []
      : [`${place}.feature: ${unknownName(feature, featureNames, 'feature')}`]),
    ...((comparisonOps as readonly unknown[]).includes(op)
      ? []
      : [`${place}.op: must be one of ${OPERATORS}`]),
    ...(typeof value === 'number' && Number.isFinite(value) ? [] : [`${place}.value: must be a number`]),
  ];
}

/** What is wrong among rules each of which fits the schema. */
export function problemsOfRules(rules: readonly Rule[]): readonly string[] {
  return [
    ...twice(rules, 'id'),
    ...twice(rules, 'code'),
    ...rules.flatMap((rule) => [
      ...problemsOfWords(rule),
      ...problemsOfMeaning(rule),
      ...(/^(blocked|allowed)_/.test(rule.code)
        ? [
            `rule ${rule.id}: codes beginning with blocked_ or allowed_ are those of entries; call it otherwise`,
          ]
        : []),
    ]),
  ];
}

function twice(rules: readonly Rule[], what: 'id' | 'code'): readonly string[] {
  const seen = new Set<string>();
  return rules.flatMap((rule) => {
    const known = seen.has(rule[what]);
    seen.add(rule[what]);
    if (!known) return [];
    return [`rule ${rule.id}: the ${what} ${rule[what]} is used twice; reasons are told apart by it`];
  });
}

function problemsOfWords({ id, words }: Rule): readonly string[] {
  const known: readonly string[] = [...featureNames, ...factNames];
  return (['zh', 'en'] as const).flatMap((language) =>
    placeholdersOf(words[language])
      .filter((name) => !known.includes(name))
      .map(
        (name) =>
          `rule ${id}: words.${language} name {${shortened(name)}}: ${unknownName(name, known, 'feature')}`,
      ),
  );
}

/** A rule that never holds is a mistake; one with too many alternatives nobody can read. */
function problemsOfMeaning(rule: Rule): readonly string[] {
  try {
    if (hasWayToHold(withSegment(rule))) return [];
    return [`rule ${rule.id}: it can never hold: its condition, or its segment, contradicts itself`];
  } catch (error) {
    return [`rule ${rule.id}: ${error instanceof Error ? error.message : 'no condition'}; split the rule`];
  }
}

/** Says that a name is not known, and the nearest that is. */
export function unknownName(name: unknown, known: readonly string[], what: string): string {
  if (typeof name !== 'string' || name === '') return `must name a ${what}`;
  const [nearest] = known
    .map((one) => ({ one, far: distance(name.toLowerCase(), one.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  const hint =
    nearest !== undefined && nearest.far <= Math.max(2, name.length / 3)
      ? `; did you mean ${nearest.one}?`
      : '';
  return `there is no ${what} ${shortened(name)}${hint}`;
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= Math.min(a.length, 60); i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

const shortened = (name: string): string => name.slice(0, 40).replace(/[^\w.-]/g, '?');

function field(of: unknown, name: string | number): unknown {
  if (typeof of !== 'object' || of === null || !Object.hasOwn(of, name)) return undefined;
  return (of as Readonly<Record<string | number, unknown>>)[name];
}

function idOf(rule: unknown): string | undefined {
  const id = field(rule, 'id');
  return typeof id === 'string' ? shortened(id) : undefined;
}
