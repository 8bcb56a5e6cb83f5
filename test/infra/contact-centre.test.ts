import { describe, expect, test } from 'vitest';
import { synthesise } from './synth.ts';
import { readable, resourcesOf, roleStatements } from './template.ts';

const instanceId = '1a2b3c4d-0000-4000-8000-000000000001';
const queueId = '1a2b3c4d-0000-4000-8000-000000000002';
const centre = synthesise({
  stage: 'prod',
  connectInstanceId: instanceId,
  connectQueueId: queueId,
}).templates;
const none = synthesise({ stage: 'prod' }).templates;

interface Action {
  readonly Identifier: string;
  readonly Type: string;
  readonly Parameters: Readonly<Record<string, unknown>>;
  readonly Transitions: {
    readonly NextAction?: string;
    readonly Conditions?: readonly { readonly NextAction: string }[];
    readonly Errors?: readonly { readonly NextAction: string }[];
  };
}
const flowOf = (id: string): { StartAction: string; Actions: Action[] } =>
  JSON.parse(readable(centre.service.Resources[id]?.Properties.Content));
const dials = (template: typeof centre) =>
  roleStatements(template.service, 'DialCallsRole').filter(({ Action: action }) =>
    JSON.stringify(action).includes('connect:'),
  );
const variablesOf = (template: typeof centre, id: string): Record<string, unknown> =>
  template.service.Resources[id]?.Properties.Environment.Variables;

describe('a stage with a contact centre', () => {
  test('starts contacts of the one instance and may nothing else there', () => {
    expect(dials(centre).map(({ Action: action, Resource }) => [action, readable(Resource)])).toEqual([
      [
        'connect:StartOutboundVoiceContact',
        `arn:<AWS::Partition>:connect:<AWS::Region>:<AWS::AccountId>:instance/${instanceId}/contact/*`,
      ],
    ]);
  });

  test('dials by its own flow, from its own queue', () => {
    expect(variablesOf(centre, 'DialCalls')).toMatchObject({
      CONNECT_INSTANCE_ID: instanceId,
      CONNECT_QUEUE_ID: queueId,
      CONNECT_DIAL_FLOW_ARN: { 'Fn::GetAtt': ['DialFlow', 'ContactFlowArn'] },
      CONNECT_SOURCE_NUMBER: '',
    });
    expect(variablesOf(centre, 'AgentApi').CONTACT_CENTRE).toBe('dials');
  });

  test.each(['DialFlow', 'DialledQueueFlow'])('%s goes nowhere that is not there, and ends', (id) => {
    const { StartAction, Actions } = flowOf(id);
    const known = new Set(Actions.map(({ Identifier }) => Identifier));
    const named = Actions.flatMap(({ Transitions: { NextAction, Conditions = [], Errors = [] } }) => [
      ...(NextAction === undefined ? [] : [NextAction]),
      ...[...Conditions, ...Errors].map((one) => one.NextAction),
    ]);
    expect([StartAction, ...named].filter((name) => !known.has(name))).toEqual([]);
    expect(Actions.at(-1)?.Type).toBe('DisconnectParticipant');
  });

  test('the flow logs nothing, sets one hook at a time, and gives the call to the agent it is told', () => {
    const { Actions } = flowOf('DialFlow');
    expect(Actions[0]?.Parameters).toEqual({ FlowLoggingBehavior: 'Disabled' });
    const hooks = Actions.filter(({ Type }) => Type === 'UpdateContactEventHooks').map(({ Parameters }) =>
      Object.keys(Parameters.EventHooks ?? {}),
    );
    expect(hooks).toEqual([['AgentWhisper'], ['CustomerQueue']]);
    const target = Actions.find(({ Type }) => Type === 'UpdateContactTargetQueue');
    expect(target?.Parameters).toEqual({ AgentId: '$.Attributes.agentId' });
  });

  test('the agents’ pool puts their user into the access token, and lets nobody write it themselves', () => {
    const pools = Object.fromEntries(resourcesOf(centre.stateful, 'AWS::Cognito::UserPool'));
    expect(pools.AgentPool?.Properties).toMatchObject({
      Schema: [{ Name: 'connect_user_id', AttributeDataType: 'String', Mutable: true }],
      LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V2_0' } },
    });
    expect(pools.CustomerPool?.Properties.LambdaConfig).toBeUndefined();
    const clients = Object.fromEntries(resourcesOf(centre.stateful, 'AWS::Cognito::UserPoolClient'));
    expect(clients.AgentPoolClient?.Properties.WriteAttributes).toEqual(['email']);
  });

  test('the trigger copies the attribute and nothing else, and fails on nothing', async () => {
    const code: string = centre.stateful.Resources.AgentClaims?.Properties.Code.ZipFile;
    const loaded: { handler?: (event: object) => Promise<object> } = {};
    new Function('exports', code)(loaded);
    const user = '20000000-0000-4000-8000-000000000001';
    const known = {
      request: { userAttributes: { 'custom:connect_user_id': user, email: 'li@bank.example' } },
    };
    expect(await loaded.handler?.(structuredClone(known))).toEqual({
      ...known,
      response: {
        claimsAndScopeOverrideDetails: {
          accessTokenGeneration: { claimsToAddOrOverride: { connect_user_id: user } },
        },
      },
    });
    for (const event of [{ request: { userAttributes: {} } }, { request: {} }, {}]) {
      expect(await loaded.handler?.(structuredClone(event))).toEqual(event);
    }
  });
});

test('a stage without one dials nothing, and has no right to', () => {
  expect(dials(none)).toEqual([]);
  expect(variablesOf(none, 'DialCalls')).toMatchObject({
    CONNECT_INSTANCE_ID: '',
    CONNECT_DIAL_FLOW_ARN: '',
  });
  expect(variablesOf(none, 'AgentApi').CONTACT_CENTRE).toBe('none');
  expect(none.stateful.Resources.AgentClaims).toBeUndefined();
  expect(resourcesOf(none.service, 'AWS::Connect::ContactFlow')).toEqual([]);
});
