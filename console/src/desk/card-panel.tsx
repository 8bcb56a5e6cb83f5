import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, useState } from 'react';
import { cardActions } from './card-actions.ts';
import { CardState } from './card-state.tsx';
import { useWords } from './words.ts';
import type { WorkProps } from './workspace.tsx';

/** They come once somebody asks for them. */
const FreezeDialogue = lazy(async () => ({
  default: (await import('./freeze-dialogue.tsx')).FreezeDialogue,
}));
const UnfreezeDialogue = lazy(() => import('./unfreeze-dialogue.tsx'));

/** The card's state, with freeze and unfreeze always in sight. */
export function CardPanel(props: WorkProps) {
  const { whole, me, changed } = props;
  const words = useWords();
  const [asking, setAsking] = useState<'freeze' | 'lost' | 'unfreeze'>();
  const { card } = whole;
  const held = (card?.holds.length ?? 0) > 0;
  const offers = cardActions(card, me.may);
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={!offers.freeze} variant="primary" onClick={() => setAsking('freeze')}>
                {words.ticket.freeze}
              </Button>
              <Button disabled={!held || !me.may.includes('work')} onClick={() => setAsking('unfreeze')}>
                {words.ticket.unfreeze}
              </Button>
              <Button disabled={!offers.lost} onClick={() => setAsking('lost')}>
                {words.ticket.lost}
              </Button>
            </SpaceBetween>
          }
        >
          {words.ticket.card} {whole.ticket.lastFour}
        </Header>
      }
    >
      {card === undefined ? <Box>{words.ticket.cardNone}</Box> : <CardState card={card} />}
      {(asking === 'freeze' || asking === 'lost') && (
        <Suspense fallback={null}>
          <FreezeDialogue
            what={asking}
            cardToken={whole.ticket.cardToken}
            close={() => setAsking(undefined)}
            done={async () => {
              setAsking(undefined);
              await changed();
            }}
          />
        </Suspense>
      )}
      {asking === 'unfreeze' && (
        <Suspense fallback={null}>
          <UnfreezeDialogue {...props} close={() => setAsking(undefined)} />
        </Suspense>
      )}
    </Container>
  );
}
