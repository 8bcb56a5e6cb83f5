import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ClockCell, createClockCell } from '../../../infra/local/host/clock-cell.ts';
import { createFunctions, type Functions } from '../../../infra/local/host/functions.ts';
import type { LocalFunction } from '../../../infra/local/model.ts';
import { temporaryFolder, writeCode } from './assemblies.ts';

const SOURCE = `
const clock = globalThis[Symbol.for('cardguard.clock')];
let calls = 0;
exports.handler = async (event, context) => {
  calls += 1;
  switch (event.do) {
    case 'context': return { id: context.awsRequestId, left: context.getRemainingTimeInMillis(), name: context.functionName };
    case 'environment': return process.env;
    case 'clock': return clock();
    case 'log': console.log('one\\ntwo'); console.error('three'); return calls;
    case 'throw': throw new RangeError('out of range');
    case 'sleep': await new Promise((done) => setTimeout(done, event.ms)); return calls;
    case 'spin': for (;;);
    case 'crash': setTimeout(() => { throw new Error('later'); }, 0); return new Promise(() => {});
    default: return undefined;
  }
};`;

let functions: Functions;
let clock: ClockCell;

function definition(name: string, source: string, more: Partial<LocalFunction> = {}): LocalFunction {
  const codeDir = temporaryFolder();
  writeCode(codeDir, source);
  return {
    name,
    arn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    roleArn: `arn:aws:iam::000000000000:role/${name}`,
    codeDir,
    handler: 'index.handler',
    environment: { TABLE: 'cards' },
    timeoutSeconds: 1,
    ...more,
  };
}

beforeEach(() => {
  clock = createClockCell();
  functions = createFunctions({
    functions: [
      definition('works', SOURCE),
      definition('alone', SOURCE, { reservedConcurrency: 1 }),
      definition('broken', 'throw new Error("TABLE is missing")'),
    ],
    region: 'us-east-1',
    endpoint: 'http://127.0.0.1:1',
    credentialsFor: (role) => ({ accessKeyId: `key of ${role}`, secretAccessKey: 's', sessionToken: 't' }),
    clock: clock.buffer,
  });
});
afterEach(() => functions.close());

describe('a function', () => {
  it('gets the context and environment of Lambda, and nothing of this machine', async () => {
    const context = await functions.invoke('works', { do: 'context' });
    expect(context).toMatchObject({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: 'works' });
    const environment = await functions.invoke('arn:aws:lambda:us-east-1:000000000000:function:works:live', {
      do: 'environment',
    });
    expect(environment).toMatchObject({
      TABLE: 'cards',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      AWS_ACCESS_KEY_ID: 'key of arn:aws:iam::000000000000:role/works',
      AWS_LAMBDA_FUNCTION_NAME: 'works',
    });
    expect(environment).not.toHaveProperty('HOME');
  });

  it('throws under the name and message of its error, and goes on', async () => {
    await expect(functions.invoke('works', { do: 'throw' })).rejects.toMatchObject({
      name: 'RangeError',
      message: 'out of range',
    });
    await expect(functions.invoke('works', {})).resolves.toBeUndefined();
  });

  it('has its lines in the log when the invocation ends', async () => {
    await functions.invoke('works', { do: 'log' });
    expect(functions.logs('works').map(({ stream, line }) => `${stream} ${line}`)).toEqual([
      'stdout one',
      'stdout two',
      'stderr three',
    ]);
  });

  it('sees the clock of the host, also when it moves', async () => {
    clock.stand(Date.parse('2031-05-06T07:08:09Z'));
    expect(await functions.invoke('works', { do: 'clock' })).toBe(1_935_817_689_000);
    clock.run(3_600_000);
    const ahead = Number(await functions.invoke('works', { do: 'clock' })) - Date.now();
    expect(ahead).toBeGreaterThan(3_590_000);
  });

  it('is stopped at its timeout, even in an endless loop, and starts afresh', async () => {
    await expect(functions.invoke('works', { do: 'spin' })).rejects.toMatchObject({
      name: 'Sandbox.Timedout',
      message: 'Task timed out after 1.00 seconds',
    });
    expect(await functions.invoke('works', { do: 'log' })).toBe(1);
  });

  it('fails the invocation when the thread dies', async () => {
    await expect(functions.invoke('works', { do: 'crash' })).rejects.toMatchObject({ message: 'later' });
    expect(functions.logs('works').some(({ line }) => line.includes('later'))).toBe(true);
    expect(await functions.invoke('works', { do: 'log' })).toBe(1);
  });

  it('is killed in the middle', async () => {
    const running = functions.invoke('works', { do: 'sleep', ms: 900 });
    const killed = expect(running).rejects.toMatchObject({ name: 'Runtime.ExitError' });
    while (functions.busy === 0) await new Promise((done) => setTimeout(done, 5));
    await new Promise((done) => setTimeout(done, 200));
    expect(await functions.kill('works')).toBe(1);
    await killed;
    expect(functions.busy).toBe(0);
  });

  it('runs two at once, and one where one is reserved', async () => {
    const pair = async (name: string) => {
      await functions.invoke(name, {});
      const both = [1, 2].map(() => functions.invoke(name, { do: 'sleep', ms: 50 }));
      return Promise.all(both);
    };
    // The count is kept per environment: a shared one counts on.
    expect(await pair('alone')).toEqual([2, 3]);
    expect(await pair('works')).toEqual([2, 1]);
  });

  it('says what keeps it from starting', async () => {
    await expect(functions.prewarm()).rejects.toThrow('broken does not start: TABLE is missing');
    await expect(functions.invoke('broken', {})).rejects.toMatchObject({ message: 'TABLE is missing' });
    await expect(functions.invoke('unheard', {})).rejects.toThrow(
      'no function unheard; there are works, alone',
    );
  });
});
