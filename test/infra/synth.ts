import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type CardguardApp, createCardguardApp } from '../../infra/cardguard-app.ts';

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
  readonly templates: { readonly stateful: Template; readonly service: Template };
}

/** The app with stub code, so that a test of the template needs no bundles, in an output folder of its own. */
export function buildApp(
  context: Readonly<Record<string, unknown>>,
): CardguardApp & { readonly outDir: string } {
  const outDir = mkdtempSync(join(tmpdir(), 'cardguard-synth-'));
  const defaults = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };
  const built = createCardguardApp({
    outdir: outDir,
    analyticsReporting: false,
    context: { ...defaults.context, ...context },
    code: () => () => Code.fromInline('exports.handler = async () => undefined;'),
  });
  return { ...built, outDir };
}

export function synthesise(context: Readonly<Record<string, unknown>>): Synthesised {
  const built = buildApp(context);
  const assembly = built.app.synth();
  const template = (stack: Stack): Template => assembly.getStackArtifact(stack.artifactId).template;
  const templates = { stateful: template(built.stateful), service: template(built.service) };
  rmSync(built.outDir, { recursive: true, force: true });
  return { ...built, templates };
}
