import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type CallsOfFlow, recordCalls } from './calls-of-flow.ts';
import { newCell } from './cells.ts';
import { expectedCalls } from './expected-calls.ts';
import { flows } from './flows.ts';
import { startScene } from './scene.ts';
import { createStriker } from './wave.ts';

/**
 * Writes down anew which AWS calls every flow makes: `npx node test/crash/update-expected-calls.ts`, or those of the
 * flows whose names are given. Read the difference before you commit it: every line is a call that costs money, may
 * fail, and is struck by the matrix.
 */
const wanted = new Set(process.argv.slice(2));
const known = (name: string) => (wanted.size === 0 ? undefined : expectedCalls[name]);
const recorded: Record<string, CallsOfFlow> = {};
for (const [index, flow] of flows.entries()) {
  const before = known(flow.name);
  if (before !== undefined && !wanted.has(flow.name)) {
    recorded[flow.name] = before;
    continue;
  }
  const scene = await startScene(flow);
  recorded[flow.name] = await recordCalls(scene, createStriker(scene), flow, newCell(index + 1));
  await scene.stack.stop();
  process.stderr.write(`${flow.name}\n`);
}
const text = `import type { CallsOfFlow } from './calls-of-flow.ts';

/**
 * The AWS calls of every flow, by function, in order (neighbouring reads alphabetically). Written by
 * update-expected-calls.ts, read and agreed to by people: a new or missing call fails the tests.
 */
export const expectedCalls: Readonly<Record<string, CallsOfFlow>> = ${JSON.stringify(recorded, undefined, 2)};
`;
writeFileSync(fileURLToPath(new URL('expected-calls.ts', import.meta.url)), text);
