import { createSimulatedClock } from '../../infra/local/clock.ts';
import { startLocalStack } from '../../infra/local/stack.ts';
import { createDirectory } from '../../infra/local/start/directory.ts';
import { narrate } from '../../infra/local/start/narrate.ts';
import { createObservers, watchStack } from '../../infra/local/start/watch.ts';
import { createStoryBank, type Purchase, purchaseWords, type StoryBank } from './bank.ts';
import type { Page } from './page.ts';
import type { Agent, Person } from './people.ts';
import { BrokenLine } from './story.ts';

/** 23:40 in Shanghai, when nobody sits at a desk. */
const NIGHT = Date.parse('2026-03-10T15:40:00.000Z');
const DAY_MS = 86_400_000;
/** Days before the night on which an ordinary purchase was made: enough for the rules to know the card. */
const ORDINARY_DAYS = [9, 7, 5, 3, 1];

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** What a story can do and look at: the same entry points that bank, customers and agents have. */
export interface Scene {
  readonly bank: StoryBank;
  readonly stack: Awaited<ReturnType<typeof startLocalStack>>;
  now(): Date;
  aside(text: string): void;
  /** A customer known to the bank with a card of ordinary habits. */
  knows(person: Person, cardToken: string, over?: object): Promise<void>;
  spends(person: Person, cardToken: string, purchase: Purchase): Promise<string>;
  /** The customer texts; told as said on the phone. */
  texts(person: Person, words: string, options?: { at?: Date; inboundMessageId?: string }): Promise<void>;
  passes(minutes: number): Promise<void>;
  app(person: Person, does: string, request: Request): Promise<Answer>;
  desk(agent: Agent, does: string, request: Request): Promise<Answer>;
  /** Texts the person got so far. */
  read(person: Person): readonly string[];
  /** The line holds, or the story ends here. */
  check(line: string, holds: boolean, found?: unknown): void;
}

export interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
}

export interface Theatre {
  readonly scene: Scene;
  stop(): Promise<void>;
}

/** The deployed system on a simulated clock, watched as `npm start` watches it, for one story: its night begins at 23:40. */
export async function openTheatre(page: Page): Promise<Theatre> {
  const clock = createSimulatedClock(NIGHT);
  const directory = createDirectory();
  const observers = createObservers();
  const stack = await startLocalStack({ quiet: true, clock, retryDelayMs: 50, onLog: observers.log });
  await stack.warm;
  const watch = await watchStack(stack, directory, observers);
  const bank = createStoryBank(stack);
  let silent = true;
  let keys = 0;

  observers.on((happening) => {
    if (silent) return;
    if (happening.kind === 'texted') {
      const who = directory.peopleAt(happening.phone).join(' / ') || happening.phone;
      page.left(clock.now(), `◀ ${who}:`, happening.text, 'magenta');
      return;
    }
    const told = narrate(happening, directory);
    if (told === undefined) return;
    page.right(clock.now(), told.word, `${told.about} ${told.text}`.trim(), told.colour);
  });

  async function quiet(): Promise<void> {
    await stack.settle();
    await watch.caughtUp();
  }

  async function call(token: string, { method, path, body }: Request): Promise<Answer> {
    keys += 1;
    const response = await fetch(`${stack.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(method === 'POST' ? { 'idempotency-key': `story-${keys}-key` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = { status: response.status, body: (await response.json()) as Record<string, unknown> };
    await quiet();
    return answer;
  }

  const scene: Scene = {
    bank,
    stack,
    now: () => new Date(clock.now()),
    aside: page.aside,
    async knows(person, cardToken, over = {}) {
      silent = true;
      await bank.contact(person);
      await bank.card(cardToken, person, over);
      await quiet();
      for (const days of ORDINARY_DAYS) {
        const at = new Date(clock.now() - days * DAY_MS - 5 * 3_600_000);
        await bank.spends(cardToken, person, { kind: 'ordinary', minor: 12_000 + days }, at);
      }
      await quiet();
      silent = false;
    },
    async spends(person, cardToken, purchase) {
      const at = new Date(clock.now());
      page.left(clock.now(), `▶ card ${directory.cardName(cardToken)}:`, purchaseWords(purchase), 'yellow');
      const id = await bank.spends(cardToken, person, purchase, at);
      await quiet();
      return id;
    },
    async texts(person, words, options = {}) {
      page.left(clock.now(), `▶ ${person.name}:`, words, 'green');
      const at = options.at?.getTime();
      await stack.phone.reply(person.phone, words, { at, inboundMessageId: options.inboundMessageId });
      await quiet();
    },
    async passes(minutes) {
      await stack.advance(minutes * 60_000);
      await quiet();
    },
    async app(person, does, request) {
      page.left(clock.now(), `▶ ${person.name}, app:`, does, 'cyan');
      const { subject } = person;
      return call(
        await stack.tokens.issue({ pool: 'customers', subject, scopes: ['cardguard/customer'] }),
        request,
      );
    },
    async desk(agent, does, request) {
      page.left(clock.now(), `▶ ${agent.name}, desk:`, does, 'yellow');
      return call(
        await stack.tokens.issue({ pool: 'agents', ...agent, scopes: ['cardguard/agent'] }),
        request,
      );
    },
    read: (person) => stack.phone.messages(person.phone).map(({ text }) => text),
    check(line, holds, found) {
      if (holds) return page.held(line);
      const seen = found === undefined ? 'does not hold' : `found: ${JSON.stringify(found)}`;
      page.broken(line, seen);
      throw new BrokenLine(`${line}: ${seen}`);
    },
  };

  return {
    scene,
    async stop() {
      bank.close();
      await watch.stop();
      await stack.stop();
    },
  };
}
