import Box from '@cloudscape-design/components/box';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { usePage } from '../shared/page.tsx';
import type { Whole } from './answers.ts';
import { entryText } from './entry-words.ts';
import { lastEnd, stateOf } from './own-call.ts';
import { useWords } from './words.ts';

const types: Readonly<Record<ReturnType<typeof stateOf>, StatusIndicatorProps.Type>> = {
  dialling: 'pending',
  ringing: 'in-progress',
  connected: 'success',
  unknown: 'warning',
};

/** How the call that the contact centre dials stands, as it tells it. */
export function CallState({ whole }: { whole: Whole }) {
  const words = useWords();
  const state = stateOf(whole);
  return (
    <div aria-live="polite">
      <StatusIndicator type={types[state]}>{words.call.states[state]}</StatusIndicator>
    </div>
  );
}

/** How the last call ended, and why it could not be dialled, where it could not. */
export function LastCall({ whole }: { whole: Whole }) {
  const { language } = usePage();
  const end = lastEnd(whole);
  if (end === undefined) return null;
  return <Box color="text-body-secondary">{entryText(end, language)}</Box>;
}
