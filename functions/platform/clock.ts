/** The place where a host that runs the whole system under its own clock leaves it (epoch milliseconds). */
const INJECTED = Symbol.for('cardguard.clock');

/** The clock of a composition root: the host's own one where it has one, the machine's otherwise. */
export function systemClock(): () => Date {
  const host: unknown = Reflect.get(globalThis, INJECTED);
  return typeof host === 'function' ? () => new Date(Number(host())) : () => new Date();
}
