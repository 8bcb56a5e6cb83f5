import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pause } from './host/pause.ts';
import { isRecord } from './intrinsics.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));
/** What the templates and bundles are made of; nothing else can change them. */
const SOURCES = ['infra', 'functions', 'cdk.json', 'package-lock.json', 'tsconfig.json'];
/** The local stack reads the templates, it is no part of them. */
const NOT_SOURCES = new Set([join('infra', 'local')]);
const BUILDS_KEPT = 3;

export interface SynthOptions {
  /** The repository; tests point at a small one. */
  readonly root?: string;
  /** CDK app, relative to the root. */
  readonly app?: string;
  readonly onProgress?: (line: string) => void;
}

export interface SynthResult {
  readonly assemblyDirectory: string;
  readonly reused: boolean;
}

/**
 * Synthesises the stage `local`, or reuses the output when no source changed since. Builds lie in
 * `.cardguard/build/<digest of the sources>`; two processes that want the same one make it once.
 */
export async function synthesise(options: SynthOptions = {}): Promise<SynthResult> {
  const { root = REPOSITORY, app = 'infra/app.ts' } = options;
  const builds = join(root, '.cardguard', 'build');
  const build = join(builds, digestOf(root));
  const result = { assemblyDirectory: join(build, 'cdk.out') };
  mkdirSync(builds, { recursive: true });
  const release = await lock(`${build}.lock`, () => existsSync(build));
  if (release === undefined) {
    const now = new Date();
    utimesSync(build, now, now);
    return { ...result, reused: true };
  }
  const unfinished = `${build}.unfinished`;
  try {
    options.onProgress?.('synthesising the app');
    rmSync(unfinished, { recursive: true, force: true });
    await runApp({ root, app, outDirectory: join(unfinished, 'cdk.out') });
    renameSync(unfinished, build);
    dropOldBuilds(builds);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
    release();
  }
  return { ...result, reused: false };
}

function digestOf(root: string): string {
  const digest = createHash('sha256').update(process.version);
  for (const file of SOURCES.flatMap((source) => filesUnder(join(root, source), root)).sort()) {
    digest.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  }
  return digest.digest('hex').slice(0, 20);
}

function filesUnder(path: string, root: string): string[] {
  if (!existsSync(path) || NOT_SOURCES.has(relative(root, path))) return [];
  if (!statSync(path).isDirectory()) return path.endsWith('.test.ts') ? [] : [path];
  return readdirSync(path).flatMap((name) => filesUnder(join(path, name), root));
}

/** Undefined once `isDone`; else the lock, to be released. A lock whose holder is gone does not count. */
async function lock(file: string, isDone: () => boolean): Promise<(() => void) | undefined> {
  while (!isDone()) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (!isRecord(error) || error.code !== 'EEXIST') throw error;
    }
    if (!holderLives(file)) rmSync(file, { force: true });
    await pause(50);
  }
  return undefined;
}

function holderLives(file: string): boolean {
  try {
    const holder = Number(readFileSync(file, 'utf8'));
    // Written a moment ago, its number not yet: it lives.
    if (holder === 0) return true;
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return isRecord(error) && error.code === 'ENOENT';
  }
}

/** Runs the app the way the CDK CLI does: output folder and context come through the environment. */
async function runApp(run: { root: string; app: string; outDirectory: string }): Promise<void> {
  mkdirSync(run.outDirectory, { recursive: true });
  const child = spawn(process.execPath, [run.app], {
    cwd: run.root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      CDK_OUTDIR: run.outDirectory,
      CDK_CONTEXT_JSON: JSON.stringify({ ...contextOf(run.root), stage: 'local' }),
      // cfn validation is for a deployment; it takes longer than the rest.
      CDK_VALIDATION: 'false',
    },
  });
  // Whoever ends us in the middle of it must not leave it running.
  const endChild = () => child.kill();
  process.once('exit', endChild);
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  child.stderr.on('data', (text) => {
    said += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => process.off('exit', endChild));
  if (code !== 0) throw new Error(`The CDK app (${run.app}) does not synthesise:\n\n${said.trim()}`);
  if (!existsSync(join(run.outDirectory, 'manifest.json'))) {
    throw new Error(`The CDK app (${run.app}) ended without writing an assembly.\n\n${said.trim()}`);
  }
}

/** The context the CLI would read from cdk.json: feature flags change templates. */
function contextOf(root: string): Record<string, unknown> {
  const file = join(root, 'cdk.json');
  const settings: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const context = isRecord(settings) ? settings.context : undefined;
  return isRecord(context) ? context : {};
}

function dropOldBuilds(builds: string): void {
  const ended = readdirSync(builds)
    .filter((name) => /^[0-9a-f]{20}$/.test(name))
    .map((name) => ({ path: join(builds, name), changed: statSync(join(builds, name)).mtimeMs }))
    .sort((a, b) => b.changed - a.changed);
  for (const { path } of ended.slice(BUILDS_KEPT)) rmSync(path, { recursive: true, force: true });
}
