import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { addPages, type CardguardApp, createCardguardApp } from '../../infra/cardguard-app.ts';
import type { PagesStack } from '../../infra/pages-stack.ts';

/** A resource as the template holds it. */
export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is data of any shape; tests look where they must.
  readonly Properties: any;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Parameters?: Readonly<Record<string, { readonly Type: string; readonly Default?: string }>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

export interface Synthesised extends CardguardApp {
  readonly templates: {
    readonly stateful: Template;
    readonly service: Template;
    /** Every stage but a laptop's. */
    readonly pages?: Template;
  };
}

/** The app with stub code and a stub page, so that a test of the template builds neither, in an output folder of its own. */
export function buildApp(
  context: Readonly<Record<string, unknown>>,
): CardguardApp & { readonly outDir: string; readonly pages?: PagesStack } {
  const outDir = mkdtempSync(join(tmpdir(), 'cardguard-synth-'));
  const defaults = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };
  const built = createCardguardApp({
    outdir: outDir,
    analyticsReporting: false,
    context: { ...defaults.context, ...context },
    code: () => () => Code.fromInline('exports.handler = async () => undefined;'),
  });
  if (built.config.kind === 'local') return { ...built, outDir };
  return { ...built, outDir, pages: addPages(built, stubPage(outDir)) };
}

function stubPage(outDir: string): string {
  const folder = join(outDir, 'stub-page');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  for (const name of ['index.html', 'desk.html', 'icon.svg', 'assets/index-1a2b3c.js'])
    writeFileSync(join(folder, name), name);
  return folder;
}

export function synthesise(context: Readonly<Record<string, unknown>>): Synthesised {
  const built = buildApp(context);
  const assembly = built.app.synth();
  const template = (stack: Stack): Template => assembly.getStackArtifact(stack.artifactId).template;
  const templates = {
    stateful: template(built.stateful),
    service: template(built.service),
    ...(built.pages && { pages: template(built.pages) }),
  };
  rmSync(built.outDir, { recursive: true, force: true });
  return { ...built, templates };
}
