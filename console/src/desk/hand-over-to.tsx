import { useApi, usePage } from '../shared/page.tsx';
import { useLive } from '../shared/use-live.ts';
import { Choice } from './choice.tsx';
import { colleaguesOf } from './colleagues.ts';
import { routes } from './routes.ts';
import { useWords } from './words.ts';
import type { WorkProps } from './workspace.tsx';

const AT_WORK_MS = 60_000;

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
  const atWork = useLive('colleagues', (signal) => api.call(routes.readColleagues, { signal }), AT_WORK_MS);
  const colleagues = colleaguesOf(whole.timeline, me, atWork.value?.colleagues);
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
