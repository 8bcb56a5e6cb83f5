import { type SmsMessage, SmsNotSent, type SmsPort } from '../../functions/notification/sms.ts';
import type { PhoneMessage } from '../../infra/local/front/phone.ts';
import type { Chance } from './chance.ts';
import type { Engine } from './engine.ts';

const DECIDED_BEFORE_MS = 500;

export interface SimulatedProvider extends SmsPort {
  readonly texts: readonly PhoneMessage[];
  /** Every try, those of unknown end included: what may have reached a phone. */
  readonly tries: number;
}

/** Takes texts, refuses, does not say, hangs for minutes; on one schedule in two it always works. */
export function createProvider(options: {
  engine: Engine;
  chance: Chance;
  moody: boolean;
  /** One text after the other takes so long. */
  textMs: number;
  deliver: (message: SmsMessage) => void;
}): SimulatedProvider {
  const { chance, engine } = options;
  const texts: PhoneMessage[] = [];
  let tries = 0;
  let freeAt = 0;
  const take = (message: SmsMessage, at: number): string => {
    const messageId = `text-${texts.length + 1}`;
    texts.push({ messageId, number: message.to, text: message.text, at, attributes: {} });
    engine.after(chance.pick([0, 1_000, 20_000]), () => options.deliver(message));
    return messageId;
  };
  return {
    texts,
    get tries() {
      return tries;
    },
    send: async (message) => {
      tries += 1;
      // Whether the number wants texts was read some steps before: of that moment the text is judged.
      const decidedAt = engine.now() - DECIDED_BEFORE_MS;
      const mood = options.moody ? chance.below(30) : 30;
      if (options.textMs > 0) {
        freeAt = Math.max(freeAt, engine.now()) + options.textMs;
        await engine.sleep(freeAt - engine.now());
      }
      if (mood === 0) throw new SmsNotSent('Throttling');
      if (mood === 1)
        return { outcome: 'refused', reason: chance.pick(['invalid_number', 'spend_limit']), code: 'X' };
      if (mood === 2) await engine.sleep(chance.pick([30_000, 400_000]));
      if (mood === 3) {
        if (chance.oneIn(2)) take(message, decidedAt);
        return { outcome: 'unknown', code: 'TimeoutError' };
      }
      return { outcome: 'accepted', messageId: take(message, decidedAt) };
    },
  };
}
