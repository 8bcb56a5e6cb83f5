import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync, type Metafile } from 'esbuild';

export interface BundleOptions {
  /** Folder with one `<name>.ts` per function. */
  readonly handlersDir: string;
  /** Folder that receives `<name>/index.js`. */
  readonly outDir: string;
  readonly names: readonly string[];
  /** Folder of trained models that lie beside the bundles of those functions that judge by them. */
  readonly models?: { readonly dir: string; readonly names: readonly string[] };
}

export interface Bundle {
  readonly name: string;
  /** Folder with `index.js` and `package.json`: what Lambda gets. */
  readonly dir: string;
  readonly bytes: number;
  readonly gzipBytes: number;
}

export interface BundleReport {
  readonly bundles: readonly Bundle[];
  /** esbuild's account of which input takes how many bytes. */
  readonly metafile: Metafile;
}

/**
 * Bundles all functions in one esbuild run. CommonJS, because an ESM bundle loads a second HTTP client
 * at import; the SDK goes in, so that what was tested is what runs; no source map, which doubles the upload.
 */
export function bundleFunctions(options: BundleOptions): BundleReport {
  const { handlersDir, outDir, names } = options;
  const entryPoints = Object.fromEntries(
    names.map((name) => [`${name}/index`, join(handlersDir, `${name}.ts`)]),
  );
  const missing = Object.values(entryPoints).filter((file) => !existsSync(file));
  if (missing.length > 0) throw new Error(`No handler to bundle: ${missing.join(', ')}`);

  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  const { metafile } = buildSync({
    entryPoints,
    outdir: outDir,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    // A Chinese character is three bytes rather than six.
    charset: 'utf8',
    // ESM builds of packages can be tree-shaken: the DynamoDB client alone is 334 KB rather than 526.
    mainFields: ['module', 'main'],
    alias: {
      '@aws-sdk/credential-provider-node': join(
        import.meta.dirname,
        '../functions/platform/function-credentials.ts',
      ),
    },
    metafile: true,
    legalComments: 'none',
    logLevel: 'error',
  });
  // Under this repository's `"type": "module"` a .js file would else be read as ESM outside Lambda.
  for (const name of names) writeFileSync(join(outDir, name, 'package.json'), '{"type":"commonjs"}\n');
  for (const name of options.models?.names ?? [])
    copyModels(options.models?.dir ?? '', join(outDir, name, 'models'));
  writeFileSync(join(outDir, 'package.json'), '{"type":"commonjs"}\n');
  writeFileSync(join(outDir, 'metafile.json'), JSON.stringify(metafile));
  return { bundles: names.map((name) => measure(name, join(outDir, name))), metafile };
}

function copyModels(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  const models = existsSync(from) ? readdirSync(from).filter((file) => file.endsWith('.json')) : [];
  for (const file of models) copyFileSync(join(from, file), join(to, file));
}

function measure(name: string, dir: string): Bundle {
  const file = join(dir, 'index.js');
  return { name, dir, bytes: statSync(file).size, gzipBytes: gzipSync(readFileSync(file)).byteLength };
}
