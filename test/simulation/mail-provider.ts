import { type EmailMessage, EmailNotSent, type EmailPort } from '../../functions/notification/email.ts';
import type { Chance } from './chance.ts';
import type { Engine } from './engine.ts';

export interface SimulatedMailProvider extends EmailPort {
  /** Those that may have reached a reader, in the order they were sent. */
  readonly mails: readonly EmailMessage[];
}

/** Takes e-mails, refuses, does not say; on one schedule in two it always works. */
export function createMailProvider(options: {
  engine: Engine;
  chance: Chance;
  moody: boolean;
}): SimulatedMailProvider {
  const { chance, engine } = options;
  const mails: EmailMessage[] = [];
  return {
    mails,
    send: async (message) => {
      const mood = options.moody ? chance.below(30) : 30;
      if (mood === 0) throw new EmailNotSent('TooManyRequests');
      if (mood === 1) return { outcome: 'refused', reason: 'rejected', code: 'MessageRejected' };
      if (mood === 2) await engine.sleep(chance.pick([30_000, 400_000]));
      mails.push(message);
      return mood === 3
        ? { outcome: 'unknown', code: 'TimeoutError' }
        : { outcome: 'accepted', messageId: `mail-${mails.length}` };
    },
  };
}
