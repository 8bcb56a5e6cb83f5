import type { LocalModel } from '../model.ts';

/** The model with some of its functions only, and nothing that would call the others. */
export function subsetOf(model: LocalModel, names: readonly string[] | undefined): LocalModel {
  if (names === undefined) return model;
  const functions = model.functions.filter(({ name }) =>
    names.some((wanted) => name === wanted || name.endsWith(`-${wanted}`)),
  );
  const missing = names.filter(
    (wanted) => !functions.some(({ name }) => name === wanted || name.endsWith(`-${wanted}`)),
  );
  if (missing.length > 0) throw new Error(`no function ${missing.join(', ')} in the templates`);
  const isThere = (arn: string) =>
    functions.some((item) => arn === item.arn || arn.startsWith(`${item.arn}:`));
  return {
    ...model,
    functions,
    mappings: model.mappings.filter(({ functionArn }) => isThere(functionArn)),
    rules: model.rules.map((rule) => ({
      ...rule,
      targets: rule.targets.filter(({ arn }) => !arn.includes(':lambda:') || isThere(arn)),
    })),
    subscriptions: model.subscriptions.filter(
      ({ protocol, endpoint }) => protocol !== 'lambda' || isThere(endpoint),
    ),
    apis: model.apis.map((api) => ({
      ...api,
      routes: api.routes.filter(({ functionArn }) => isThere(functionArn)),
    })),
  };
}
