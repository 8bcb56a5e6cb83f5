import { App, type AppProps, Tags } from 'aws-cdk-lib';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { readConfig, type StageConfig } from './config.ts';
import { namesFor } from './names.ts';
import { PagesStack } from './pages-stack.ts';
import { addRulePacks } from './rule-packs.ts';
import { type CodeProvider, ServiceStack } from './service-stack.ts';
import { StatefulStack } from './stateful-stack.ts';

export interface CardguardApp {
  readonly app: App;
  readonly config: StageConfig;
  readonly stateful: StatefulStack;
  readonly service: ServiceStack;
}

export interface CardguardAppProps extends AppProps {
  /** Makes the provider of function code once the output folder is known. */
  readonly code: (outDir: string) => CodeProvider;
}

/** Stateful and service stack of the stage named in the context; the pages are added once they are built. */
export function createCardguardApp(props: CardguardAppProps): CardguardApp {
  // The flags a new app starts with; cdk.json and the command line have the last word.
  const app = new App({ ...props, context: { ...recommendedFlags, ...props.context } });
  const config = readConfig(app.node);
  const { prefix } = namesFor(config.stage);
  const stateful = new StatefulStack(app, `${prefix}-stateful`, {
    config,
    description: `cardguard ${config.stage}: tables, key, bus, topics, sign-in`,
    terminationProtection: !config.disposable,
  });
  const service = new ServiceStack(app, `${prefix}-service`, {
    config,
    code: props.code(app.outdir),
    description: `cardguard ${config.stage}: queues, functions, API, alarms`,
  });
  service.addStackDependency(stateful);
  // CloudFormation takes tags on a dashboard, the schema linters read does not know it yet.
  const untagged = { excludeResourceTypes: ['AWS::CloudWatch::Dashboard'] };
  Tags.of(app).add('application', 'cardguard', untagged);
  Tags.of(app).add('stage', config.stage, untagged);
  if (config.nag) addRulePacks(app);
  return { app, config, stateful, service };
}

/**
 * The stack of the pages, of a folder with the built page. A laptop has none: its local stack serves the page itself
 * (`infra/local/start/page.ts`).
 */
export function addPages({ app, config, service }: CardguardApp, folder: string): PagesStack {
  const pages = new PagesStack(app, `${namesFor(config.stage).prefix}-pages`, {
    config,
    folder,
    description: `cardguard ${config.stage}: pages of customers and of the desk`,
  });
  pages.addStackDependency(service);
  return pages;
}
