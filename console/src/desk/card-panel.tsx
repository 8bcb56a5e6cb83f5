import AlertBox from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useApi, usePage } from '../shared/page.tsx';
import type { Body } from '../shared/route.ts';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useDraft } from '../shared/use-draft.ts';
import type { Card } from './answers.ts';
import { Choice } from './choice.tsx';
import { routes } from './routes.ts';
import { useWords } from './words.ts';
import { isMine, type WorkProps } from './workspace.tsx';

type Identity = Body<typeof routes.freezeCard>['identifiedBy'];
const identities: readonly Identity[] = [
  'caller_id_and_last_four',
  'registered_phone',
  'document',
  'questions',
];

/** The card's state, with freeze and unfreeze always in sight. */
export function CardPanel(props: WorkProps) {
  const { whole, me, changed } = props;
  const words = useWords();
  const [asking, setAsking] = useState<'freeze' | 'lost' | 'unfreeze'>();
  const { card } = whole;
  const held = (card?.holds.length ?? 0) > 0;
  const mayFreeze = me.may.includes('freeze') && card !== undefined && card.state !== 'closed';
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={!mayFreeze || held} variant="primary" onClick={() => setAsking('freeze')}>
                {words.ticket.freeze}
              </Button>
              <Button disabled={!held || !me.may.includes('work')} onClick={() => setAsking('unfreeze')}>
                {words.ticket.unfreeze}
              </Button>
              <Button disabled={!mayFreeze} onClick={() => setAsking('lost')}>
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
        <FreezeDialogue
          what={asking}
          cardToken={whole.ticket.cardToken}
          close={() => setAsking(undefined)}
          done={async () => {
            setAsking(undefined);
            await changed();
          }}
        />
      )}
      {asking === 'unfreeze' && <UnfreezeDialogue {...props} close={() => setAsking(undefined)} />}
    </Container>
  );
}

function CardState({ card }: { card: Card }) {
  const words = useWords();
  const type = card.state === 'active' ? 'success' : card.state === 'freezing' ? 'in-progress' : 'stopped';
  return (
    <SpaceBetween size="xs" direction="horizontal">
      <StatusIndicator type={type}>{words.ticket.states[card.state]}</StatusIndicator>
      <Box color="text-body-secondary">{card.holds.map((hold) => words.ticket.holds[hold]).join(' · ')}</Box>
    </SpaceBetween>
  );
}

function FreezeDialogue(props: {
  what: 'freeze' | 'lost';
  cardToken: string;
  close: () => void;
  done: () => Promise<void>;
}) {
  const { what, cardToken, close } = props;
  const words = useWords();
  const { words: shared } = usePage();
  const api = useApi();
  const [identifiedBy, setIdentifiedBy] = useState<Identity>('caller_id_and_last_four');
  const act = useAction(async () => {
    const input = { parts: { cardToken }, body: { identifiedBy } };
    const result =
      what === 'freeze' ? await api.call(routes.freezeCard, input) : await api.call(routes.reportLost, input);
    if (result.ok) await props.done();
    return result.ok ? { ok: true as const, value: undefined } : result;
  });
  return (
    <Modal
      visible
      onDismiss={close}
      header={what === 'freeze' ? words.ticket.freezeTitle : words.ticket.lostTitle}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={close}>
              {shared.cancel}
            </Button>
            <Button variant="primary" loading={act.busy} onClick={() => void act.run()}>
              {words.ticket[what]}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Choice
          label={words.ticket.identifiedBy}
          value={identifiedBy}
          options={identities}
          name={(one) => words.ticket.identities[one]}
          set={setIdentifiedBy}
        />
        {act.problem !== undefined && <Refused problem={act.problem} />}
      </SpaceBetween>
    </Modal>
  );
}

/** Nobody lifts a hold alone: how it is done, and the one thing that is begun from here. */
function UnfreezeDialogue(props: WorkProps & { close: () => void }) {
  const { whole, changed, close } = props;
  const words = useWords();
  const { words: shared } = usePage();
  const api = useApi();
  const { alertId, number } = whole.ticket;
  const [reason, setReason] = useDraft(`desk.${number}.undo`);
  const [asked, setAsked] = useState(false);
  const mayUndo = whole.alert?.status === 'settled_fraud' && alertId !== undefined && isMine(props);
  const undo = useAction(
    () =>
      api.call(routes.proposeUndo, { parts: { alertId: alertId ?? '' }, body: { reason: reason.trim() } }),
    async () => {
      setReason('');
      setAsked(true);
      await changed();
    },
  );
  return (
    <Modal
      visible
      onDismiss={close}
      header={words.ticket.unfreeze}
      footer={
        <Box float="right">
          <Button onClick={close}>{shared.close}</Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box>{words.ticket.unfreezeHow}</Box>
        {mayUndo && (
          <SpaceBetween size="s">
            <Box variant="h3">{words.ticket.undo}</Box>
            <Box>{words.ticket.undoText}</Box>
            <Textarea
              ariaLabel={words.ticket.reason}
              placeholder={words.ticket.reason}
              value={reason}
              onChange={({ detail }) => setReason(detail.value.slice(0, 500))}
            />
            {asked && <AlertBox type="success">{words.ticket.proposed}</AlertBox>}
            {undo.problem !== undefined && <Refused problem={undo.problem} />}
            <Button disabled={reason.trim().length < 3} loading={undo.busy} onClick={() => void undo.run()}>
              {words.ticket.undo}
            </Button>
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Modal>
  );
}
