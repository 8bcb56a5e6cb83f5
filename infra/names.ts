import { Arn, ArnFormat, Aws, type Stack } from 'aws-cdk-lib';

/** Bus rules by the queue they feed; their names are fixed because the key's policy names their ARNs. */
export const bankRules = [
  'transactions',
  'unknown-events',
  'card-status',
  'customers',
  'labels',
  'own-labels',
  'own-freezes',
] as const;
export type BankRule = (typeof bankRules)[number];

/** Where SNS logs what became of texts; beside it, `…/Failure`. The name is SNS's own. */
export const deliveryLogsName = `sns/${Aws.REGION}/${Aws.ACCOUNT_ID}/DirectPublishToPhoneNumber`;

/** Every physical name that one stack must know before the other exists. All else CloudFormation names. */
export function namesFor(stage: string) {
  const prefix = `cardguard-${stage}`;
  return {
    prefix,
    bus: prefix,
    alarmsTopic: `${prefix}-alarms`,
    smsRepliesTopic: `${prefix}-sms-replies`,
    sweepRule: `${prefix}-sweep-deadlines`,
    reconcileRule: `${prefix}-reconcile-cards`,
    measureRule: `${prefix}-measure-kpis`,
    bankRequestsRule: `${prefix}-requests-to-bank`,
    contactsRule: `${prefix}-contacts`,
    evidenceCameRule: `${prefix}-evidence-came`,
    evidenceScannedRule: `${prefix}-evidence-scanned`,
    bankRule: (rule: BankRule) => `${prefix}-${rule}`,
    function: (name: string) => `${prefix}-${name}`,
  };
}

export type Names = ReturnType<typeof namesFor>;

/** First part of the address where a pool signs people in, unique among all accounts. */
export function signInPrefix(stage: string, scope: 'customer' | 'agent'): string {
  return `cardguard-${stage}-${scope}s-${Aws.ACCOUNT_ID}`;
}

/** Origin of that address. */
export function signInOrigin(stage: string, scope: 'customer' | 'agent'): string {
  return `https://${signInPrefix(stage, scope)}.auth.${Aws.REGION}.amazoncognito.com`;
}

/** ARN of a rule as a string: a reference to the rule would tie queue, key and rule into a circle. */
export function busRuleArn(busName: string, ruleName: string): string {
  return `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:rule/${busName}/${ruleName}`;
}

/** ARN of a rule on the account's default bus. */
export function defaultBusRuleArn(ruleName: string): string {
  return `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:rule/${ruleName}`;
}

/** ARNs of every rule that delivers into an encrypted queue, dead letters included. */
export function ruleArns(names: Names): string[] {
  return [
    ...bankRules.map((rule) => busRuleArn(names.bus, names.bankRule(rule))),
    busRuleArn(names.bus, names.bankRequestsRule),
    defaultBusRuleArn(names.contactsRule),
    defaultBusRuleArn(names.evidenceCameRule),
    defaultBusRuleArn(names.evidenceScannedRule),
  ];
}

export function connectInstanceArn(instanceId: string): string {
  return `arn:${Aws.PARTITION}:connect:${Aws.REGION}:${Aws.ACCOUNT_ID}:instance/${instanceId}`;
}

export function topicArn(topicName: string): string {
  return `arn:${Aws.PARTITION}:sns:${Aws.REGION}:${Aws.ACCOUNT_ID}:${topicName}`;
}

export function tableArn(stack: Stack, tableName: string): string {
  return Arn.format(
    {
      service: 'dynamodb',
      resource: 'table',
      resourceName: tableName,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    },
    stack,
  );
}
