import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Card, Me } from './answers.ts';
import { cardActions } from './card-actions.ts';
import { CardState } from './card-state.tsx';
import { FreezeDialogue, type Frozen } from './freeze-dialogue.tsx';
import { ReportFor } from './report-for.tsx';
import { useWords } from './words.ts';

/** A card of whoever stands at the counter or calls, with or without a ticket: it can be held at once (D5). */
export function FoundCard({ card, me, held }: { card: Card; me: Me; held: (after: Frozen) => void }) {
  const words = useWords();
  const [asking, setAsking] = useState<'freeze' | 'lost'>();
  const offers = cardActions(card, me.may);
  return (
    <Container data-card={card.cardToken}>
      <SpaceBetween direction="horizontal" size="m" alignItems="center">
        <Box variant="strong">
          {words.ticket.card} {card.lastFour}
        </Box>
        <CardState card={card} />
        {offers.freeze && (
          <Button variant="primary" onClick={() => setAsking('freeze')}>
            {words.ticket.freeze}
          </Button>
        )}
        {offers.lost && <Button onClick={() => setAsking('lost')}>{words.ticket.lost}</Button>}
        {offers.report && <ReportFor cardToken={card.cardToken} />}
      </SpaceBetween>
      {asking !== undefined && (
        <FreezeDialogue
          what={asking}
          cardToken={card.cardToken}
          close={() => setAsking(undefined)}
          done={(after) => {
            setAsking(undefined);
            held(after);
          }}
        />
      )}
    </Container>
  );
}
