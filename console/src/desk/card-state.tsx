import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Card } from './answers.ts';
import { useWords } from './words.ts';

/** Whether a card is frozen, and what holds it. */
export function CardState({ card }: { card: Card }) {
  const words = useWords();
  const type = card.state === 'active' ? 'success' : card.state === 'freezing' ? 'in-progress' : 'stopped';
  return (
    <SpaceBetween size="xs" direction="horizontal">
      <StatusIndicator type={type}>{words.ticket.states[card.state]}</StatusIndicator>
      <Box color="text-body-secondary">{card.holds.map((hold) => words.ticket.holds[hold]).join(' · ')}</Box>
    </SpaceBetween>
  );
}
