import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { synthesise } from '../../../infra/local/synth.ts';
import { temporaryFolder } from './assemblies.ts';

const APP = `import { appendFileSync, writeFileSync } from 'node:fs';
appendFileSync('runs', '.');
writeFileSync(process.env.CDK_OUTDIR + '/manifest.json', process.env.CDK_CONTEXT_JSON ?? '');
`;
let root: string;

beforeEach(() => {
  root = temporaryFolder();
  mkdirSync(join(root, 'infra'));
  mkdirSync(join(root, 'functions'));
  writeFileSync(join(root, 'infra', 'app.ts'), APP);
  writeFileSync(join(root, 'cdk.json'), '{"context":{"stage":"sandbox","@aws-cdk/flag":true}}');
});
const runs = () => readFileSync(join(root, 'runs'), 'utf8').length;

it('synthesises the local stage with the context of cdk.json', async () => {
  const { assemblyDirectory, reused } = await synthesise({ root });
  expect(reused).toBe(false);
  expect(JSON.parse(readFileSync(join(assemblyDirectory, 'manifest.json'), 'utf8'))).toEqual({
    stage: 'local',
    '@aws-cdk/flag': true,
  });
});

it('runs the app again only when a source has changed', async () => {
  const first = await synthesise({ root });
  expect(await synthesise({ root })).toEqual({ ...first, reused: true });
  mkdirSync(join(root, 'infra', 'local'));
  writeFileSync(join(root, 'infra', 'local', 'stack.ts'), '// no part of the templates');
  expect((await synthesise({ root })).reused).toBe(true);
  writeFileSync(join(root, 'functions', 'card.ts'), 'export {};');
  expect((await synthesise({ root })).reused).toBe(false);
  expect(runs()).toBe(2);
});

it('makes one build for two that want it at the same time', async () => {
  await Promise.all([synthesise({ root }), synthesise({ root })]);
  expect(runs()).toBe(1);
});

it('keeps three builds', async () => {
  for (const version of [1, 2, 3, 4, 5]) {
    writeFileSync(join(root, 'functions', 'card.ts'), `export const version = ${version};`);
    await synthesise({ root });
  }
  expect(readdirSync(join(root, '.cardguard', 'build'))).toHaveLength(3);
});

it('shows why the app fails, and tries again the next time', async () => {
  writeFileSync(join(root, 'infra', 'app.ts'), 'throw new Error("SendSms needs BANK_NAME");');
  await expect(synthesise({ root })).rejects.toThrow(
    /infra\/app\.ts.*does not synthesise[\s\S]*SendSms needs BANK_NAME/,
  );
  writeFileSync(join(root, 'infra', 'app.ts'), '');
  await expect(synthesise({ root })).rejects.toThrow('ended without writing an assembly');
  expect(readdirSync(join(root, '.cardguard', 'build'))).toEqual([]);
});
