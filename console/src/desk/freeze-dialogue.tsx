import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useApi, usePage } from '../shared/page.tsx';
import type { Answer, Body } from '../shared/route.ts';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { Choice } from './choice.tsx';
import { routes } from './routes.ts';
import { useWords } from './words.ts';

/** The card as it is then; a loss brings its ticket. */
export type Frozen = Answer<typeof routes.freezeCard> & Partial<Answer<typeof routes.reportLost>>;
type Identity = Body<typeof routes.freezeCard>['identifiedBy'];
const identities: readonly Identity[] = [
  'caller_id_and_last_four',
  'registered_phone',
  'document',
  'questions',
];

/** Who asks for it was made sure of in some way: that is said first. */
export function FreezeDialogue(props: {
  what: 'freeze' | 'lost';
  cardToken: string;
  close: () => void;
  done: (after: Frozen) => void | Promise<void>;
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
    if (result.ok) await props.done(result.value);
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
