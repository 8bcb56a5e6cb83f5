import * as z from 'zod';
import type { LogLine } from '../host/functions.ts';
import type { LocalStack } from '../stack.ts';
import type { Directory } from './directory.ts';
import type { Happening, Observer } from './happenings.ts';
import { readLog } from './read-log.ts';
import { watchTickets } from './watch-tickets.ts';

/** Sees what happens and tells whoever asked to be told. */
export interface Watch {
  /** Every happening from now on; returns how to stop. */
  on(observer: Observer): () => void;
  tell(happening: Happening): void;
  /** Takes a function's log line. */
  log(line: LogLine): void;
  /** Settles when every ticket written so far was told. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

const envelopeSchema = z.object({
  'detail-type': z.string(),
  detail: z.record(z.string(), z.unknown()),
});
const requestSchema = z.object({
  cardToken: z.string(),
  holdsVersion: z.number(),
  holds: z.array(z.string()),
});
const statusSchema = z.object({
  cardToken: z.string(),
  status: z.string(),
  holdsVersion: z.number().optional(),
});

/** The part that must listen before the stack has started. */
export function createObservers(): Pick<Watch, 'on' | 'tell' | 'log'> {
  const observers = new Set<Observer>();
  let underWay: string[] = [];
  const tell: Observer = (happening) => {
    if (happening.kind === 'answered') underWay.push(happening.phone);
    for (const observe of observers) observe(happening);
  };
  const tellReading = (happening: Extract<Happening, { kind: 'understood' }>) => {
    const [phone, ...others] = underWay;
    // Of several answers under way any may be read first: then it is not said whose this is.
    underWay = others;
    tell(others.length === 0 ? { ...happening, phone } : happening);
  };
  return {
    tell,
    on(observer) {
      observers.add(observer);
      return () => observers.delete(observer);
    },
    log(line) {
      const happening = readLog(line);
      if (happening?.kind === 'understood') tellReading(happening);
      else if (happening !== undefined) tell(happening);
    },
  };
}

export async function watchStack(
  stack: LocalStack,
  directory: Directory,
  observers: ReturnType<typeof createObservers>,
): Promise<Watch> {
  const { tell } = observers;
  const askedAt = new Map<string, number>();
  const stopBank = stack.front.bus.subscribe({ source: ['bank.cards'] }, (event) => {
    const envelope = envelopeSchema.safeParse(event);
    if (!envelope.success) return;
    const { 'detail-type': type, detail } = envelope.data;
    directory.learn({ type, detail });
    if (type !== 'CardStatusChanged') return;
    const status = statusSchema.safeParse(detail);
    if (!status.success) return;
    const asked = askedAt.get(`${status.data.cardToken} ${status.data.holdsVersion}`);
    const afterMs = asked === undefined ? undefined : Date.now() - asked;
    tell({ kind: 'issuer', cardToken: status.data.cardToken, status: status.data.status, afterMs });
  });
  const stopOwn = stack.front.bus.subscribe({ source: ['cardguard'] }, (event) => {
    const { 'detail-type': type, detail } = envelopeSchema.parse(event);
    if (type !== 'CardFreezeRequested' && type !== 'CardUnfreezeRequested') return;
    const { cardToken, holds, holdsVersion } = requestSchema.parse(detail);
    askedAt.set(`${cardToken} ${holdsVersion}`, Date.now());
    tell({ kind: 'requested', cardToken, freeze: type === 'CardFreezeRequested', holds, holdsVersion });
  });
  const stopPhone = stack.phone.onMessage(({ number, text }) =>
    tell({ kind: 'texted', phone: number, text }),
  );
  const stopMail = stack.mailbox.onMail(({ to, subject }) => tell({ kind: 'mailed', address: to, subject }));
  const tickets = await watchTickets({
    endpoint: stack.url,
    region: stack.model.region,
    streamArn: stack.model.tables.find(({ streamArn }) => streamArn !== undefined)?.streamArn ?? '',
    credentials: stack.front.identities.admin,
    observe: tell,
  });
  return {
    ...observers,
    caughtUp: tickets.caughtUp,
    async stop() {
      for (const stop of [stopBank, stopOwn, stopPhone, stopMail]) stop();
      await tickets.stop();
    },
  };
}
