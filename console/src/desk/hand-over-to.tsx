import { useApi, usePage } from '../shared/page.tsx';
import { useLive } from '../shared/use-live.ts';
import { Choice } from './choice.tsx';
import { colleaguesOf } from './colleagues.ts';
import { routes } from './routes.ts';
import { useWords } from './words.ts';
import type { WorkProps } from './workspace.tsx';

const BOARD_MS = 60_000;

/** For whom a ticket goes back: for whoever is next, or for a colleague who is known. */
export function HandOverTo({
  whole,
  me,
  value,
  set,
}: WorkProps & { value: string; set: (to: string) => void }) {
  const words = useWords();
  const { language } = usePage();
  const api = useApi();
  const seesBoard = me.may.includes('supervise');
  const board = useLive(
    seesBoard ? 'colleagues' : undefined,
    (signal) => api.call(routes.readBoard, { signal }),
    BOARD_MS,
  );
  const colleagues = colleaguesOf(whole.timeline, me, board.value?.agents);
  if (colleagues.length === 0) return null;
  const anybody = language === 'en' ? 'Whoever is next' : '下一位同事';
  return (
    <Choice
      label={words.ticket.to}
      value={value}
      options={['', ...colleagues.map(({ id }) => id)]}
      name={(chosen) => colleagues.find(({ id }) => id === chosen)?.name ?? anybody}
      set={set}
    />
  );
}
