import { isRecord } from '../../infra/local/front/json.ts';
import { findViolations } from '../support/invariants.ts';
import {
  type CallsOfFlow,
  COLD_READERS,
  isKept,
  RECOVER_SECONDS,
  recordCalls,
  SWEEP_QUERY,
} from './calls-of-flow.ts';
import { type Cell, newCell } from './cells.ts';
import { differences, type EndState, endStates } from './end-state.ts';
import type { Scene } from './scene.ts';
import type { Flow } from './steps.ts';
import { isOfUnknownFate, mayLeaveDoubt } from './unknown-fate.ts';
import { createStriker, runWave, type Strike } from './wave.ts';
import { worldOf } from './world-of-cells.ts';

export interface CellResult {
  readonly strike: Strike;
  /** Empty: green. */
  readonly problems: readonly string[];
}

/** Waves of this many cells keep queues and workers busy and a failure readable. */
const CELLS_AT_ONCE = 40;
/** One after another takes a second of simulated time each; all of them act well before the next sweep. */
const KILLS_AT_ONCE = 12;
interface Wave {
  readonly strikes: readonly Strike[];
  readonly oneByOne?: true;
  /** The strike is at a call that belongs to nobody, or would take others along: its cell is alone. */
  readonly alone?: true;
}

/** Which cells run together: kills one after another, hangs together (they wait in real time), the rest at once. */
export function wavesOf(flow: Flow, strikes: readonly Strike[]): readonly Wave[] {
  const shared = ({ call }: Strike) =>
    call === SWEEP_QUERY || isKept(call) || flow.nameless?.includes(call) === true;
  const isAlone = (strike: Strike) =>
    flow.alone === true ||
    shared(strike) ||
    (strike.kind === 'kill-after' && (flow.bySweep ?? []).includes(strike.functionName));
  const kills = strikes.filter((strike) => strike.kind === 'kill-after' && !isAlone(strike));
  const hangs = strikes.filter((strike) => strike.kind === 'hang' && !isAlone(strike));
  const others = strikes.filter(
    (strike) => !isAlone(strike) && !kills.includes(strike) && !hangs.includes(strike),
  );
  return [
    ...batches(others).map((part): Wave => ({ strikes: part })),
    ...batches(hangs).map((part): Wave => ({ strikes: part })),
    ...batches(kills, KILLS_AT_ONCE).map((part): Wave => ({ strikes: part, oneByOne: true })),
    ...strikes.filter(isAlone).map((strike): Wave => ({ strikes: [strike], alone: true })),
  ];
}

function batches(strikes: readonly Strike[], most = CELLS_AT_ONCE): readonly (readonly Strike[])[] {
  const count = Math.ceil(strikes.length / most);
  return Array.from({ length: count }, (_, index) => strikes.slice(index * most, (index + 1) * most));
}

/** One flow on one stack: its undisturbed run, and its cells beside it. */
export interface Bench {
  /** Runs the flow for one cell that nothing strikes; its calls and how it ends. */
  undisturbed(start?: 'cold' | 'warm'): Promise<{ calls: CallsOfFlow; end: EndState }>;
  /** Runs one wave; each of its cells is judged by one that nothing struck. */
  judge(wave: Wave, alone: EndState, tries?: number): Promise<readonly CellResult[]>;
}

/** Cells are numbered from `after` on: where flows follow each other on one stack, none meets another's phone. */
export function createBench(scene: Scene, flow: Flow, after = 0): Bench {
  const striker = createStriker(scene);
  let number = after;
  const nextCell = (): Cell => {
    number += 1;
    return newCell(number);
  };

  async function ends(cells: readonly Cell[]) {
    const world = await worldOf(scene, cells);
    const faults = findViolations(world).map(({ rule, at, says }) => ({
      mark: striker.finder.markIn(at) ?? striker.finder.markIn(says),
      text: `${rule} ${says} (${at})`,
    }));
    const states = endStates(scene, striker.finder, cells, world.tables);
    return {
      stateOf: (cell: Cell) => states.get(cell.mark) ?? {},
      // What nobody owns is told to everybody.
      faultsOf: ({ mark }: Cell) =>
        faults.filter((fault) => fault.mark === undefined || fault.mark === mark).map(({ text }) => text),
    };
  }

  return {
    async undisturbed(start = 'cold') {
      const cell = nextCell();
      const calls = await recordCalls(scene, striker, flow, cell, start);
      const { stateOf, faultsOf } = await ends([cell]);
      const faults = faultsOf(cell);
      if (faults.length > 0) throw new Error(`undisturbed: ${faults.join('; ')}`);
      // A flow that is refused halfway would be struck at the calls of its refusal, and prove nothing.
      const refused = cell.answers.filter(({ status }) => status >= 400);
      if (refused.length > 0 && !flow.isRefused) throw new Error(`refused: ${JSON.stringify(refused)}`);
      if (flow.alone) await striker.clearStage();
      return { calls, end: stateOf(cell) };
    },
    async judge(wave, alone, tries = 3) {
      const struck = wave.strikes.map((strike) => ({ strike, cell: nextCell() }));
      const cells = struck.map(({ cell }) => cell);
      const control = wave.alone ? undefined : nextCell();
      if (control !== undefined) cells.unshift(control);
      await runWave(scene, striker, {
        flow,
        cells,
        aims: new Map(struck.map(({ strike, cell }) => [cell.mark, strike])),
        oneByOne: wave.oneByOne,
        ownsAll: wave.alone && cells[0]?.mark,
        cold: isKept(wave.strikes[0]?.call ?? '') ? COLD_READERS : [],
        recoverSeconds: RECOVER_SECONDS,
      });
      const { stateOf, faultsOf } = await ends(cells);
      await striker.clearStage();
      const expected = control === undefined ? alone : stateOf(control);
      // On a busy machine a call that nothing struck may run out of time: such a control proves nothing.
      if (tries > 1 && isInDoubt(expected) && !isInDoubt(alone)) return this.judge(wave, alone, tries - 1);
      return struck.map(({ strike, cell }) => ({
        strike,
        problems: [
          ...(striker.struck(cell.mark) === 0 && !flow.raced ? ['was never struck'] : []),
          ...faultsOf(cell),
          ...judge(strike, expected, stateOf(cell)),
        ],
      }));
    },
  };
}

const isInDoubt = (end: EndState): boolean =>
  Object.values(end).some((item) => isRecord(item) && item.outcome === 'unknown');

function judge(strike: Strike, expected: EndState, actual: EndState): readonly string[] {
  const found = differences(expected, actual);
  if (found.length === 0) return [];
  if (mayLeaveDoubt(strike) && isOfUnknownFate(expected, actual)) return [];
  return found;
}
