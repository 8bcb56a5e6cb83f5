import type { DatabaseCall } from '../support/memory-database.ts';
import type { Chance } from './chance.ts';
import type { Engine } from './engine.ts';
import type { Recorder } from './telemetry.ts';

/** As the SDK reports a service that is busy or does not answer. */
const serviceFault = (name: string): Error => Object.assign(new Error(name), { name, $metadata: {} });

/** Rules in force: one reading for all who ask at once. */
const SHARED = /^RULE/;

/**
 * What becomes of a call of the database. Before it: refused, or the function dies. After a commit: the function dies
 * with the effect in the table, or its answer is lost.
 */
export function createFaults(options: {
  engine: Engine;
  chance: Chance;
  onceIn: number;
  /** No faults any more from then on. */
  until: number;
  recorder: Recorder;
}) {
  const { chance, engine, onceIn, recorder } = options;

  function strike(call: DatabaseCall, moment: 'before' | 'after'): Promise<void> {
    // Who dies takes what many share in memory along; here all share one memory, so that such a reading fails.
    const dies = chance.oneIn(2) && !call.keys.some((key) => SHARED.test(key));
    recorder.note(`${dies ? 'killed' : 'failed'} ${moment} ${call.kind} ${call.keys.join(', ')}`);
    if (dies) return engine.die();
    throw serviceFault(moment === 'before' ? 'ThrottlingException' : 'TimeoutError');
  }

  return {
    gate: (call: DatabaseCall, moment: 'before' | 'after'): Promise<void> | undefined => {
      const stormy = onceIn > 0 && engine.now() < options.until;
      if (stormy && chance.oneIn(onceIn)) return strike(call, moment);
      return engine.gate();
    },
  };
}
