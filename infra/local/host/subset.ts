import type { LocalModel } from '../model.ts';

/** The model with some of its functions only, and nothing that would call the others. */
export function subsetOf(model: LocalModel, names: readonly string[] | undefined): LocalModel {
  if (names === undefined) return model;
  const functions = model.functions.filter(({ name }) => names.some((wanted) => isCalled(name, wanted)));
  mustExist(functions, names);
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
    logSubscriptions: model.logSubscriptions?.filter(({ functionArn }) => isThere(functionArn)),
    apis: model.apis.map((api) => ({
      ...api,
      routes: api.routes.filter(({ functionArn }) => isThere(functionArn)),
    })),
  };
}

/** The model without its schedules: what they call is called by hand. */
export function withoutSchedules(model: LocalModel): LocalModel {
  return {
    ...model,
    rules: model.rules.filter(({ scheduleExpression }) => scheduleExpression === undefined),
  };
}

const isCalled = (name: string, wanted: string): boolean => name === wanted || name.endsWith(`-${wanted}`);

function mustExist(functions: LocalModel['functions'], names: readonly string[]): void {
  const missing = names.filter((wanted) => !functions.some(({ name }) => isCalled(name, wanted)));
  if (missing.length > 0) throw new Error(`no function ${missing.join(', ')} in the templates`);
}

/** The model with other values of variables that its functions have already. */
export function withEnvironment(
  model: LocalModel,
  over: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): LocalModel {
  mustExist(model.functions, Object.keys(over));
  const functions = model.functions.map((definition) => {
    const given = Object.entries(over).filter(([wanted]) => isCalled(definition.name, wanted));
    const values = Object.assign({}, ...given.map(([, variables]) => variables)) as Record<string, string>;
    const unknown = Object.keys(values).filter((name) => !(name in definition.environment));
    if (unknown.length > 0) throw new Error(`${definition.name} knows no ${unknown.join(', ')}`);
    return { ...definition, environment: { ...definition.environment, ...values } };
  });
  return { ...model, functions };
}
