import { readFileSync } from 'node:fs';
import { checkModel, type Model } from '../../functions/screening/model.ts';

/**
 * The model of the public benchmark, trained on its weeks from 2018-05-01 to 06-26 (docs/detection.md has the command):
 * used as it is for every week whose delay begins after that. Its record says how it was made.
 */
export const shippedModel: Model = readShipped();

function readShipped(): Model {
  const file = new URL('./model.benchmark.json', import.meta.url);
  const checked = checkModel(JSON.parse(readFileSync(file, 'utf8')));
  if (checked.kind === 'invalid') throw new Error(`${file.pathname}: ${checked.problems.join('; ')}`);
  return checked.model;
}
