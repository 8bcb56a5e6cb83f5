import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ownMetrics } from '../../infra/constructs/alarms.ts';
import { functionNames, guardFunctions } from '../../infra/functions.ts';
import { apiSides } from '../../infra/routes.ts';
import { synthesise } from './synth.ts';
import { arrayOf, readable, resourcesOf } from './template.ts';

/** Policies over functions, logs, routes and alarms of a real stage and of the try-out stage. */
const prod = synthesise({ stage: 'prod' }).templates;
const sandbox = synthesise({ stage: 'sandbox' }).templates;
const own = functionNames.map((name) => [guardFunctions[name].id, name] as const);

describe('functions', () => {
  test.each(own)('%s runs Node 24 on arm64 under its own role, traced', (id, name) => {
    expect(prod.service.Resources[id]?.Properties).toMatchObject({
      FunctionName: `cardguard-prod-${name}`,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      TracingConfig: { Mode: 'Active' },
      Role: { 'Fn::GetAtt': [`${id}Role`, 'Arn'] },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: `${id}Logs` } },
    });
  });

  test('no two functions share a role', () => {
    const roles = Object.values(prod.service.Resources)
      .filter((r) => r.Type === 'AWS::Lambda::Function')
      .map((r) => readable(r.Properties.Role));
    expect(new Set(roles).size).toBe(roles.length);
  });

  test.each(own)('%s finds in its environment what its schema asks for', (id, name) => {
    for (const { service } of [prod, sandbox]) {
      const variables = service.Resources[id]?.Properties.Environment.Variables as Record<string, unknown>;
      const values = Object.fromEntries(
        Object.entries(variables).map(([key, value]) => [key, readable(value)]),
      );
      expect(guardFunctions[name].environment.safeParse(values).error).toBeUndefined();
    }
  });

  test('screening has the memory that makes it fast', () => {
    expect(prod.service.Resources.ScreenTransactions?.Properties.MemorySize).toBeGreaterThanOrEqual(512);
  });

  test('freezing and customers have executions of their own in real stages, none in the sandbox', () => {
    const reserved = (template: typeof prod.service) =>
      resourcesOf(template, 'AWS::Lambda::Function')
        .filter(([, fn]) => fn.Properties.ReservedConcurrentExecutions !== undefined)
        .map(([id]) => id);
    expect(reserved(prod.service)).toEqual(['FreezeCards', 'CustomerApi']);
    expect(reserved(sandbox.service)).toEqual([]);
  });

  test('no description has letters IAM refuses', () => {
    for (const template of [...Object.values(prod), ...Object.values(sandbox)]) {
      for (const { Properties } of Object.values(template.Resources)) {
        const texts = [Properties?.Description, Properties?.AlarmDescription].filter(
          (t) => typeof t === 'string',
        );
        for (const text of texts) expect(text).toMatch(/^[\x20-\x7e]*$/);
      }
    }
  });
});

describe('releases', () => {
  test.each(own)('callers of %s use the alias live, which goes back when the new version fails', (id) => {
    const { Resources } = prod.service;
    expect(Resources[`${id}Live`]).toMatchObject({
      Type: 'AWS::Lambda::Alias',
      Properties: { Name: 'live' },
    });
    const deployment = Resources[`${id}Deployment`]?.Properties;
    expect(deployment.AutoRollbackConfiguration.Events).toContain('DEPLOYMENT_STOP_ON_ALARM');
    expect(deployment.AlarmConfiguration.Alarms).toEqual([{ Name: { Ref: `${id}NewVersionFails` } }]);
    const callers = Object.values(Resources).filter(({ Type }) =>
      [
        'AWS::Lambda::EventSourceMapping',
        'AWS::Lambda::Permission',
        'AWS::ApiGatewayV2::Integration',
      ].includes(Type),
    );
    const direct = callers.filter((caller) =>
      [caller.Properties.FunctionName, caller.Properties.IntegrationUri].some(
        (t) => t && readable(t).includes(`<${id}>`),
      ),
    );
    expect(direct).toEqual([]);
  });

  test('the sandbox calls the functions themselves', () => {
    const types = new Set(Object.values(sandbox.service.Resources).map((r) => r.Type));
    expect(types).not.toContain('AWS::Lambda::Alias');
    expect(types).not.toContain('AWS::CodeDeploy::DeploymentGroup');
  });
});

