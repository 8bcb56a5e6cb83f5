import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { EvidenceList } from '../shared/evidence.tsx';
import { EvidenceSender } from '../shared/evidence-sender.tsx';
import { evidenceWords } from '../shared/evidence-words.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Loaded, Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { useDraft } from '../shared/use-draft.ts';
import { isChecking, useEvidence } from '../shared/use-evidence.ts';
import { routes } from './routes.ts';
import { isMine, type WorkProps } from './workspace.tsx';

const MOST_CHARACTERS = 1_000;

/** Papers and screenshots of the ticket: read them, ask for more, add those the customer brought. */
export function EvidencePanel(props: WorkProps) {
  const { whole, me, changed } = props;
  const { number, status, disputes = [] } = whole.ticket;
  const { language } = usePage();
  const words = evidenceWords(language);
  const api = useApi();
  const parts = { number };
  const [asking, setAsking] = useState(false);
  const live = useEvidence(whole.ticket, (signal) => api.call(routes.listEvidence, { parts, signal }));
  const mine = isMine(props) && me.may.includes('work');
  const over = status === 'closed' || status === 'merged';
  const mayAsk = mine && (status === 'in_progress' || status === 'concluded');
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <Button disabled={!mayAsk} onClick={() => setAsking(true)}>
              {words.ask}
            </Button>
          }
        >
          {words.heading}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Loaded live={live}>
          {({ evidence }) => (
            <EvidenceList
              evidence={evidence}
              disputes={disputes}
              atDesk
              fetch={(evidenceId) => api.call(routes.fetchEvidence, { parts: { number, evidenceId } })}
            />
          )}
        </Loaded>
        {mine && !over && (
          <EvidenceSender
            disputes={disputes}
            checks={isChecking(live.value)}
            ask={(body) => api.call(routes.askUpload, { parts, body })}
            done={async () => {
              await Promise.all([live.refresh(), changed()]);
            }}
          />
        )}
      </SpaceBetween>
      {asking && <AskForEvidence {...props} close={() => setAsking(false)} />}
    </Container>
  );
}

function AskForEvidence({ whole, changed, close }: WorkProps & { close: () => void }) {
  const { number } = whole.ticket;
  const { language, words: shared } = usePage();
  const words = evidenceWords(language);
  const api = useApi();
  const [text, setText] = useDraft(`desk.${number}.evidence`);
  const ask = useAction(
    () =>
      api.call(routes.waitFor, {
        parts: { number },
        body: { whom: 'customer', text: text.trim(), evidence: true },
      }),
    async () => {
      setText('');
      close();
      await changed();
    },
  );
  return (
    <Modal
      visible
      onDismiss={close}
      header={words.ask}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={close}>
              {shared.cancel}
            </Button>
            <Button
              variant="primary"
              loading={ask.busy}
              disabled={text.trim() === ''}
              onClick={() => void ask.run()}
            >
              {words.ask}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <FormField label={words.askText} stretch>
          <Textarea
            value={text}
            rows={4}
            onChange={({ detail }) => setText(detail.value.slice(0, MOST_CHARACTERS))}
          />
        </FormField>
        {ask.problem !== undefined && <Refused problem={ask.problem} />}
      </SpaceBetween>
    </Modal>
  );
}
