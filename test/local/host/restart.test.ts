import { DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, it } from 'vitest';
import { type LocalStack, startLocalStack } from '../../../infra/local/stack.ts';
import { temporaryFolder } from './assemblies.ts';
import { writeSmallApp } from './small-app.ts';

let stack: LocalStack | undefined;
afterEach(() => stack?.stop());

const assemblyDirectory = writeSmallApp();

async function start(stateDir: string, functions?: string[]) {
  stack = await startLocalStack({ assemblyDirectory, stateDir, functions, quiet: true, retryDelayMs: 50 });
  const client = new DynamoDBClient({
    endpoint: stack.url,
    region: 'us-east-1',
    credentials: stack.front.identities.admin,
  });
  const put = (n: number) =>
    client.send(
      new PutItemCommand({
        TableName: 'small-Table',
        Item: { pk: { S: 'a' }, sk: { S: String(n) }, n: { N: String(n) }, kind: { S: 'ordered' } },
      }),
    );
  return { running: stack, client, put };
}
const seen = (running: LocalStack) =>
  running.logs('ordered').map(({ line }) => /"seen":(\[.*\])/.exec(line)?.[1]);

it('goes on where it stopped: tables, positions in streams, tokens', async () => {
  const stateDir = temporaryFolder();
  const first = await start(stateDir);
  await first.put(1);
  await first.running.settle();
  expect(seen(first.running)).toEqual(['["a/1"]']);
  await first.running.stop();

  // Without the function that reads the stream, a change is made that it has not seen.
  const between = await start(stateDir, ['worker']);
  await between.put(2);
  await between.running.stop();

  const second = await start(stateDir);
  await second.running.settle();
  expect(seen(second.running)).toEqual(['["a/2"]']);
  const { Count } = await second.client.send(new ScanCommand({ TableName: 'small-Table' }));
  expect(Count).toBe(2);
});

it('runs only the functions it is asked to, and says which it does not have', async () => {
  const { running } = await start(temporaryFolder(), ['worker']);
  expect(running.model.functions.map(({ name }) => name)).toEqual(['small-worker']);
  await expect(startLocalStack({ assemblyDirectory, functions: ['unheard'] })).rejects.toThrow(
    'no function unheard in the templates',
  );
});
