import type { Phone } from '../front/phone.ts';
import type { Directory } from './directory.ts';
import type { Observer } from './happenings.ts';

export interface TextMessage {
  /** Seen from the customer: `in` reached the phone, `out` was sent from it. */
  readonly direction: 'in' | 'out';
  readonly at: string;
  readonly text: string;
}

export interface PhoneShown {
  readonly number: string;
  readonly people: readonly string[];
  readonly texts: number;
  readonly latest?: TextMessage;
}

/** The customers' phones as a person handles them: read, and answer. */
export interface Phones {
  list(): readonly PhoneShown[];
  messages(number: string): readonly TextMessage[];
  /** Sends a text from the phone to the bank's number. */
  reply(number: string, text: string): Promise<string>;
}

/** Answers are kept for this many texts. */
const ANSWERS_KEPT = 1_000;

export function createPhones(options: {
  phone: Phone;
  directory: Directory;
  tell: Observer;
  now: () => Date;
}): Phones {
  const { phone, directory } = options;
  let answers: (TextMessage & { number: string })[] = [];

  function messages(number: string): TextMessage[] {
    const received = phone
      .messages(number)
      .map(({ at, text }) => ({ direction: 'in' as const, at: new Date(at).toISOString(), text }));
    const sent = answers
      .filter((answer) => answer.number === number)
      .map(({ direction, at, text }) => ({ direction, at, text }));
    return [...received, ...sent].sort((a, b) => a.at.localeCompare(b.at));
  }

  return {
    messages,
    list() {
      const texted = phone.messages().map(({ number }) => number);
      const numbers = new Set([...directory.phones(), ...texted, ...answers.map(({ number }) => number)]);
      return [...numbers].map((number) => {
        const all = messages(number);
        return { number, people: directory.peopleAt(number), texts: all.length, latest: all.at(-1) };
      });
    },
    async reply(number, text) {
      answers = [
        ...answers.slice(1 - ANSWERS_KEPT),
        { number, direction: 'out', at: options.now().toISOString(), text },
      ];
      options.tell({ kind: 'answered', phone: number, text });
      return phone.reply(number, text);
    },
  };
}
