import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { bundleFunctions } from '../../infra/bundle.ts';
import { functionNames } from '../../infra/functions.ts';

const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The DynamoDB client by itself, made with the commands screening uses and bundled as anybody would: with the
 * same esbuild settings, but without our replacement of its credential chain.
 */
const CLIENT_ALONE = `
  import { BatchGetItemCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand,
    TransactWriteItemsCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
  export const client = new DynamoDBClient({});
  export const commands = [BatchGetItemCommand, GetItemCommand, PutItemCommand, QueryCommand,
    TransactWriteItemsCommand, UpdateItemCommand];
`;

export interface BuiltBundles {
  readonly bundles: readonly { name: string; file: string; bytes: number; gzipBytes: number }[];
  readonly clientAlone: { file: string; bytes: number };
  remove(): void;
}

/** Bundles every function as a deployment does, and the client alone. */
export function buildBundles(): BuiltBundles {
  const folder = mkdtempSync(join(tmpdir(), 'cardguard-bench-'));
  const { bundles } = bundleFunctions({
    handlersDir: join(REPOSITORY, 'functions/handlers'),
    outDir: join(folder, 'functions'),
    names: functionNames,
  });
  const file = join(folder, 'client-alone.cjs');
  buildSync({
    stdin: { contents: CLIENT_ALONE, resolveDir: REPOSITORY },
    outfile: file,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    logLevel: 'error',
  });
  return {
    bundles: bundles.map(({ name, dir, bytes, gzipBytes }) => ({
      name,
      file: join(dir, 'index.js'),
      bytes,
      gzipBytes,
    })),
    clientAlone: { file, bytes: statSync(file).size },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const MEASURE = `
  const before = process.cpuUsage();
  require(process.argv[1]);
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(String((user + system) / 1000));
`;
const ENVIRONMENT = { AWS_REGION: 'us-east-1', CARDS_TABLE: 'cards', CASES_TABLE: 'cases' };

export interface ImportCpu {
  readonly processes: number;
  /** Median CPU milliseconds, user and system. */
  readonly oursMs: number;
  readonly aloneMs: number;
  /** Of the medians. */
  readonly ratio: number;
}

/** CPU time of importing each file, in fresh processes, one of each in turn. */
export function measureImports(options: {
  ours: string;
  alone: string;
  rounds: number;
  onRound: (round: number) => void;
}): ImportCpu {
  const ours: number[] = [];
  const alone: number[] = [];
  // The first round fills the disk cache.
  for (let round = 0; round <= options.rounds; round += 1) {
    const pair = [importCpuMs(options.ours), importCpuMs(options.alone)] as const;
    if (round === 0) continue;
    ours.push(pair[0]);
    alone.push(pair[1]);
    options.onRound(round);
  }
  return {
    processes: options.rounds,
    oursMs: median(ours),
    aloneMs: median(alone),
    ratio: median(ours) / median(alone),
  };
}

function importCpuMs(file: string): number {
  const run = spawnSync(process.execPath, ['-e', MEASURE, file], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...ENVIRONMENT },
  });
  if (run.status !== 0) throw new Error(`${file} cannot be imported:\n${run.stderr}`);
  return Number(run.stdout);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
