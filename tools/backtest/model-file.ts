import { existsSync, readFileSync } from 'node:fs';
import { type CompiledModel, compileCheckedModel } from '../../functions/screening/compile-model.ts';
import { checkModel } from '../../functions/screening/model.ts';
import type { RuleSet } from '../../functions/screening/rules.ts';
import { shippedModel } from '../detection/shipped-model.ts';
import { PlainError } from '../stage/plain-error.ts';
import { refusal } from './rule-file.ts';

/** Models by the version their file says. */
export type Models = ReadonlyMap<string, CompiledModel>;

/** Reads models, each checked as the running system checks one. */
export function readModels(files: readonly string[]): Models {
  const models = files.map((file) => readModel(file));
  return new Map(models.map((model) => [model.version, model]));
}

const shipped = shippedModel && compileCheckedModel(shippedModel);

function readModel(file: string): CompiledModel {
  if (!existsSync(file)) throw new PlainError(`--model ${file}: there is no such file`);
  const checked = checkModel(parsed(file));
  if (checked.kind === 'valid') return compileCheckedModel(checked.model);
  throw refusal(`--model ${file}`, checked.problems);
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new PlainError(`--model ${file}: is not JSON: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

/** The model a rule set names, given or shipped; undefined when it names none. One that is not at hand is said with what to do. */
export function modelOf(
  option: string,
  { version, model }: RuleSet,
  models: Models,
): CompiledModel | undefined {
  if (model === undefined) return undefined;
  const found = models.get(model.version) ?? (shipped?.version === model.version ? shipped : undefined);
  if (found !== undefined) return found;
  const given = models.size === 0 ? 'none was given' : `given: ${[...models.keys()].join(', ')}`;
  throw new PlainError(
    `${option}: rule set ${version} uses model ${model.version}, ${given}. Give its file: --model FILE`,
  );
}
