import { useRef } from 'react';
import type { Result } from '../shared/api.ts';
import { useApi } from '../shared/page.tsx';
import { type Live, useLive } from '../shared/use-live.ts';
import type { Message } from './answers.ts';
import { routes } from './routes.ts';

const PAGE = 100;

/** The whole conversation, of which each reading brings only what came since (D3). */
export function useMessages(number: string): Live<readonly Message[]> {
  const api = useApi();
  const known = useRef<{ number: string; messages: readonly Message[] }>({ number, messages: [] });
  if (known.current.number !== number) known.current = { number, messages: [] };
  return useLive(`messages ${number}`, async (signal): Promise<Result<readonly Message[]>> => {
    for (;;) {
      const last = known.current.messages.at(-1)?.seq;
      const after = last === undefined ? undefined : String(last);
      const result = await api.call(routes.listMessages, {
        parts: { number },
        query: { limit: PAGE, after },
        signal,
      });
      if (!result.ok) return result;
      const { messages, next } = result.value;
      if (messages.length > 0) known.current = { number, messages: [...known.current.messages, ...messages] };
      if (next === undefined) return { ok: true, value: known.current.messages };
    }
  });
}
