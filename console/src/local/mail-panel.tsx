import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { clock } from '../shared/format.ts';
import { usePage } from '../shared/page.tsx';
import { Empty } from '../shared/states.tsx';
import { readMails } from './client.ts';
import { usePoll } from './use-poll.ts';
import { localWords } from './words.ts';

/** The customer's mailbox, the latest first. */
export function MailPanel({ address }: { address?: string }) {
  const { language, time } = usePage();
  const words = localWords[language];
  const live = usePoll(address, () => readMails(address ?? ''));
  const mails = [...(live.value?.mails ?? [])].reverse();
  if (mails.length === 0) return <Empty title={words.noMail} />;
  return (
    <SpaceBetween size="xs">
      {mails.map((mail) => (
        <ExpandableSection
          key={`${mail.at} ${mail.subject}`}
          headerText={mail.subject}
          headerDescription={clock(mail.at, time)}
        >
          <Box variant="small" display="block">
            {mail.from}
          </Box>
          <div className="words">{mail.text}</div>
        </ExpandableSection>
      ))}
    </SpaceBetween>
  );
}
