import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export type Resources = Record<
  string,
  { Type: string; Properties?: Record<string, unknown>; Condition?: string }
>;

export interface StackTemplate {
  Resources: Resources;
  [section: string]: unknown;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone when the test file has ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cardguard-test-'));
  folders.push(folder);
  return folder;
}

/** Writes what CDK writes: a manifest, templates, and one asset folder per entry of `code`. */
export function writeAssembly(options: {
  stacks: Record<string, StackTemplate>;
  /** `<name>` → source of `index.js`, referred to by `S3Key: '<name>.zip'`. */
  code?: Record<string, string>;
}): string {
  const directory = temporaryFolder();
  const artifacts: Record<string, unknown> = {};
  const files: Record<string, unknown> = {};
  for (const [name, source] of Object.entries(options.code ?? {})) {
    writeCode(join(directory, `asset.${name}`), source);
    files[name] = {
      source: { path: `asset.${name}`, packaging: 'zip' },
      destinations: { here: { bucketName: 'b', objectKey: `${name}.zip` } },
    };
  }
  for (const [name, template] of Object.entries(options.stacks)) {
    writeFileSync(join(directory, `${name}.template.json`), JSON.stringify(template));
    writeFileSync(join(directory, `${name}.assets.json`), JSON.stringify({ version: '1', files }));
    artifacts[`${name}.assets`] = { type: 'cdk:asset-manifest', properties: { file: `${name}.assets.json` } };
    artifacts[name] = {
      type: 'aws:cloudformation:stack',
      properties: { templateFile: `${name}.template.json` },
      dependencies: [`${name}.assets`],
    };
  }
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ version: '1', artifacts }));
  return directory;
}

export function writeCode(directory: string, source: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{"type":"commonjs"}');
  writeFileSync(join(directory, 'index.js'), source);
}

/** A role that may do everything: tests of the host are not tests of policies. */
export const ADMIN_ROLE = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {},
    Policies: [
      { PolicyName: 'all', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } },
    ],
  },
};

export function functionResource(code: string, properties: Record<string, unknown> = {}) {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Bucket: 'b', S3Key: `${code}.zip` },
      Handler: 'index.handler',
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Timeout: 5,
      ...properties,
    },
  };
}
