import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bundleFunctions } from '../../infra/bundle.ts';
import { functionNames } from '../../infra/functions.ts';

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
});

function temporaryDir(): string {
  const root = mkdtempSync(join(tmpdir(), 'cardguard-bundle-'));
  roots.push(root);
  return root;
}

/** Handlers of a made-up project, in a folder that calls itself ESM as this repository does. */
function project(handlers: Readonly<Record<string, string>>) {
  const root = temporaryDir();
  const handlersDir = join(root, 'handlers');
  mkdirSync(handlersDir);
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  for (const [name, source] of Object.entries(handlers))
    writeFileSync(join(handlersDir, `${name}.ts`), source);
  return { root, handlersDir, outDir: join(root, 'cdk.out', 'bundles') };
}

const handler = (answer: string) => `export const handler = async (): Promise<string> => '${answer}';\n`;

test('bundles all functions at once, each loadable by a plain require', () => {
  const { handlersDir, outDir } = project({ 'freeze-cards': handler('frozen'), 'send-sms': handler('sent') });
  const { bundles, metafile } = bundleFunctions({ handlersDir, outDir, names: ['freeze-cards', 'send-sms'] });
  expect(bundles.map(({ name }) => name)).toEqual(['freeze-cards', 'send-sms']);
  expect(Object.keys(metafile.outputs)).toHaveLength(2);
  for (const { dir, bytes, gzipBytes } of bundles) {
    expect(bytes).toBe(readFileSync(join(dir, 'index.js')).byteLength);
    expect(gzipBytes).toBeGreaterThan(0);
  }
  const load = "require('./freeze-cards/index.js').handler().then(console.log)";
  const run = spawnSync(process.execPath, ['-e', load], { cwd: outDir, encoding: 'utf8' });
  expect(run.stderr).toBe('');
  expect(run.stdout.trim()).toBe('frozen');
});

test('a bundle carries the SDK it was tested with and nothing of the machine', () => {
  const source = `import { DynamoDBClient } from '${join(process.cwd(), 'node_modules/@aws-sdk/client-dynamodb')}';
    export const handler = async () => new DynamoDBClient({});`;
  const { handlersDir, outDir } = project({ 'sweep-deadlines': source });
  const { bundles, metafile } = bundleFunctions({ handlersDir, outDir, names: ['sweep-deadlines'] });
  const [output] = Object.values(metafile.outputs);
  const external = output?.imports.filter((i) => i.external).map((i) => i.path) ?? [];
  expect(external.filter((path) => path.startsWith('@aws-sdk'))).toEqual([]);
  expect(bundles[0]?.bytes).toBeGreaterThan(100_000);
  expect(bundles[0]?.bytes).toBeLessThan(420_000);
  expect(readFileSync(join(outDir, 'sweep-deadlines', 'index.js'), 'utf8')).not.toContain(process.cwd());
});

test('a second run leaves nothing of the first', () => {
  const { handlersDir, outDir } = project({ a: handler('a'), b: handler('b') });
  bundleFunctions({ handlersDir, outDir, names: ['a', 'b'] });
  bundleFunctions({ handlersDir, outDir, names: ['b'] });
  expect(() => readFileSync(join(outDir, 'a', 'index.js'))).toThrow('ENOENT');
});

test('a handler that is not there is named', () => {
  const { handlersDir, outDir } = project({});
  expect(() => bundleFunctions({ handlersDir, outDir, names: ['freeze-cards'] })).toThrow(
    /No handler to bundle: .*freeze-cards\.ts/,
  );
});

test('our own functions: one run, screening lean enough to start fast', () => {
  const outDir = temporaryDir();
  const { bundles, metafile } = bundleFunctions({
    handlersDir: 'functions/handlers',
    outDir,
    names: functionNames,
  });
  expect(bundles.map(({ name }) => name)).toEqual(functionNames);
  const bytes = Object.fromEntries(bundles.map((bundle) => [bundle.name, bundle.bytes]));
  expect(bytes['screen-transactions']).toBeLessThanOrEqual(420_000);
  const screening = Object.entries(metafile.outputs).find(([path]) => path.includes('/screen-transactions/'));
  const heavy = Object.entries(screening?.[1].inputs ?? {})
    .filter(
      ([path, { bytesInOutput }]) => bytesInOutput > 0 && /\/(locales|aws-xray-sdk|undici)\//.test(path),
    )
    .map(([path]) => path);
  expect(heavy).toEqual([]);
});
