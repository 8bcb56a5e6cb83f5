import AlertBox from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useApi, usePage } from '../shared/page.tsx';
import { Refused } from '../shared/states.tsx';
import { useAction } from '../shared/use-action.ts';
import { Proof } from './proof.tsx';
import { ProofPage } from './proof-page.tsx';
import { provenWords as say } from './proven-words.ts';
import { routes } from './routes.ts';

/** The ticket as one file that checks itself, once it is proven who asks (D5, D11). */
export function ExportTicket({ cardToken, number }: { cardToken: string; number: string }) {
  const { language } = usePage();
  const api = useApi();
  const [saved, setSaved] = useState<string>();
  const fetchFile = useAction(
    async (verificationId: string) => {
      const asked = await api.call(routes.exportTicket, { parts: { number }, body: { verificationId } });
      return asked.ok ? api.call(routes.fetchExport, { parts: { exportId: asked.value.exportId } }) : asked;
    },
    ({ fileName, file }) => {
      save(fileName, file);
      setSaved(fileName);
    },
  );
  return (
    <ProofPage action="export_ticket" why={say.exportWhy[language]}>
      {saved === undefined ? (
        <Proof
          action="export_ticket"
          cardToken={cardToken}
          ticketNumber={number}
          passed={({ verificationId }) => (
            <SpaceBetween size="s">
              {fetchFile.problem !== undefined && <Refused problem={fetchFile.problem} />}
              <Button
                variant="primary"
                iconName="download"
                loading={fetchFile.busy}
                onClick={() => void fetchFile.run(verificationId)}
              >
                {say.exportNow[language]}
              </Button>
            </SpaceBetween>
          )}
        />
      ) : (
        <SpaceBetween size="s">
          <AlertBox type="success">
            {say.exported[language]} <span className="whole">{saved}</span>
          </AlertBox>
          <Box color="text-body-secondary">{say.exportHint[language]}</Box>
          <Button href={`#/ticket/${number}`}>{say.back[language]}</Button>
        </SpaceBetween>
      )}
    </ProofPage>
  );
}

/** Asks the bank to close the card and send another (D14). */
export function ReplaceCard({ cardToken }: { cardToken: string }) {
  const { language } = usePage();
  const api = useApi();
  const [ticketNumber, setTicketNumber] = useState<string>();
  const replace = useAction(
    (verificationId: string) =>
      api.call(routes.replaceCard, { parts: { cardToken }, body: { verificationId } }),
    ({ ticket }) => setTicketNumber(ticket.number),
  );
  return (
    <ProofPage action="close_replace" why={say.replaceWhy[language]}>
      {ticketNumber === undefined ? (
        <Proof
          action="close_replace"
          cardToken={cardToken}
          passed={({ verificationId }) => (
            <SpaceBetween size="s">
              {replace.problem !== undefined && <Refused problem={replace.problem} />}
              <Button
                variant="primary"
                loading={replace.busy}
                onClick={() => void replace.run(verificationId)}
              >
                {say.replaceNow[language]}
              </Button>
            </SpaceBetween>
          )}
        />
      ) : (
        <SpaceBetween size="s">
          <AlertBox type="success">{say.replaced[language]}</AlertBox>
          <Button href={`#/ticket/${ticketNumber}`}>{say.back[language]}</Button>
        </SpaceBetween>
      )}
    </ProofPage>
  );
}

function save(name: string, contents: string): void {
  const address = URL.createObjectURL(new Blob([contents], { type: 'application/octet-stream' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  // Some browsers begin to read the file only after the click: given back at once, they would save nothing.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
