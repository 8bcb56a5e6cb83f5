import type { Cell } from './cells.ts';
import { hasNoOrder } from './describe-call.ts';
import type { Scene } from './scene.ts';
import type { Flow } from './steps.ts';
import { runWave, type SeenCall, type Striker } from './wave.ts';

/** By function, its calls in order. */
export type CallsOfFlow = Readonly<Record<string, readonly string[]>>;

/** Long enough for leases (2 min), kicks and late sweeps, short of a second notice (5 min). */
export const RECOVER_SECONDS = 200;
/** Read keys, or rules, once per environment and keep them for a while: cold, so that the reading is seen. */
export const COLD_READERS = [
  'screen-transactions',
  'record-customers',
  'receive-sms-replies',
  'send-sms',
  'verification-api',
  'agent-api',
  'answer-calls',
] as const;
/** What is read for whoever comes: keys of phones and codes, the rules in force. */
export const isKept = (call: string): boolean =>
  call.startsWith('secretsmanager') || call === 'GetItem Cards RULESET/STATE';
/** A sweep's own queries: sixteen alike, for every shard of what is due, in every sweep. */
export const SWEEP_QUERY = 'Query Cases gsi1 DUE';

/** Runs the flow undisturbed, alone, and notes what it called. Warm functions keep what `isKept`: it is left out. */
export async function recordCalls(
  scene: Scene,
  striker: Striker,
  flow: Flow,
  cell: Cell,
  start: 'cold' | 'warm' = 'cold',
): Promise<CallsOfFlow> {
  const seen = await runWave(scene, striker, {
    flow,
    cells: [cell],
    aims: new Map(),
    cold: start === 'cold' ? COLD_READERS : [],
    recoverSeconds: RECOVER_SECONDS,
  });
  const own = seen.filter(
    ({ mark, call }) => (mark === undefined || mark === cell.mark) && (start === 'cold' || !isKept(call)),
  );
  const functions = [...new Set(own.map(({ functionName }) => functionName))].sort();
  const sideBySide = severalEffects(own);
  return Object.fromEntries(
    functions.map((name) => [name, ordered(own, name, flow.unordered === true || sideBySide.includes(name))]),
  );
}

const WORKERS_BY_QUEUE = {
  PublishQueue: 'publish-events',
  SmsQueue: 'send-sms',
  EmailQueue: 'send-email',
  DialQueue: 'dial-calls',
} as const;

/** Functions that were given several effects: they may work on them side by side, in any order. */
function severalEffects(seen: readonly SeenCall[]): readonly string[] {
  return Object.entries(WORKERS_BY_QUEUE).flatMap(([queue, worker]) => {
    const given = seen.filter(
      ({ functionName, call }) => functionName === 'route-effects' && call === `SendMessage ${queue}`,
    );
    return given.length > 1 ? [worker] : [];
  });
}

function ordered(seen: readonly SeenCall[], functionName: string, unordered: boolean): readonly string[] {
  const calls = seen.filter((one) => one.functionName === functionName).map(({ call }) => call);
  const distinct = calls.filter((call, index) => call !== SWEEP_QUERY || calls.indexOf(call) === index);
  return unordered ? distinct.sort() : inOrder(distinct);
}

/** Reads that follow each other may run side by side, and so may messages: put into alphabetical order. */
function inOrder(calls: readonly string[]): readonly string[] {
  const runs: string[][] = [];
  for (const call of calls) {
    const run = runs.at(-1);
    if (run !== undefined && hasNoOrder(call) && hasNoOrder(run[0] ?? '')) run.push(call);
    else runs.push([call]);
  }
  return runs.flatMap((run) => run.sort());
}

/** Without what functions read once and keep. */
export const warm = (calls: CallsOfFlow): CallsOfFlow =>
  Object.fromEntries(
    Object.entries(calls)
      .map(([name, made]) => [name, inOrder(made.filter((call) => !isKept(call)))] as const)
      .filter(([, made]) => made.length > 0),
  );

/** What is new and what is gone, in words; empty when nothing is. */
export function callDifferences(expected: CallsOfFlow, actual: CallsOfFlow): readonly string[] {
  return [...new Set([...Object.keys(expected), ...Object.keys(actual)])].flatMap((name) => {
    const [before, after] = [expected[name] ?? [], actual[name] ?? []];
    if (before.join('\n') === after.join('\n')) return [];
    const gone = without(before, after).map((call) => `${name} no longer calls ${call}`);
    const added = without(after, before).map((call) => `${name} now calls ${call}`);
    const moved =
      gone.length + added.length === 0 ? [`${name} calls in another order: ${after.join('; ')}`] : [];
    return [...gone, ...added, ...moved];
  });
}

function without(all: readonly string[], taken: readonly string[]): readonly string[] {
  const rest = [...taken];
  return all.filter((call) => {
    const index = rest.indexOf(call);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}
