import { CfnOutput, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfig } from './config.ts';
import { createPageBuckets } from './constructs/page-buckets.ts';
import { createPageDistribution } from './constructs/page-distribution.ts';
import { uploadPage } from './constructs/page-upload.ts';
import { ReadableStack } from './constructs/readable-stack.ts';
import { pageConfig, pageConnections } from './page-config.ts';
import { readParameter, type SharedParameter } from './parameters.ts';

export interface PagesStackProps extends StackProps {
  readonly config: StageConfig;
  /** Where the built page lies: `index.html`, `desk.html`, `assets/` … */
  readonly folder: string;
}

/** The pages of customers and of the desk: files, where they are served, what they are told of their stage. */
export class PagesStack extends ReadableStack {
  constructor(scope: Construct, id: string, props: PagesStackProps) {
    super(scope, id, props);
    const { config } = props;
    const read = this.#reader(config.stage);
    const buckets = createPageBuckets(this, config);
    const distribution = createPageDistribution(this, {
      config,
      buckets,
      connect: pageConnections(config, read),
    });
    uploadPage(this, { bucket: buckets.files, folder: props.folder, config: pageConfig(config, read) });
    new CfnOutput(this, 'PageUrl', {
      value: `https://${config.pageDomain ?? distribution.distributionDomainName}`,
    });
    // What the DNS record of the bank's own domain points at.
    new CfnOutput(this, 'PageTarget', { value: distribution.distributionDomainName });
  }

  /** Each parameter is read once, however many ask. */
  #reader(stage: string): (parameter: SharedParameter) => string {
    const values = new Map<SharedParameter, string>();
    return (parameter) => {
      const value = values.get(parameter) ?? readParameter(this, stage, parameter);
      values.set(parameter, value);
      return value;
    };
  }
}