describe('HTTP API', () => {
  const routes = resourcesOf(prod.service, 'AWS::ApiGatewayV2::Route');

  test('there are exactly the routes of both sides, each with its own scope and issuer', () => {
    const found = routes.map(([, { Properties: route }]) => [
      route.RouteKey,
      route.AuthorizationType,
      route.AuthorizationScopes,
      readable(route.AuthorizerId),
    ]);
    const side = (name: 'customers' | 'agents', authorizer: string) =>
      apiSides[name].routes.map((r) => [`${r.method} ${r.path}`, 'JWT', [apiSides[name].scope], authorizer]);
    expect(found).toEqual([
      ...side('customers', '<HttpApiCustomersAuthorizer>'),
      ...side('agents', '<HttpApiAgentsAuthorizer>'),
    ]);
  });

  test('an agent’s route is never served under a customer’s scope', () => {
    for (const [, { Properties: route }] of routes) {
      const isAgents = String(route.RouteKey).includes(' /agent/');
      expect(route.AuthorizationScopes).toEqual([isAgents ? 'cardguard/agent' : 'cardguard/customer']);
    }
  });

  test('functions get payload 2.0; the stage throttles and logs no path', () => {
    for (const [, integration] of resourcesOf(prod.service, 'AWS::ApiGatewayV2::Integration')) {
      expect(integration.Properties.PayloadFormatVersion).toBe('2.0');
    }
    const [[, stage] = []] = resourcesOf(prod.service, 'AWS::ApiGatewayV2::Stage');
    expect(stage?.Properties.DefaultRouteSettings.ThrottlingRateLimit).toBeGreaterThan(0);
    expect(JSON.parse(stage?.Properties.AccessLogSettings.Format)).toMatchObject({
      routeKey: '$context.routeKey',
    });
    expect(stage?.Properties.AccessLogSettings.Format).not.toContain('$context.path');
  });

  test('any issuer may take the place of Cognito', () => {
    const context = {
      stage: 'prod',
      customerIssuer: 'https://id.bank.example/customers',
      customerAudience: 'app,web',
      agentIssuer: 'https://id.bank.example/staff',
      agentAudience: 'desk',
    };
    const { service, stateful } = synthesise(context).templates;
    expect(resourcesOf(stateful, 'AWS::Cognito::UserPool')).toEqual([]);
    const jwt = Object.fromEntries(
      resourcesOf(service, 'AWS::ApiGatewayV2::Authorizer').map(([id, a]) => [
        id,
        a.Properties.JwtConfiguration,
      ]),
    );
    expect(jwt).toEqual({
      HttpApiCustomersAuthorizer: { Issuer: context.customerIssuer, Audience: ['app', 'web'] },
      HttpApiAgentsAuthorizer: { Issuer: context.agentIssuer, Audience: ['desk'] },
    });
  });
});

describe('alarms', () => {
  const alarms = resourcesOf(prod.service, 'AWS::CloudWatch::Alarm');
  const anchors = [...readFileSync('docs/runbooks.md', 'utf8').matchAll(/^## (.+)$/gm)].map(
    ([, title]) => title,
  );

  test.each(alarms)('%s names a runbook that exists, and tells people', (_, { Properties: alarm }) => {
    const anchor = /Runbook: docs\/runbooks\.md#([a-z-]+)$/.exec(alarm.AlarmDescription)?.[1];
    expect(anchors).toContain(anchor);
    expect(arrayOf(alarm.AlarmActions).map(readable)).toEqual(['<SharedAlarmsTopicArnParameter>']);
  });

  test('every runbook has an alarm', () => {
    const used = alarms.map(([, a]) => String(a.Properties.AlarmDescription).replace(/^.*#/, ''));
    expect([...new Set(used)].toSorted()).toEqual(anchors.toSorted());
  });

  test('every queue, dead-letter queue, function and stream reader is watched', () => {
    const watched = alarms.map(([, a]) =>
      [
        a.Properties.MetricName,
        ...arrayOf(a.Properties.Dimensions).map((d: { Value: unknown }) => readable(d.Value)),
      ].join(' '),
    );
    for (const [id] of resourcesOf(prod.service, 'AWS::SQS::Queue')) {
      const metric = id.endsWith('Dlq')
        ? 'ApproximateNumberOfMessagesVisible'
        : 'ApproximateAgeOfOldestMessage';
      expect(watched).toContain(`${metric} <${id}.QueueName>`);
    }
    for (const [id] of own) expect(watched).toContain(`Errors <${id}>`);
    expect(watched.filter((line) => line.startsWith('IteratorAge'))).toHaveLength(2);
  });
});

test('one failed sweep wakes nobody; no success in three minutes, or three failures in ten, do', () => {
  const { SweepDeadlinesStopped: stopped, SweepDeadlinesErrors: errors } = prod.service.Resources;
  expect(stopped?.Properties).toMatchObject({
    EvaluationPeriods: 3,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
  });
  const [sum, ...parts] = stopped?.Properties.Metrics ?? [];
  expect(sum).toMatchObject({ Expression: 'invocations - errors', ReturnData: true });
  for (const { MetricStat } of parts) expect(MetricStat).toMatchObject({ Period: 60, Stat: 'Sum' });
  expect(errors?.Properties).toMatchObject({ Threshold: 3, Period: 600, EvaluationPeriods: 1 });
});

test('what the functions count for people is watched, whichever of them counts it', () => {
  const telemetry = readFileSync('functions/handlers/telemetry.ts', 'utf8');
  const handlers = readdirSync('functions/handlers', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(`functions/handlers/${file}`, 'utf8'));
  for (const metric of Object.keys(ownMetrics)) {
    expect(
      handlers.some((source) => source.includes(`count('${metric}'`)),
      metric,
    ).toBe(true);
    expect(prod.service.Resources[metric]?.Properties.Metrics).toMatchObject([
      { Expression: `SELECT SUM(${metric}) FROM cardguard` },
    ]);
  }
  expect(telemetry).toContain("namespace: 'cardguard'");
});

test.each([...Object.values(prod), ...Object.values(sandbox)])(
  'every log group forgets in the end',
  (template) => {
    for (const [id, group] of resourcesOf(template, 'AWS::Logs::LogGroup')) {
      expect(group.Properties.RetentionInDays, id).toBeGreaterThan(0);
    }
  },
);
