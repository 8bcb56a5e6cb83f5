import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { moment } from '../shared/format.ts';
import { useApi, usePage } from '../shared/page.tsx';
import { Empty, Loaded } from '../shared/states.tsx';
import type { Notice } from './answers.ts';
import { noticeKind, noticeOutcome } from './notice-words.ts';
import { routes } from './routes.ts';
import { usePages } from './use-pages.ts';
import { useWords } from './words.ts';

/** Everything we sent: what is not here was somebody else. */
export function ContactLog() {
  const words = useWords();
  const api = useApi();
  const list = usePages('notices', async (after) => {
    const result = await api.call(routes.listNotices, { query: { limit: 30, after } });
    if (!result.ok) return result;
    return { ok: true, value: { items: result.value.notices, next: result.value.next } };
  });
  return (
    <Container
      header={
        <Header variant="h1" description={words.log.intro}>
          {words.log.title}
        </Header>
      }
    >
      <Loaded live={list.live}>
        {(notices) =>
          notices.length === 0 ? (
            <Empty title={words.log.empty} />
          ) : (
            <SpaceBetween size="m">
              <ul className="rows">
                {notices.map((notice, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a notice has no id, and the list only grows at its end
                  <li key={index}>
                    <NoticeRow notice={notice} />
                  </li>
                ))}
              </ul>
              {list.more !== undefined && (
                <Button onClick={list.more} loading={list.loadingMore}>
                  {words.log.more}
                </Button>
              )}
            </SpaceBetween>
          )
        }
      </Loaded>
    </Container>
  );
}

const isChannel = (channel: string): channel is 'sms' | 'email' | 'app' | 'phone' =>
  ['sms', 'email', 'app', 'phone'].includes(channel);

function NoticeRow({ notice }: { notice: Notice }) {
  const words = useWords();
  const { time, language } = usePage();
  const at = notice.putOutAt ?? notice.outcomeAt;
  return (
    <div className="row">
      <div className="words">
        <Box variant="strong" display="inline">
          {noticeKind(notice.kind, language)}
        </Box>
        <Box variant="small" display="block">
          {isChannel(notice.channel) ? words.log.channels[notice.channel] : notice.channel}
          {at !== undefined && ` · ${moment(at, time)}`}
        </Box>
      </div>
      <div className="amount">
        {noticeOutcome(notice.outcome, language)}
        {notice.ticketNumber !== undefined && (
          <Box variant="small" display="block">
            <Link href={`#/ticket/${notice.ticketNumber}`}>{notice.ticketNumber}</Link>
          </Box>
        )}
      </div>
    </div>
  );
}
