import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPeople, SAMPLE_FOLDER } from '../infra/local/start/sample.ts';
import { SAMPLE_SEED, sampleNight } from './generator/sample-night.ts';

/**
 * Writes the history and the night of tools/sample-night out of the people there; a test fails when the files are
 * behind. `npx node tools/write-sample-night.ts`
 */
const { history, night } = sampleNight(readPeople(), SAMPLE_SEED);
for (const [name, lines] of Object.entries({ history, night })) {
  const file = join(SAMPLE_FOLDER, `${name}.jsonl`);
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  console.log(`wrote ${file}: ${lines.length} events`);
}
