import AlertBox from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { moment } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { go } from '../shared/use-hash.ts';
import type { Alert, OwnCard } from './answers.ts';
import { provenWords } from './proven-words.ts';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

const indicator: Readonly<Record<OwnCard['state'], StatusIndicatorProps.Type>> = {
  active: 'success',
  freezing: 'in-progress',
  frozen: 'stopped',
  closed: 'stopped',
};

interface CardProps {
  readonly card: OwnCard;
  /** What holds it and still waits for an answer or a proof. */
  readonly alert?: Alert;
  /** What holds it and was said to be fraud. */
  readonly concluded?: Alert;
  readonly changed: () => Promise<void>;
}

/** One card: its state, what stands on it, what works meanwhile, and what its customer can do. */
export function CardPanel(props: CardProps) {
  const { card } = props;
  const words = useWords();
  const { time } = usePage();
  const held = card.state === 'freezing' || card.state === 'frozen';
  return (
    <Container
      header={
        <Header
          variant="h3"
          actions={
            <StatusIndicator type={indicator[card.state]}>{words.card.states[card.state]}</StatusIndicator>
          }
        >
          {words.endsIn(card.lastFour)}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {card.state === 'closed' && <Box color="text-body-secondary">{words.card.closed}</Box>}
        {card.role === 'account_owner' && <Box color="text-body-secondary">{words.card.owner}</Box>}
        {held && (
          <div>
            {card.holds.map((hold) => (
              <Box key={hold}>{words.card.holds[hold]}</Box>
            ))}
            <Box color="text-body-secondary">
              {card.state === 'freezing' && words.card.freezing}
              {card.state === 'frozen' &&
                card.frozenSince !== undefined &&
                words.card.since(moment(card.frozenSince, time))}
            </Box>
            <Box margin={{ top: 's' }}>
              <ul className="plain">
                <li>{words.card.stillWorks}</li>
                <li>{words.card.stopped}</li>
              </ul>
            </Box>
          </div>
        )}
        <Actions {...props} />
      </SpaceBetween>
    </Container>
  );
}

function Actions(props: CardProps) {
  const { card, alert, changed } = props;
  const words = useWords();
  const { language } = usePage();
  const api = useApi();
  const [told, setTold] = useState<string>();
  const [asking, setAsking] = useState(false);
  const parts = { cardToken: card.cardToken };
  const freeze = useAction(
    () => api.call(routes.freezeCard, { parts }),
    async () => {
      setTold(words.card.frozenNow);
      await changed();
    },
  );
  const lost = useAction(
    () => api.call(routes.reportLost, { parts }),
    async ({ ticket }) => {
      setAsking(false);
      setTold(ticket === undefined ? words.card.ticketOpened : words.card.frozenNow);
      await changed();
      if (ticket !== undefined) go(`#/ticket/${ticket.number}`);
    },
  );
  if (card.state === 'closed') return null;
  const isOwn = card.role === 'cardholder';
  const hint = unfreezeHint(card, alert, props.concluded);
  const shown = told !== undefined && card.holds.length > 0 ? told : undefined;
  return (
    <SpaceBetween size="s">
      {shown !== undefined && <AlertBox type="success">{shown}</AlertBox>}
      {freeze.problem !== undefined && <Refused problem={freeze.problem} />}
      <div className="answers">
        {card.holds.length === 0 && (
          <Button
            variant="primary"
            iconName="lock-private"
            loading={freeze.busy}
            onClick={() => void freeze.run()}
          >
            {words.card.freeze}
          </Button>
        )}
        {card.holds.length > 0 && hint === undefined && (
          <Button href={`#/verify/${card.cardToken}${alert === undefined ? '' : `/${alert.alertId}`}`}>
            {words.card.unfreeze}
          </Button>
        )}
        {isOwn && <Button href={`#/report/${card.cardToken}`}>{words.card.report}</Button>}
        {isOwn && (card.holds.includes('lost') || props.concluded !== undefined) && (
          <Button href={`#/replace/${card.cardToken}`}>{provenWords.replace[language]}</Button>
        )}
        {!card.holds.includes('lost') && <Button onClick={() => setAsking(true)}>{words.card.lost}</Button>}
      </div>
      {hint !== undefined && <Box color="text-body-secondary">{words.card.unfreezeBy[hint]}</Box>}
      {props.concluded?.ticketNumber !== undefined && (
        <Link href={`#/ticket/${props.concluded.ticketNumber}`}>
          {words.alert.seeTicket(props.concluded.ticketNumber)}
        </Link>
      )}
      <Modal
        visible={asking}
        onDismiss={() => setAsking(false)}
        header={words.card.lostTitle(card.lastFour)}
        footer={
          <LostButtons busy={lost.busy} cancel={() => setAsking(false)} report={() => void lost.run()} />
        }
      >
        <SpaceBetween size="s">
          <Box>{words.card.lostText}</Box>
          {lost.problem !== undefined && <Refused problem={lost.problem} />}
        </SpaceBetween>
      </Modal>
    </SpaceBetween>
  );
}

function LostButtons({ busy, cancel, report }: { busy: boolean; cancel: () => void; report: () => void }) {
  const words = useWords();
  const { words: shared } = usePage();
  return (
    <Box float="right">
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="link" onClick={cancel}>
          {shared.cancel}
        </Button>
        <Button variant="primary" loading={busy} onClick={report}>
          {words.card.lostConfirm}
        </Button>
      </SpaceBetween>
    </Box>
  );
}

/** Why the customer cannot lift it themselves; undefined where they can. */
function unfreezeHint(
  card: OwnCard,
  alert: Alert | undefined,
  concluded: Alert | undefined,
): 'lost' | 'agent' | 'fraud' | 'concluded' | undefined {
  if (card.holds.length === 0) return undefined;
  if (card.holds.includes('lost')) return 'lost';
  if (card.holds.includes('customer') || alert !== undefined) return undefined;
  if (!card.holds.includes('fraud')) return 'agent';
  return concluded === undefined ? 'fraud' : 'concluded';
}
