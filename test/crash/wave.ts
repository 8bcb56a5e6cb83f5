import type { FaultableCall, FaultKind } from '../../infra/local/front/faults.ts';
import type { Cell } from './cells.ts';
import { describeCall } from './describe-call.ts';
import { type CellFinder, createCellFinder } from './find-cell.ts';
import { NIGHT, type Scene } from './scene.ts';
import type { Flow, Step } from './steps.ts';

/** The one fault of a cell: the nth such call of this function on the cell's behalf, counted from `act` on. */
export interface Strike {
  readonly functionName: string;
  readonly call: string;
  readonly nth: number;
  readonly kind: FaultKind;
}

const KINDS = ['refuse-before', 'kill-after', 'lose-answer', 'hang', 'throttle', 'conflict'] as const;

/** A refusal and a throttle hold for both tries of the SDK: the code sees the call fail. The others strike once. */
const BOTH_TRIES: ReadonlySet<FaultKind> = new Set(['refuse-before', 'throttle']);

/** Dozens of cells on a busy machine come to rest within seconds, hanging ones included. */
const SETTLE_TIMEOUT_MS = 120_000;

export interface SeenCall {
  readonly functionName: string;
  readonly call: string;
  /** Of the cell it was made for; undefined for what belongs to nobody (the sweep's queries, the phone keys). */
  readonly mark: string | undefined;
}

/** Watches every call of the functions, and strikes those that were aimed at. */
export interface Striker {
  readonly finder: CellFinder;
  arm(aims: ReadonlyMap<string, Strike | undefined>, options?: { ownsAll?: string }): void;
  disarm(): void;
  /** Empties the stack: what earlier cells still wait for would only be in the way. */
  clearStage(): Promise<void>;
  struck(mark: string): number;
  /** Calls since `arm`, first tries only, in the order they came in. */
  readonly seen: readonly SeenCall[];
}

export function createStriker({ stack }: Pick<Scene, 'stack'>): Striker {
  const finder = createCellFinder();
  let aims: ReadonlyMap<string, Strike | undefined> | undefined;
  let owner: string | undefined;
  let seen: SeenCall[] = [];
  const counts = new Map<string, number>();
  const hits = new Map<string, number>();
  const verdicts = new WeakMap<FaultableCall, FaultKind>();

  function look(call: FaultableCall): void {
    const { functionName, identity } = call;
    // Pollers call under the function's role as well; they are no part of it.
    if (functionName === undefined || identity.invocationId !== undefined || identity.kind !== 'role') return;
    // Under the role as well, but the sender's own: a signed address that is followed.
    if (call.service === 's3' && call.action === 'PutObject') return;
    const mark = finder.markOf(call) ?? owner;
    if (aims === undefined) return;
    const name = functionName.replace(/^cardguard-local-/, '');
    const made: SeenCall = { functionName: name, call: describeCall(call), mark };
    if (call.attempt === 1) seen.push(made);
    if (mark !== undefined) strike(call, made, mark, aims.get(mark));
  }

  function strike(call: FaultableCall, made: SeenCall, mark: string, aim: Strike | undefined): void {
    const key = `${mark} ${made.functionName} ${made.call}`;
    const nth = (counts.get(key) ?? 0) + (call.attempt === 1 ? 1 : 0);
    counts.set(key, nth);
    if (aim === undefined || aim.nth !== nth || !isAimedAt(aim, made)) return;
    const hit = hits.get(mark) ?? 0;
    // A refusal that holds strikes the first try and the SDK's second one.
    if (call.attempt !== hit + 1 || hit >= (BOTH_TRIES.has(aim.kind) ? 2 : 1)) return;
    hits.set(mark, hit + 1);
    verdicts.set(call, aim.kind);
  }

  // Faults are asked in the order they were added: the watcher comes first and never strikes itself.
  const watch = (call: FaultableCall) => {
    look(call);
    return false;
  };
  const attach = () => {
    stack.front.faults.add({ kind: 'refuse-before', match: watch });
    for (const kind of KINDS) {
      const match = (call: FaultableCall) => verdicts.get(call) === kind;
      stack.front.faults.add({ kind, match, times: Number.POSITIVE_INFINITY });
    }
  };
  attach();

  return {
    finder,
    async clearStage() {
      await stack.reset();
      attach();
    },
    arm(given, options = {}) {
      aims = given;
      owner = options.ownsAll;
      seen = [];
      counts.clear();
      hits.clear();
    },
    disarm() {
      aims = undefined;
      owner = undefined;
    },
    struck: (mark) => hits.get(mark) ?? 0,
    get seen() {
      return seen;
    },
  };
}

const isAimedAt = (aim: Strike, made: SeenCall): boolean =>
  aim.functionName === made.functionName && aim.call === made.call;

export interface WaveOptions {
  readonly flow: Flow;
  readonly cells: readonly Cell[];
  readonly aims: ReadonlyMap<string, Strike | undefined>;
  /** Each cell acts when the one before it has come to rest: a killed function takes nobody else's work along. */
  readonly oneByOne?: boolean;
  /** Calls that belong to nobody count as this cell's. */
  readonly ownsAll?: string;
  /** Functions that start cold, so that they read the phone keys again. */
  readonly cold?: readonly string[];
  readonly recoverSeconds: number;
}

/** The sweep runs on the minute: a wave that starts on one sees the same sweeps as every other. */
async function untilMinute({ stack, clock }: Scene): Promise<void> {
  const late = (clock.now() - NIGHT) % 60_000;
  if (late > 0) await stack.advance(60_000 - late);
}

/** Runs the flow for all cells in step, strikes where aimed, and gives the system time to recover by itself; the calls of `act`. */
export async function runWave(
  scene: Scene,
  striker: Striker,
  wave: WaveOptions,
): Promise<readonly SeenCall[]> {
  const { flow, cells } = wave;
  for (const cell of cells) striker.finder.register(cell);
  await untilMinute(scene);
  for (const step of flow.before) await runStep(scene, step, cells, false);
  for (const name of wave.cold ?? []) await scene.stack.kill(name);
  striker.arm(wave.aims, { ownsAll: wave.ownsAll });
  for (const step of flow.act) await runStep(scene, step, cells, wave.oneByOne ?? false);
  const seen = [...striker.seen];
  await scene.stack.advance(wave.recoverSeconds * 1000);
  striker.disarm();
  return seen;
}

async function runStep(scene: Scene, step: Step, cells: readonly Cell[], oneByOne: boolean): Promise<void> {
  const { stack } = scene;
  const { does } = step;
  if (does !== undefined && oneByOne) {
    for (const cell of cells) {
      await does(scene, cell);
      await stack.settle({ timeoutMs: SETTLE_TIMEOUT_MS });
      // What falls due later then falls due one by one as well.
      if (cells.length > 1) await stack.advance(1_000);
    }
  } else if (does !== undefined) {
    await Promise.all(cells.map((cell) => does(scene, cell)));
    await stack.settle({ timeoutMs: SETTLE_TIMEOUT_MS });
  }
  if (step.passSeconds !== undefined) await stack.advance(step.passSeconds * 1000);
}
