import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { isRecord } from '../intrinsics.ts';

/** Something the person at the terminal can put right: shown without a stack trace. */
export class PlainError extends Error {}

export function checkPlatform({ platform, arch } = process): void {
  if (platform === 'linux' && arch === 'x64') return;
  throw new PlainError(
    `The local stack runs on Linux x64: its embedded DynamoDB exists for no other platform yet, and this is\n` +
      `${platform} ${arch}. Use a Linux x64 machine, container or virtual machine. Synthesising and deploying work here.`,
  );
}

export async function checkPort(port: number): Promise<void> {
  if (port === 0) return;
  const server = createServer();
  try {
    await new Promise<void>((done, failed) => {
      server.once('error', failed);
      server.listen(port, '127.0.0.1', done);
    });
  } catch (error) {
    const code = isRecord(error) ? error.code : undefined;
    if (code === 'EADDRINUSE')
      throw new PlainError(
        `Port ${port} is taken, perhaps by another npm start.\nStop that one, or choose another port: ` +
          `npm start -- --port ${port === 65_535 ? 0 : port + 1}   (0: any free one)`,
      );
    if (code === 'EACCES')
      throw new PlainError(`Port ${port} needs more rights than you have here. Choose one above 1023.`);
    throw error;
  }
  await new Promise((closed) => server.close(closed));
}

/** One stack per state folder: two would write into the same tables. Returns how to let go of it. */
export function lockState(stateDir: string): () => void {
  const file = join(stateDir, 'start.pid');
  try {
    mkdirSync(stateDir, { recursive: true });
    if (!claim(file)) {
      if (runsLocally(Number(readFileSync(file, 'utf8'))))
        throw new PlainError(
          `Another local stack uses ${resolve(stateDir)} (process ${readFileSync(file, 'utf8')}).\n` +
            'Stop it first, or name another folder with --state.',
        );
      writeFileSync(file, String(process.pid));
    }
  } catch (error) {
    if (error instanceof PlainError) throw error;
    throw new PlainError(`--state ${stateDir}: cannot write there (${(error as Error).message})`);
  }
  return () => rmSync(file, { force: true });
}

function claim(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (isRecord(error) && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Whether this process is a local stack: a number left behind may belong to some other program by now. */
export function runsLocally(pid: number): boolean {
  try {
    return (
      pid !== process.pid &&
      /infra\/local\/(launch\.js|start\.ts)/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
    );
  } catch {
    return false;
  }
}
