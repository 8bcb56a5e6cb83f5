import AlertBox from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { EvidenceList } from '../shared/evidence.tsx';
import { EvidenceSender } from '../shared/evidence-sender.tsx';
import { evidenceWords } from '../shared/evidence-words.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Loaded } from '../shared/states.tsx';
import { isChecking, useEvidence } from '../shared/use-evidence.ts';
import type { Ticket } from './answers.ts';
import { routes } from './routes.ts';

/** Papers and screenshots of a ticket: what is there, what is wanted, a way to add to it (D9). */
export default function Evidence({ ticket, changed }: { ticket: Ticket; changed: () => Promise<void> }) {
  const { language } = usePage();
  const words = evidenceWords(language);
  const api = useApi();
  const { number, status, evidenceWantedAt, disputes } = ticket;
  const parts = { number };
  const live = useEvidence(ticket, (signal) => api.call(routes.listEvidence, { parts, signal }));
  const over = status === 'closed' || status === 'merged';
  return (
    <Container header={<Header variant="h2">{words.heading}</Header>}>
      <SpaceBetween size="m">
        {evidenceWantedAt !== undefined && <AlertBox type="warning">{words.wanted}</AlertBox>}
        <Loaded live={live}>
          {({ evidence }) => (
            <EvidenceList
              evidence={evidence}
              disputes={disputes}
              fetch={(evidenceId) => api.call(routes.fetchEvidence, { parts: { number, evidenceId } })}
            />
          )}
        </Loaded>
        {!over && (
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
    </Container>
  );
}
