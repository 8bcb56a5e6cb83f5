import { RemovalPolicy } from 'aws-cdk-lib';
import type { StageConfig } from '../config.ts';

/** `local` and `sandbox` go without a trace; anywhere else what holds data outlives its stack. */
export function removalPolicy(config: StageConfig): RemovalPolicy {
  return config.disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
}
