import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { bundleFunctions } from './bundle.ts';
import { addPages, createCardguardApp } from './cardguard-app.ts';
import { functionNames } from './functions.ts';
import { buildPage } from './page-build.ts';

const handlersDir = fileURLToPath(new URL('../functions/handlers', import.meta.url));
/** Trained models go out with the functions that judge by them; rule sets name them. */
const models = {
  dir: fileURLToPath(new URL('../functions/models', import.meta.url)),
  names: ['screen-transactions', 'rules-api'],
};

const cardguard = createCardguardApp({
  code: (outDir) => {
    const bundlesDir = join(outDir, 'bundles');
    bundleFunctions({ handlersDir, outDir: bundlesDir, names: functionNames, models });
    return (name) => lambda.Code.fromAsset(join(bundlesDir, name));
  },
});
if (cardguard.config.kind !== 'local') {
  const { folder } = await buildPage({ onProgress: (line) => console.error(line) });
  addPages(cardguard, folder);
}
cardguard.app.synth();
