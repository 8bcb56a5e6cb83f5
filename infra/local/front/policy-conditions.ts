import { arnWildcard, wildcard } from './wildcard.ts';

/** Condition keys of one request. A key that is absent here was not part of the request. */
export type Context = Readonly<Record<string, string | readonly string[]>>;

type Test = (value: string, wanted: string) => boolean;

interface Operator {
  readonly test: Test;
  /** Negated operators hold when the key is absent, and must hold against every wanted value. */
  readonly negated?: boolean;
}

const not = (test: Test): Operator => ({ test, negated: true });
const numbers =
  (compare: (value: number, wanted: number) => boolean): Test =>
  (value, wanted) =>
    compare(Number(value), Number(wanted));
const times =
  (compare: (value: number, wanted: number) => boolean): Test =>
  (value, wanted) =>
    compare(Date.parse(value), Date.parse(wanted));

const equals: Test = (value, wanted) => value === wanted;
const equalsIgnoreCase: Test = (value, wanted) => value.toLowerCase() === wanted.toLowerCase();
const like: Test = (value, wanted) => wildcard(wanted)(value);
const arnLike: Test = (value, wanted) => arnWildcard(wanted)(value);

/** IAM JSON policy elements: Condition operators (IAM user guide), as far as templates use them. */
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: { test: equals },
  StringNotEquals: not(equals),
  StringEqualsIgnoreCase: { test: equalsIgnoreCase },
  StringNotEqualsIgnoreCase: not(equalsIgnoreCase),
  StringLike: { test: like },
  StringNotLike: not(like),
  ArnEquals: { test: arnLike },
  ArnLike: { test: arnLike },
  ArnNotEquals: not(arnLike),
  ArnNotLike: not(arnLike),
  Bool: { test: equalsIgnoreCase },
  NumericEquals: { test: numbers((value, wanted) => value === wanted) },
  NumericNotEquals: not(numbers((value, wanted) => value === wanted)),
  NumericLessThan: { test: numbers((value, wanted) => value < wanted) },
  NumericLessThanEquals: { test: numbers((value, wanted) => value <= wanted) },
  NumericGreaterThan: { test: numbers((value, wanted) => value > wanted) },
  NumericGreaterThanEquals: { test: numbers((value, wanted) => value >= wanted) },
  DateLessThan: { test: times((value, wanted) => value < wanted) },
  DateLessThanEquals: { test: times((value, wanted) => value <= wanted) },
  DateGreaterThan: { test: times((value, wanted) => value > wanted) },
  DateGreaterThanEquals: { test: times((value, wanted) => value >= wanted) },
};

/**
 * Keys this front fills in when they apply. A condition on any other key cannot be judged here, so it is an
 * error and not a quiet "absent".
 */
const knownKeys = new Set(
  [
    'aws:PrincipalArn',
    'aws:PrincipalAccount',
    'aws:PrincipalType',
    'aws:PrincipalIsAWSService',
    'aws:PrincipalServiceName',
    'aws:SecureTransport',
    'aws:RequestedRegion',
    'aws:ResourceAccount',
    'aws:SourceArn',
    'aws:SourceAccount',
    'aws:SourceOwner',
    'aws:ViaAWSService',
    'aws:CurrentTime',
    'aws:userid',
    'aws:username',
    'kms:ViaService',
    'kms:CallerAccount',
    'kms:EncryptionContextKeys',
    'kms:GrantIsForAWSResource',
    'dynamodb:LeadingKeys',
    'dynamodb:Attributes',
    'dynamodb:Select',
    'dynamodb:ReturnValues',
    'events:source',
    'events:ManagedBy',
    'ses:FromAddress',
    's3:TlsVersion',
    's3:prefix',
    'events:detail-type',
    'events:detail.type',
    'sns:Protocol',
    'sns:Endpoint',
    'secretsmanager:SecretId',
    'secretsmanager:VersionStage',
  ].map((key) => key.toLowerCase()),
);

export function valuesOf(context: Context, key: string): readonly string[] | undefined {
  const wanted = key.toLowerCase();
  if (!knownKeys.has(wanted) && !wanted.startsWith('kms:encryptioncontext:')) {
    throw new Error(`policy condition key "${key}" is not known to the local stack (infra/local/front)`);
  }
  const value = context[key] ?? Object.entries(context).find(([name]) => name.toLowerCase() === wanted)?.[1];
  if (value === undefined) return undefined;
  return typeof value === 'string' ? [value] : value;
}

/** Replaces `${aws:PrincipalArn}` and the like; undefined when a variable has no value in this request. */
export function substitute(text: string, context: Context): string | undefined {
  if (!text.includes('${')) return text;
  let missing = false;
  const result = text.replaceAll(/\$\{([^}]+)\}/g, (_whole, name: string) => {
    if (name === '*' || name === '?' || name === '$') return name;
    const [key = '', fallback] = name.split(/\s*,\s*/);
    const value = valuesOf(context, key.trim())?.[0] ?? fallback?.replaceAll("'", '');
    if (value === undefined) missing = true;
    return value ?? '';
  });
  return missing ? undefined : result;
}

/** One line of a Condition block, e.g. `StringLike: { 'kms:ViaService': 'sqs.*.amazonaws.com' }`. */
export function compileCondition(
  name: string,
  key: string,
  wanted: readonly string[],
): (context: Context) => boolean {
  const quantifier = /^(ForAllValues|ForAnyValue):/.exec(name)?.[1];
  const ifExists = name.endsWith('IfExists');
  const plain = name.replace(/^ForA(llValues|nyValue):/, '').replace(/IfExists$/, '');
  if (plain === 'Null') return (context) => wanted.includes(String(valuesOf(context, key) === undefined));
  const operator = operators[plain];
  if (!operator) throw new Error(`policy condition operator "${name}" is not known to the local stack`);

  const holds = (value: string, context: Context): boolean => {
    const targets = wanted.map((text) => substitute(text, context)).filter((text) => text !== undefined);
    return operator.negated
      ? targets.every((target) => !operator.test(value, target))
      : targets.some((target) => operator.test(value, target));
  };
  return (context) => {
    const values = valuesOf(context, key);
    if (values === undefined || values.length === 0) {
      return ifExists || quantifier === 'ForAllValues' || (operator.negated === true && !quantifier);
    }
    if (quantifier === 'ForAllValues' || (operator.negated && quantifier === undefined)) {
      return values.every((value) => holds(value, context));
    }
    return values.some((value) => holds(value, context));
  };
}
