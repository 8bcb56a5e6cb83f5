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

/**
 * Runs the emulator until it ends or our end of its input closes. That closes however we end, SIGKILL included: nothing
 * is left behind with a lock on the data.
 */
const WATCHED = [
  'exec 3<&0',
  '"$0" "$@" 3<&- & database=$!',
  '(cat <&3 >/dev/null; kill $database; sleep 2; kill -KILL $database) 2>/dev/null >/dev/null & watcher=$!',
  'exec 3<&-',
  'wait $database; code=$?',
  'kill $watcher 2>/dev/null; wait $watcher 2>/dev/null',
  'exit $code',
].join('\n');

const startTimeoutMs = 10_000;
const startAttempts = 3;

export async function startDynoxide(options: {
  stateDir?: string;
  region: string;
  log: (text: string) => void;
}): Promise<Dynoxide> {
  const binary = findBinary();
  const pidFile = options.stateDir && join(options.stateDir, 'dynoxide.pid');
  const database: string[] = [];
  if (options.stateDir && pidFile) {
    mkdirSync(options.stateDir, { recursive: true });
    await endLeftOver(pidFile);
    database.push('--db-path', join(options.stateDir, 'dynamodb.sqlite'));
  }
  const { child, port } = await startChild(binary, database);
  if (pidFile && child.pid) writeFileSync(pidFile, String(child.pid));
  const endChild = () => killGroup(child.pid);
  process.once('exit', endChild);
  let closing = false;
  child.once('exit', (code) => {
    process.off('exit', endChild);
    if (!closing) options.log(`The embedded DynamoDB ended by itself (code ${code}). Start again.`);
  });

  // One connection keeps requests in the order they came in; the emulator works on one at a time anyway.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    port,
    call: (target, body) => send({ agent, port, region: options.region, target, body }),
    async close() {
      closing = true;
      agent.destroy();
      await ended(child);
      if (pidFile) rmSync(pidFile, { force: true });
    },
  };
}

/** Another process may take the port between our finding it free and the emulator's binding it: try again. */
async function startChild(
  binary: string,
  database: readonly string[],
): Promise<{ child: ChildProcess; port: number }> {
  let complaint = '';
  for (let attempt = 1; attempt <= startAttempts; attempt++) {
    const port = await freePort();
    const child = spawn('/bin/sh', ['-c', WATCHED, binary, 'serve', '--port', String(port), ...database], {
      stdio: ['pipe', 'pipe', 'pipe'],
      // A process group of its own: a terminal's Ctrl-C reaches the whole group, and would end it before us.
      detached: true,
    });
    const started = await untilListening(child);
    if (started.kind === 'up') return { child, port };
    complaint = started.complaint;
  }
  throw new Error(`The embedded DynamoDB did not start: ${complaint}`);
}

type Started = { readonly kind: 'up' } | { readonly kind: 'failed'; readonly complaint: string };

/** Its own word that it listens: an answer on the port could come from another's emulator. */
function untilListening(child: ChildProcess): Promise<Started> {
  return new Promise((resolve) => {
    let said = '';
    const timer = setTimeout(() => killGroup(child.pid), startTimeoutMs);
    const finish = (started: Started) => {
      clearTimeout(timer);
      resolve(started);
    };
    const hear = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-2_000);
      if (said.includes('listening on')) finish({ kind: 'up' });
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', (error) => finish({ kind: 'failed', complaint: error.message }));
    child.once('exit', (code) => finish({ kind: 'failed', complaint: said.trim() || `exit code ${code}` }));
  });
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

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.stdin?.end();
  const timer = setTimeout(() => killGroup(child.pid), 2_000);
  await exit;
  clearTimeout(timer);
  // What its watcher was waiting with would linger for two seconds more.
  killGroup(child.pid);
}

/** The emulator and the shell that watches over it. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** An emulator that has not heard yet that its run was killed holds a lock on the data: end that one. */
async function endLeftOver(pidFile: string): Promise<void> {
  let pid: number;
  try {
    pid = Number(readFileSync(pidFile, 'utf8'));
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('dynoxide')) return;
  } catch {
    return;
  }
  killGroup(pid);
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
