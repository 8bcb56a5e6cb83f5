import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Synthesises the try-out and a real stage and has cfn-lint read the templates. cfn-lint is a Python
 * program that npm does not bring: where it is missing, this says so and passes.
 */
const STAGES: readonly (readonly string[])[] = [
  ['stage=sandbox'],
  [
    'stage=prod',
    'smsNumber=two-way',
    'bankAccountId=123456789012',
    'bankBusArn=arn:aws:events:eu-west-1:123456789012:event-bus/bank',
  ],
];

/** The CDK writes a redundant DependsOn on purpose. */
const IGNORED = ['W3005'];

function run(
  command: string,
  args: readonly string[],
): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  return { status: error === undefined ? status : null, output: `${stdout ?? ''}${stderr ?? ''}`.trim() };
}

function lint(context: readonly string[]): boolean {
  const outDir = mkdtempSync(join(tmpdir(), 'cardguard-lint-'));
  try {
    const options = context.flatMap((pair) => ['-c', pair]);
    const synth = run('npx', ['cdk', 'synth', '--quiet', '--output', outDir, ...options]);
    if (synth.status !== 0) {
      console.error(`cdk synth ${context[0]} failed:\n${synth.output}`);
      return false;
    }
    const templates = readdirSync(outDir).filter((file) => file.endsWith('.template.json'));
    const found = run('cfn-lint', ['-i', ...IGNORED, '--', ...templates.map((file) => join(outDir, file))]);
    console.log(
      `${context[0]}: ${templates.length} templates, ${found.status === 0 ? 'no findings' : 'findings:'}`,
    );
    if (found.status !== 0) console.error(found.output);
    return found.status === 0;
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

const version = run('cfn-lint', ['--version']);
if (version.status !== 0) {
  console.log('SKIPPED: cfn-lint is not installed here, so no template was linted (pip install cfn-lint).');
} else {
  console.log(version.output);
  const clean = STAGES.map(lint).every(Boolean);
  if (!clean) process.exitCode = 1;
}
