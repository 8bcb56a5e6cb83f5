import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { countdown } from '../shared/format.ts';
import type { Language } from '../shared/language.ts';
import { usePage } from '../shared/page.tsx';
import { useNow } from '../shared/use-now.ts';
import type { Clock } from './answers.ts';
import { useWords } from './words.ts';

const look: Readonly<Record<Clock['state'], StatusIndicatorProps.Type>> = {
  running: 'in-progress',
  paused: 'pending',
  overdue: 'error',
  met: 'success',
  missed: 'error',
  moot: 'stopped',
};

export const isRunning = ({ state }: Clock): boolean => state === 'running' || state === 'overdue';

/** The clock that falls due next of those that run. */
export function nextDue(clocks: readonly Clock[]): Clock | undefined {
  return (
    clocks
      // An acknowledgement is the machine's to send: nobody who works the queue can stop its clock.
      .filter((clock) => isRunning(clock) && clock.dueAt !== undefined && clock.leg !== 'ACK')
      .toSorted((a, b) => (a.dueAt ?? '').localeCompare(b.dueAt ?? ''))[0]
  );
}

/** From here on nobody counts the seconds. */
const DAYS_FROM_MS = 48 * 3_600_000;
const daysIn: Readonly<Record<Language, (days: number, hours: number) => string>> = {
  'zh-CN': (days, hours) => `${days} 天 ${hours} 小时`,
  en: (days, hours) => `${days} d ${hours} h`,
};

function span(milliseconds: number, language: Language): string {
  if (milliseconds < DAYS_FROM_MS) return countdown(milliseconds);
  const hours = Math.floor(milliseconds / 3_600_000);
  return daysIn[language](Math.floor(hours / 24), hours % 24);
}

/** What is promised, and how much time is left, counted here second by second. */
export function ClockBadge({ clock }: { clock: Clock }) {
  const words = useWords();
  const now = useNow();
  const { language } = usePage();
  const { leg, state, dueAt, warnAt } = clock;
  const left = dueAt === undefined ? undefined : Date.parse(dueAt) - now;
  const late = left !== undefined && left < 0 && isRunning(clock);
  const warned = warnAt !== undefined && Date.parse(warnAt) < now;
  const type = late ? 'error' : state === 'running' && warned ? 'warning' : look[state];
  const time =
    left === undefined
      ? words.clockStates[state]
      : words[late ? 'over' : 'left'](span(Math.abs(left), language));
  return (
    <StatusIndicator type={type}>
      {words.legs[leg]}
      {words.colon}
      <span className="digits whole">{isRunning(clock) ? time : words.clockStates[state]}</span>
    </StatusIndicator>
  );
}
