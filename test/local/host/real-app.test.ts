import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { functionNames, guardFunctions } from '../../../infra/functions.ts';
import { createSimulatedClock } from '../../../infra/local/clock.ts';
import { type LocalStack, startLocalStack } from '../../../infra/local/stack.ts';
import { queueNames } from '../../../infra/queues.ts';
import { apiSides } from '../../../infra/routes.ts';

const START = '2026-03-01T08:00:00.000Z';
let stack: LocalStack;
let bank: EventBridgeClient;
let dynamodb: DynamoDBClient;

beforeAll(async () => {
  const clock = createSimulatedClock(Date.parse(START));
  stack = await startLocalStack({ quiet: true, clock, retryDelayMs: 50, issuerDelayMs: 5 });
  const { accessKeyFor, admin } = stack.front.identities;
  const settings = { endpoint: stack.url, region: stack.model.region };
  bank = new EventBridgeClient({ ...settings, credentials: accessKeyFor('bank') });
  dynamodb = new DynamoDBClient({ ...settings, credentials: admin });
});
afterEach(() => stack.reset());
afterAll(() => stack?.stop());

describe('the model of the real templates', () => {
  it('has every function, with every variable its schema asks for', () => {
    const names = stack.model.functions.map(({ name }) => name);
    expect(names.sort()).toEqual(functionNames.map((name) => `cardguard-local-${name}`).sort());
    for (const name of functionNames) {
      const found = stack.model.functions.find((item) => item.name === `cardguard-local-${name}`);
      const asked = Object.keys(guardFunctions[name].environment.shape);
      expect(found?.environment, name).toEqual(
        expect.objectContaining(Object.fromEntries(asked.map((variable) => [variable, expect.any(String)]))),
      );
    }
  });

  it('has a mapping for every queue, both streams, and all routes', () => {
    const { mappings, apis, rules, queues } = stack.model;
    expect(mappings.filter(({ sourceArn }) => sourceArn.includes(':sqs:'))).toHaveLength(queueNames.length);
    const streams = mappings.filter(({ sourceArn }) => sourceArn.includes(':dynamodb:'));
    expect(streams).toHaveLength(2);
    for (const { onFailureArn } of streams) expect(queues.map(({ arn }) => arn)).toContain(onFailureArn);
    const routes = Object.values(apiSides).flatMap((side) =>
      side.routes.map(({ method, path }) => `${method} ${path}`),
    );
    expect(apis.flatMap((api) => api.routes.map(({ routeKey }) => routeKey)).sort()).toEqual(routes.sort());
    expect(rules.filter(({ scheduleExpression }) => scheduleExpression === 'rate(1 minute)')).toHaveLength(1);
  });

  it('lets every function import its bundle', async () => {
    await expect(stack.warm).resolves.toBeUndefined();
  });
});

async function tell(detailType: string, detail: Record<string, unknown>): Promise<void> {
  const EventBusName = stack.model.buses[0]?.name;
  const { FailedEntryCount } = await bank.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName,
          Source: 'bank.cards',
          DetailType: detailType,
          Detail: JSON.stringify({ schemaVersion: 1, ...detail }),
        },
      ],
    }),
  );
  expect(FailedEntryCount).toBe(0);
}
const issue = (cardToken: string) =>
  tell('CardIssued', {
    cardToken,
    lastFour: '4242',
    cardholderId: 'cus_1',
    accountOwnerId: 'cus_1',
    issuedAt: START,
    sourceVersion: 1,
    billingCurrency: 'USD',
  });
async function stateOf(cardToken: string) {
  const TableName = stack.model.tables.find(({ name }) => name.endsWith('CardsTable'))?.name;
  const Key = { pk: { S: `CARD#${cardToken}` }, sk: { S: 'STATE' } };
  return (await dynamodb.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item;
}

describe('the running app', () => {
  it('takes an event from the bus to the table, without a refusal', async () => {
    await issue('tok_000000001');
    await stack.settle();
    expect(await stateOf('tok_000000001')).toMatchObject({ lastFour: { S: '4242' } });
    expect(stack.front.calls.refusals).toEqual([]);
  });

  it('tries again when a function is killed after its write', async () => {
    const mark = stack.front.calls.mark();
    const fault = stack.front.faults.add({
      kind: 'kill-after',
      match: ({ functionName, service, action }) =>
        functionName === 'cardguard-local-record-customers' && service === 'dynamodb' && action !== 'GetItem',
    });
    await issue('tok_000000002');
    await stack.settle();
    expect(fault.hits).toBe(1);
    expect(await stateOf('tok_000000002')).toBeDefined();
    const received = stack.front.calls
      .since(mark)
      .filter(({ action, resource }) => action === 'ReceiveMessage' && /CustomersQueue/.test(resource));
    expect(received.length).toBeGreaterThanOrEqual(2);
  });

  it('answers the API to who has a token, and nobody else', async () => {
    const token = await stack.tokens.issue({ pool: 'customers', subject: 'nobody-yet' });
    const get = async (path: string, bearer?: string) =>
      (await fetch(`${stack.url}${path}`, { headers: bearer ? { authorization: `Bearer ${bearer}` } : {} }))
        .status;
    expect(await get('/cards')).toBe(401);
    expect(await get('/agent/queue', token)).toBe(401);
    expect(await get('/nowhere', token)).toBe(404);
    expect(await get('/cards', token)).toBeLessThan(500);
  });

  it('sweeps once a minute of simulated time', async () => {
    const mark = stack.front.calls.mark();
    await stack.advance(120_000);
    const sweeps = stack.front.calls
      .since(mark)
      .filter(
        ({ functionName, action }) =>
          functionName === 'cardguard-local-sweep-deadlines' && action === 'Query',
      );
    expect(new Set(sweeps.map(({ traceId }) => traceId)).size).toBe(2);
  });
});
