import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { usePage } from '../shared/page.tsx';
import { deskDisputeWords as say } from './dispute-words.ts';
import { FoundCard } from './found-card.tsx';
import type { WorkProps } from './workspace.tsx';

/** Cards of tickets that were merged into this one: their incident goes on here (D2). */
export default function OtherCards({ whole, me, changed }: WorkProps) {
  const { language } = usePage();
  return (
    <SpaceBetween size="s">
      <Header variant="h2">{say.otherCards[language]}</Header>
      {whole.otherCards.map((card) => (
        <FoundCard key={card.cardToken} card={card} me={me} held={() => void changed()} />
      ))}
    </SpaceBetween>
  );
}
