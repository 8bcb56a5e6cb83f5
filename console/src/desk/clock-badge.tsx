import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { countdown } from '../shared/format.ts';
import { useNow } from '../shared/use-now.ts';
import type { Clock } from './answers.ts';
import { useWords } from './words.ts';

const look: Readonly<Record<Clock['state'], StatusIndicatorProps.Type>> = {
  running: 'in-progress',
  paused: 'pending',
  overdue: 'error',
  met: 'success',
  missed: 'warning',
  moot: 'stopped',
};

export const isRunning = ({ state }: Clock): boolean => state === 'running' || state === 'overdue';

/** The clock that falls due next of those that run. */
export function nextDue(clocks: readonly Clock[]): Clock | undefined {
  return clocks
    .filter((clock) => isRunning(clock) && clock.dueAt !== undefined)
    .toSorted((a, b) => (a.dueAt ?? '').localeCompare(b.dueAt ?? ''))[0];
}

/** What is promised, and how much time is left, counted here second by second. */
export function ClockBadge({ clock }: { clock: Clock }) {
  const words = useWords();
  const now = useNow();
  const { leg, state, dueAt, warnAt } = clock;
  const left = dueAt === undefined ? undefined : Date.parse(dueAt) - now;
  const late = left !== undefined && left < 0 && isRunning(clock);
  const warned = warnAt !== undefined && Date.parse(warnAt) < now;
  const type = late ? 'error' : state === 'running' && warned ? 'warning' : look[state];
  const time =
    left === undefined ? words.clockStates[state] : words[late ? 'over' : 'left'](countdown(Math.abs(left)));
  return (
    <StatusIndicator type={type}>
      {words.legs[leg]}: <span className="digits">{isRunning(clock) ? time : words.clockStates[state]}</span>
    </StatusIndicator>
  );
}
