import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setPriority } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
/** What the page is made of: of `functions/` it takes types only. */
const SOURCES = ['console', 'package-lock.json'];
const BUILDS_KEPT = 2;

export interface PageBuild {
  /** Holds `index.html`, `desk.html`, `assets/` … */
  readonly folder: string;
  readonly reused: boolean;
}

/** Builds the page, or reuses what was built of the same sources: `.cardguard/page/<digest of the sources>`. */
export async function buildPage(
  options: { readonly onProgress?: (line: string) => void } = {},
): Promise<PageBuild> {
  const builds = join(REPOSITORY, '.cardguard', 'page');
  const folder = join(builds, digestOf());
  if (existsSync(folder)) return { folder, reused: true };
  options.onProgress?.('building the page');
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(builds, { recursive: true });
  try {
    await runVite(unfinished);
    // Another process may have been faster: theirs is the same.
    if (!existsSync(folder)) renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  dropOldBuilds(builds);
  return { folder, reused: false };
}

async function runVite(outDir: string): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin', 'vite.js');
  const child = spawn(
    process.execPath,
    [vite, 'build', 'console', '--outDir', outDir, '--logLevel', 'warn'],
    {
      cwd: REPOSITORY,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production' },
    },
  );
  // Whoever waits for events goes first.
  if (child.pid !== undefined) setPriority(child.pid, 10);
  const endChild = () => child.kill();
  process.once('exit', endChild);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      said += text;
    });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => process.off('exit', endChild));
  if (code !== 0) throw new Error(`The page does not build:\n\n${said.trim()}`);
}

function digestOf(): string {
  const digest = createHash('sha256').update(process.version);
  for (const file of SOURCES.flatMap((source) => filesUnder(join(REPOSITORY, source))).sort())
    digest.update(`\0${relative(REPOSITORY, file)}\0`).update(readFileSync(file));
  return digest.digest('hex').slice(0, 20);
}

function filesUnder(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .filter((name) => name !== 'dist')
    .flatMap((name) => filesUnder(join(path, name)));
}

function dropOldBuilds(builds: string): void {
  const ended = readdirSync(builds)
    .filter((name) => /^[0-9a-f]{20}$/.test(name))
    .map((name) => ({ path: join(builds, name), changed: statSync(join(builds, name)).mtimeMs }))
    .sort((a, b) => b.changed - a.changed);
  for (const { path } of ended.slice(BUILDS_KEPT)) rmSync(path, { recursive: true, force: true });
}
