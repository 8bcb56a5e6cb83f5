import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** One resource of a template, before any intrinsic is resolved. */
export interface TemplateResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export interface TemplateOutput {
  readonly Value?: unknown;
  readonly Condition?: string;
  readonly Export?: Readonly<Record<string, unknown>>;
}

/** One synthesised stack and where its assets lie. */
export interface AssemblyStack {
  readonly name: string;
  readonly template: {
    readonly Parameters: Readonly<Record<string, { readonly Type: string; readonly Default?: unknown }>>;
    readonly Conditions: Readonly<Record<string, unknown>>;
    readonly Mappings: Readonly<Record<string, unknown>>;
    readonly Resources: Readonly<Record<string, TemplateResource>>;
    readonly Outputs: Readonly<Record<string, TemplateOutput>>;
  };
  /** `<hash>.zip` as a function's `S3Key` names it → folder on this machine. */
  readonly assets: ReadonlyMap<string, string>;
}

const anyRecord = z.record(z.string(), z.unknown());
const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      dependencies: z.array(z.string()).default([]),
      properties: anyRecord.default({}),
    }),
  ),
});
const stackPropertiesSchema = z.object({ templateFile: z.string(), stackName: z.string().optional() });
const assetManifestSchema = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: z.string().optional() }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    )
    .default({}),
});
const templateSchema = z.object({
  Parameters: z
    .record(z.string(), z.object({ Type: z.string(), Default: z.unknown().optional() }))
    .default({}),
  Conditions: anyRecord.default({}),
  Mappings: anyRecord.default({}),
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Condition: z.string().optional(),
      Properties: anyRecord.optional(),
      Metadata: anyRecord.optional(),
    }),
  ),
  Outputs: z
    .record(
      z.string(),
      z.object({ Value: z.unknown(), Condition: z.string().optional(), Export: anyRecord.optional() }),
    )
    .default({}),
});

function readJson<Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new Error(`${file} is not what CDK writes: ${z.prettifyError(parsed.error)}`);
}

/** Reads `manifest.json`, the templates and the asset manifests of a synthesised app (`cdk.out`). */
export function readAssembly(directory: string): AssemblyStack[] {
  const { artifacts } = readJson(join(directory, 'manifest.json'), manifestSchema);
  const assets = new Map<string, string>();
  for (const artifact of Object.values(artifacts)) {
    if (artifact.type !== 'cdk:asset-manifest') continue;
    const { file } = z.object({ file: z.string() }).parse(artifact.properties);
    for (const asset of Object.values(readJson(join(directory, file), assetManifestSchema).files)) {
      const { path } = asset.source;
      if (path === undefined) continue;
      for (const { objectKey } of Object.values(asset.destinations)) {
        assets.set(objectKey, join(directory, path));
      }
    }
  }
  return Object.entries(artifacts)
    .filter(([, artifact]) => artifact.type === 'aws:cloudformation:stack')
    .map(([id, artifact]) => {
      const properties = stackPropertiesSchema.parse(artifact.properties);
      return {
        name: properties.stackName ?? id,
        template: readJson(join(directory, properties.templateFile), templateSchema),
        assets,
      };
    });
}
