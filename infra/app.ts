import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { bundleFunctions } from './bundle.ts';
import { createCardguardApp } from './cardguard-app.ts';
import { functionNames } from './functions.ts';

const handlersDir = fileURLToPath(new URL('../functions/handlers', import.meta.url));

const { app } = createCardguardApp({
  code: (outDir) => {
    const bundlesDir = join(outDir, 'bundles');
    const written = functionNames.filter((name) => existsSync(join(handlersDir, `${name}.ts`)));
    if (written.length > 0) bundleFunctions({ handlersDir, outDir: bundlesDir, names: written });
    return (name) =>
      written.includes(name)
        ? lambda.Code.fromAsset(join(bundlesDir, name))
        : lambda.Code.fromInline(
            `exports.handler = () => { throw new Error('${name} is not written yet'); };`,
          );
  },
});
app.synth();
