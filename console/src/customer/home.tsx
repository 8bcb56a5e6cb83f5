import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Empty, Loaded } from '../shared/states.tsx';
import { AlertQuestion } from './alert-question.tsx';
import type { Alert, OwnCard } from './answers.ts';
import { CardPanel } from './card-panel.tsx';
import { useShown } from './live.tsx';
import { useWords } from './words.ts';

/** Whether a customer still has something to say or to do about it. */
export const isOpen = ({ status }: Alert): boolean =>
  status !== 'settled_fraud' && status !== 'settled_genuine';

/** What is asked, and the cards. */
export function Home() {
  const words = useWords();
  const cards = useShown('cards');
  const alerts = useShown('alerts').value ?? [];
  const { refresh } = cards;
  const holdersOf = ({ cardToken }: OwnCard) => {
    const held = alerts.filter((alert) => alert.cardToken === cardToken && alert.held);
    return {
      alert: held.find(isOpen),
      concluded: held.find(({ status }) => status === 'settled_fraud'),
    };
  };
  return (
    <Loaded live={cards}>
      {(own) => (
        <SpaceBetween size="l">
          {alerts.filter(isOpen).map((alert) => (
            <AlertQuestion key={alert.alertId} alert={alert} answered={refresh} />
          ))}
          <section aria-labelledby="cards">
            <SpaceBetween size="m">
              <Header variant="h2">
                <span id="cards">{words.card.heading}</span>
              </Header>
              {own.length === 0 && <Empty title={words.card.none} hint={words.card.noneHint} />}
              {own.map((card) => (
                <CardPanel key={card.cardToken} card={card} changed={refresh} {...holdersOf(card)} />
              ))}
            </SpaceBetween>
          </section>
        </SpaceBetween>
      )}
    </Loaded>
  );
}
