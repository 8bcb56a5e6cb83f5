import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test, vi } from 'vitest';

/** Ids of running processes whose command line names this folder. */
const runningIn = (folder: string): readonly string[] =>
  readdirSync('/proc').filter((id) => {
    const file = `/proc/${id}/cmdline`;
    try {
      return (
        /^\d+$/.test(id) &&
        id !== String(process.pid) &&
        existsSync(file) &&
        readFileSync(file, 'utf8').includes(`${folder}/dynamodb`)
      );
    } catch {
      return false;
    }
  });

test('the database ends by itself when what started it is killed', { timeout: 30_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cardguard-orphan-'));
  const script = join(folder, 'start.ts');
  writeFileSync(
    script,
    `import { startDynoxide } from '${resolve('infra/local/front/dynoxide.ts')}';
     await startDynoxide({ stateDir: '${folder}', region: 'local', log: () => undefined });
     process.stdout.write('up');
     setInterval(() => undefined, 1_000);`,
  );
  const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await once(parent.stdout, 'data');
    expect(runningIn(folder).length).toBeGreaterThan(0);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await vi.waitFor(() => expect(runningIn(folder)).toEqual([]), { timeout: 5_000, interval: 100 });
  } finally {
    parent.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});
