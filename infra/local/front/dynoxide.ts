import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsError } from './aws-error.ts';

/** The embedded DynamoDB: a process of its own, spoken to in DynamoDB's own protocol. */
export interface Dynoxide {
  readonly port: number;
  /** The answer's status and JSON text. `target` is e.g. `DynamoDB_20120810.GetItem`. */
  call(target: string, body: string): Promise<{ status: number; text: string }>;
  close(): Promise<void>;
}

const startTimeoutMs = 10_000;

export async function startDynoxide(options: {
  stateDir?: string;
  region: string;
  log: (text: string) => void;
}): Promise<Dynoxide> {
  const binary = findBinary();
  const port = await freePort();
  const args = ['serve', '--port', String(port)];
  const pidFile = options.stateDir && join(options.stateDir, 'dynoxide.pid');
  if (options.stateDir && pidFile) {
    mkdirSync(options.stateDir, { recursive: true });
    await endLeftOver(pidFile);
    args.push('--db-path', join(options.stateDir, 'dynamodb.sqlite'));
  }
  // A process group of its own: Ctrl-C in a terminal reaches the whole group, and would end it before we do.
  const child = spawn(binary, args, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  if (pidFile && child.pid) writeFileSync(pidFile, String(child.pid));
  const endChild = () => child.kill('SIGKILL');
  process.once('exit', endChild);
  let closing = false;
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = `${complaint}${chunk}`.slice(-2_000);
  });
  child.once('exit', (code) => {
    process.off('exit', endChild);
    if (!closing)
      options.log(`The embedded DynamoDB ended by itself (code ${code}). ${complaint} Start again.`);
  });

  // One connection keeps requests in the order they came in; the emulator works on one at a time anyway.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const call: Dynoxide['call'] = (target, body) =>
    send({ agent, port, region: options.region, target, body });
  await untilUp(
    () => call('DynamoDB_20120810.ListTables', '{}'),
    child,
    () => complaint,
  );
  return {
    port,
    call,
    async close() {
      closing = true;
      agent.destroy();
      await ended(child);
      if (pidFile) rmSync(pidFile, { force: true });
    },
  };
}

function findBinary(): string {
  try {
    return createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
  } catch (cause) {
    throw new Error(
      `The local stack needs the embedded DynamoDB of @dynoxide/linux-x64, which runs on Linux x64 only; ` +
        `this machine is ${process.platform} ${process.arch}. On Linux x64, run "npm install" again.`,
      { cause },
    );
  }
}

function send(options: {
  agent: Agent;
  port: number;
  region: string;
  target: string;
  body: string;
}): Promise<{ status: number; text: string }> {
  const { agent, port, region, target, body } = options;
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        agent,
        port,
        host: '127.0.0.1',
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'content-length': Buffer.byteLength(body),
          'x-amz-target': target,
          'x-amz-date': '20260101T000000Z',
          authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 500, text: Buffer.concat(chunks).toString() }),
        );
      },
    );
    request.on('error', (cause) =>
      reject(
        new AwsError({
          code: 'InternalServerError',
          status: 500,
          message: `embedded DynamoDB: ${cause.message}`,
        }),
      ),
    );
    request.end(body);
  });
}

async function untilUp(
  probe: () => Promise<unknown>,
  child: ChildProcess,
  complaint: () => string,
): Promise<void> {
  const giveUpAt = Date.now() + startTimeoutMs;
  while (true) {
    if (child.exitCode !== null)
      throw new Error(`The embedded DynamoDB did not start: ${complaint() || `exit code ${child.exitCode}`}`);
    try {
      await probe();
      return;
    } catch (cause) {
      if (Date.now() > giveUpAt) {
        child.kill('SIGKILL');
        throw new Error(`The embedded DynamoDB did not answer within ${startTimeoutMs / 1000} s`, { cause });
      }
      await sleep(5);
    }
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 2_000);
  await exit;
  clearTimeout(timer);
}

/** A killed run leaves its emulator behind, and with it a lock on the data: end that one process. */
async function endLeftOver(pidFile: string): Promise<void> {
  let pid: number;
  try {
    pid = Number(readFileSync(pidFile, 'utf8'));
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('dynoxide')) return;
  } catch {
    return;
  }
  process.kill(pid, 'SIGKILL');
  await sleep(100);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
