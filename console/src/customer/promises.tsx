import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { moment, timeLeft } from '../shared/format.ts';
import type { Both } from '../shared/language.ts';
import { usePage } from '../shared/page.tsx';
import { useNow } from '../shared/use-now.ts';
import type { Ticket } from './answers.ts';

type Clock = Ticket['clocks'][number];

/** What each clock is to its customer. */
const promises: Readonly<Record<Clock['leg'], Both>> = {
  ACK: { 'zh-CN': '确认收到', en: 'We confirm that we have it' },
  FIRST_RESPONSE: { 'zh-CN': '工作人员首次答复', en: 'A person answers for the first time' },
  CALLBACK: { 'zh-CN': '给您回电', en: 'We call you back' },
  PRELIMINARY: { 'zh-CN': '初步结论与后续安排', en: 'A first conclusion, with a plan' },
  NEXT_RESPONSE: { 'zh-CN': '答复您最近的留言', en: 'We answer your latest message' },
  RESOLUTION: { 'zh-CN': '处理完毕', en: 'All of it is settled' },
};
const words = {
  heading: { 'zh-CN': '我们的承诺', en: 'What we promise' },
  by: { 'zh-CN': '不晚于', en: 'by' },
  late: { 'zh-CN': '已超时，正在加紧处理', en: 'late; we are hurrying' },
  stands: { 'zh-CN': '等待您补充或第三方答复，暂停计时', en: 'on hold while we wait for you or others' },
} as const satisfies Readonly<Record<string, Both>>;

const isOpen = ({ state }: Clock): boolean => ['running', 'overdue', 'paused'].includes(state);

/** Every promise that is still to be kept, with its time; what was kept is in the conversation. */
export function Promises({ clocks }: { clocks: readonly Clock[] }) {
  const { language } = usePage();
  const open = clocks.filter(isOpen);
  if (open.length === 0) return null;
  return (
    <section aria-label={words.heading[language]}>
      <ul className="rows">
        {open.map((clock) => (
          <li key={`${clock.leg} ${clock.from}`} className="row" data-clock={clock.leg}>
            <span className="words">{promises[clock.leg][language]}</span>
            <Due clock={clock} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Due({ clock }: { clock: Clock }) {
  const { language, time } = usePage();
  const now = useNow();
  if (clock.state === 'paused' || clock.dueAt === undefined)
    return <StatusIndicator type="pending">{words.stands[language]}</StatusIndicator>;
  const remains = Date.parse(clock.dueAt) - now;
  const text = remains < 0 ? words.late[language] : timeLeft(remains, language);
  return (
    <StatusIndicator type={remains < 0 ? 'warning' : 'in-progress'}>
      <span className="digits phrase">
        {words.by[language]} {moment(clock.dueAt, time)}
        {language === 'en' ? ` (${text})` : `（${text}）`}
      </span>
    </StatusIndicator>
  );
}
