import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import type { Clock } from './answers.ts';
import { ClockBadge } from './clock-badge.tsx';
import { useWords } from './words.ts';

/** All clocks of the present cycle; those that ended say how. */
export function Clocks({ clocks }: { clocks: readonly Clock[] }) {
  const words = useWords();
  return (
    <Container>
      <section aria-label={words.ticket.clocks} className="clocks">
        {clocks.length === 0 ? (
          <Box color="text-body-secondary">{words.ticket.noClocks}</Box>
        ) : (
          clocks.map((clock) => <ClockBadge key={`${clock.leg} ${clock.from}`} clock={clock} />)
        )}
      </section>
    </Container>
  );
}
