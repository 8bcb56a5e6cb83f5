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
    bundleFunctions({ handlersDir, outDir: bundlesDir, names: functionNames });
    return (name) => lambda.Code.fromAsset(join(bundlesDir, name));
  },
});
app.synth();
