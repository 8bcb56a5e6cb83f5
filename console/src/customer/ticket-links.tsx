import AlertBox from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import type { Both } from '../shared/language.ts';
import { usePage } from '../shared/page.tsx';
import type { Ticket } from './answers.ts';

const words = {
  mergedInto: { 'zh-CN': '已关闭，并入工单', en: 'Closed: it became part of ticket' },
  standsAt: { 'zh-CN': '该工单状态：', en: 'which is: ' },
  mergedFrom: { 'zh-CN': '并入了工单', en: 'Also goes on with ticket' },
  follows: { 'zh-CN': '后续自工单', en: 'Follows ticket' },
  followedBy: { 'zh-CN': '后续请看工单', en: 'Goes on in ticket' },
  closed: {
    'zh-CN': '此工单已关闭。您在这里留言，我们会为您开立后续工单。',
    en: 'This ticket is closed. What you write here opens a ticket that follows it.',
  },
} as const satisfies Readonly<Record<string, Both>>;

/** Where the matter goes on, or comes from: an old number leads to what goes for it now (D2). */
export function TicketLinks({ ticket }: { ticket: Pick<Ticket, 'links' | 'status'> }) {
  const { language } = usePage();
  const { mergedInto, mergedFrom = [], follows, followedBy } = ticket.links ?? {};
  const say = (what: Both, number: string) => (
    <Box key={`${what.en} ${number}`}>
      {what[language]}{' '}
      <span className="whole">
        <Link href={`#/ticket/${number}`}>{number}</Link>
      </span>
    </Box>
  );
  const isClosed = ticket.status === 'closed' && followedBy === undefined;
  return (
    <>
      {mergedInto !== undefined && (
        <AlertBox type="info">
          {say(words.mergedInto, mergedInto.number)}
          {words.standsAt[language]}
          {mergedInto.wording[language]}
        </AlertBox>
      )}
      {isClosed && <AlertBox type="info">{words.closed[language]}</AlertBox>}
      {followedBy !== undefined && say(words.followedBy, followedBy)}
      {follows !== undefined && say(words.follows, follows)}
      {mergedFrom.map((number) => say(words.mergedFrom, number))}
    </>
  );
}
