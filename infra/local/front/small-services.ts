import type { LocalModel } from '../model.ts';
import type { AwsCall, Service } from './aws-call.ts';
import { AwsError, unknownAction } from './aws-error.ts';
import { isRecord, type Json, listOf, textOf } from './json.ts';

/** STS: who am I. Everyone may ask. */
export function createSts(model: LocalModel): Service {
  return {
    plan(call) {
      if (call.action !== 'GetCallerIdentity') throw unknownAction('sts', call.action);
      return { needs: [], resources: [] };
    },
    handle: ({ identity }) => ({
      output: { Arn: identity.shownArn, UserId: identity.name, Account: model.account },
    }),
  };
}

/** SSM: the parameters the stacks are joined by. */
export function createSsm(model: LocalModel, parameters: Readonly<Record<string, string>>): Service {
  const arnOf = (name: string) =>
    `arn:aws:ssm:${model.region}:${model.account}:parameter/${name.replace(/^\//, '')}`;
  const parameter = (Name: string): Json => ({
    Name,
    Type: 'String',
    Value: parameters[Name],
    Version: 1,
    ARN: arnOf(Name),
    DataType: 'text',
  });
  const namesOf = ({ action, input }: AwsCall): string[] => {
    if (action === 'GetParameter') return [textOf(input.Name) ?? ''];
    if (action === 'GetParameters') return listOf(input.Names).map(String);
    if (action === 'GetParametersByPath') {
      const path = `${(textOf(input.Path) ?? '').replace(/\/$/, '')}/`;
      return Object.keys(parameters).filter((name) => name.startsWith(path));
    }
    throw unknownAction('ssm', action);
  };
  return {
    plan: (call) => ({
      needs: namesOf(call).map((name) => ({ action: `ssm:${call.action}`, resource: arnOf(name) })),
      resources: namesOf(call),
    }),
    handle(call) {
      const names = namesOf(call);
      const [missing] = names.filter((name) => parameters[name] === undefined);
      if (call.action === 'GetParameter') {
        if (missing !== undefined)
          throw new AwsError({ code: 'ParameterNotFound', message: `No parameter ${missing}` });
        return { output: { Parameter: parameter(names[0] ?? '') } };
      }
      const found = names.filter((name) => parameters[name] !== undefined);
      const InvalidParameters = names.filter((name) => parameters[name] === undefined);
      return { output: { Parameters: found.map(parameter), InvalidParameters } };
    },
  };
}

/** CloudFormation: the outputs of the stacks, for tools that look them up there. */
export function createCloudFormation(model: LocalModel): Service {
  const stacks = new Map<string, Json[]>();
  for (const [path, OutputValue] of Object.entries(model.outputs)) {
    const dot = path.indexOf('.');
    const stack = path.slice(0, dot);
    const outputs = stacks.get(stack) ?? [];
    stacks.set(stack, outputs);
    outputs.push({ OutputKey: path.slice(dot + 1), OutputValue });
  }
  const arnOf = (name: string) =>
    `arn:aws:cloudformation:${model.region}:${model.account}:stack/${name}/local`;
  return {
    plan(call) {
      if (call.action !== 'DescribeStacks') throw unknownAction('cloudformation', call.action);
      const name = textOf(call.input.StackName);
      const resource = name ? arnOf(name) : '*';
      return {
        needs: [{ action: 'cloudformation:DescribeStacks', resource }],
        resources: name ? [name] : [],
      };
    },
    handle({ input }) {
      const wanted = textOf(input.StackName);
      const Stacks = [...stacks]
        .filter(([name]) => wanted === undefined || name === wanted || arnOf(name) === wanted)
        .map(([StackName, Outputs]) => ({
          StackName,
          StackId: arnOf(StackName),
          StackStatus: 'CREATE_COMPLETE',
          CreationTime: '2026-01-01T00:00:00Z',
          Outputs: Outputs.filter(isRecord),
        }));
      if (wanted !== undefined && Stacks.length === 0)
        throw new AwsError({
          code: 'ValidationError',
          message: `Stack with id ${wanted} does not exist. Stacks with outputs: ${[...stacks.keys()].join(', ')}`,
        });
      return { output: { Stacks } };
    },
  };
}
