import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { parsePhoneKeys, phoneDigests } from '../../../functions/notification/phone-keys.ts';
import { createSimulatedClock } from '../../../infra/local/clock.ts';
import type { PhoneMessage } from '../../../infra/local/front/phone.ts';
import { type LocalStack, startLocalStack } from '../../../infra/local/stack.ts';
import { createBank } from '../../flow/bank.ts';
import { showsCode } from '../../support/case-rules.ts';
import { findViolations } from '../../support/invariants.ts';
import type { Violation } from '../../support/rule.ts';
import { readTables } from '../../support/tables.ts';
import { createChance } from '../chance.ts';
import type { Outside } from '../outside.ts';
import { createSent } from '../sent.ts';
import { createStory, type ReadText, STRANGER } from '../story.ts';
import { CALM_AFTER_MS, NIGHT } from '../world.ts';
import { watchDue } from './due-watch.ts';
import { CARD_NUMBERS, itemsByMark, judge, markOf } from './judge.ts';
import { type OnStack, outsideOfStack } from './outside-of-stack.ts';
import { createProofRequests } from './proof-requests.ts';
import { createRequests } from './requests.ts';
import { createStorm } from './storm.ts';
import { createTimetable } from './timetable.ts';

/** Hundreds of handlers on a busy machine come to rest within minutes. */
const SETTLE_TIMEOUT_MS = 300_000;
const RETRY_DELAY_MS = 50;
const FAULT_ONCE_IN = 250;
const ASKS = /回([3-9] )?1|Reply (\S+ )?1 =/;

export interface SchedulesOutcome {
  /** Of each schedule, by seed; of what belongs to none under 0. */
  readonly violations: ReadonlyMap<number, readonly Violation[]>;
  /** What happened at all. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Runs the schedules of these seeds side by side on one stack, told apart by the mark in their ids. */
export async function runOnStack(seeds: readonly number[]): Promise<SchedulesOutcome> {
  const clock = createSimulatedClock(NIGHT);
  const logged: string[] = [];
  const stack = await startLocalStack({
    ...{ quiet: true, clock, schedules: false, onLog: ({ line }) => logged.push(line) },
    ...{ retryDelayMs: RETRY_DELAY_MS, settleTimeoutMs: SETTLE_TIMEOUT_MS },
  });
  try {
    await stack.warm;
    const ground = groundOf(stack, clock);
    const stories = seeds.map((seed) => tell(seed, ground));
    await introduceStranger(ground);
    const texts: PhoneMessage[] = [];
    stack.phone.onMessage((message) => {
      texts.push(message);
      const text: ReadText = { kind: kindOf(message), text: message.text, to: message.number };
      stories.find(({ sent, people }) => knows({ sent, people }, message.number))?.onText(text);
    });
    const storm = createStorm(stack, createChance(seeds[0] ?? 0), FAULT_ONCE_IN);
    ground.timetable.after(CALM_AFTER_MS, storm.calm);
    for (const story of stories) story.begin();
    await ground.timetable.run();
    const outcome = await judgeAll({ stack, stories, texts, logged });
    return { ...outcome, counts: { ...outcome.counts, ...storm.hits() } };
  } finally {
    await stack.stop();
  }
}

const kindOf = (message: PhoneMessage): ReadText['kind'] => {
  if (showsCode(message)) return 'code';
  return ASKS.test(message.text) ? 'asks' : 'other';
};

function groundOf(stack: LocalStack, clock: OnStack['clock']): OnStack {
  const requests = createRequests(stack);
  const timetable = createTimetable({
    stack,
    clock,
    sweep: async () => {
      // One that fails leaves everything to the next.
      await stack.invoke('sweep-deadlines', {}).catch(() => timetable.due(clock.now() + 1));
      await stack.settle();
    },
    onFault: (error) => {
      throw error;
    },
  });
  watchDue(stack, timetable.due);
  const proofRequests = createProofRequests(stack, requests);
  return { stack, clock, bank: createBank(stack), requests, proofRequests, timetable };
}

async function introduceStranger({ bank, stack }: OnStack): Promise<void> {
  const person = { customerId: STRANGER, subject: STRANGER, name: 'Nobody', phone: null, language: 'en' };
  await bank.contact(person);
  await stack.settle();
}

function tell(seed: number, ground: OnStack) {
  const mark = markOf(seed);
  const chance = createChance(seed);
  const sent = createSent();
  const violations: Violation[] = [];
  let outside: Outside;
  const story = createStory({ chance, sent, outside: () => outside, mark });
  const own = outsideOfStack(ground, {
    ...{ chance, mark, violations, calmAt: NIGHT + CALM_AFTER_MS },
    bankClockMs: () => story.weather.bankClockMs,
  });
  outside = own;
  listenTo(ground.stack, mark, own.issuer);
  for (const { cards } of story.people)
    for (const { cardToken } of cards) ground.stack.issuer.behave(cardToken, 'silent');
  return { ...story, seed, mark, sent, violations, issuer: own.issuer };
}
type Story = ReturnType<typeof tell>;

/** The story's issuer in the place of the stack's own. */
function listenTo({ front }: LocalStack, mark: string, issuer: Story['issuer']): void {
  front.bus.subscribe({ source: ['cardguard'] }, (event) => {
    const type = event['detail-type'];
    if (type !== 'CardFreezeRequested' && type !== 'CardUnfreezeRequested') return;
    const detail = event.detail as Parameters<Story['issuer']['request']>[0];
    // A request that it misses comes again, as one that it did not answer.
    if (detail.cardToken.includes(`-${mark}`)) issuer.request(detail).catch(() => undefined);
  });
}

const knows = ({ people, sent }: Pick<Story, 'people' | 'sent'>, number: string): boolean =>
  people.some((person) => person.number === number) || sent.contacts.some(({ phone }) => phone === number);

const numbersOf = ({ people, sent }: Story): readonly string[] =>
  [...new Set([...people.map(({ number }) => number), ...sent.contacts.map(({ phone }) => phone)])].flatMap(
    (number) => number ?? [],
  );

async function judgeAll(end: {
  stack: LocalStack;
  stories: readonly Story[];
  texts: readonly PhoneMessage[];
  logged: readonly string[];
}): Promise<SchedulesOutcome> {
  const { stack, stories, texts } = end;
  const tables = await readTables(stack);
  const digestOf = await digestsOf(stack);
  const markOfDigest = new Map(
    stories.flatMap((story) => numbersOf(story).map((number) => [digestOf(number), story.mark] as const)),
  );
  const cards = itemsByMark(tables.cards, markOfDigest);
  const cases = itemsByMark(tables.cases, markOfDigest);
  const violations = new Map<number, readonly Violation[]>();
  const counts: Record<string, number> = { texts: texts.length };
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };
  for (const story of stories) {
    const own = { cards: cards.get(story.mark) ?? [], cases: cases.get(story.mark) ?? [] };
    const told = { ...story, numbers: numbersOf(story) };
    violations.set(story.seed, [...story.violations, ...judge(told, own, { texts, digestOf })]);
    for (const { pk, sk, status } of own.cases) {
      if (pk.startsWith('ALERT#') && sk === 'META') count(`alert ${String(status)}`);
      if (pk.startsWith('VER#') && sk === 'META') count(`proof ${String(status)}`);
    }
    for (const _reply of story.sent.replies) count('replies');
  }
  const shared = { cards: cards.get('') ?? [], cases: cases.get('') ?? [] };
  violations.set(0, [...sharedViolations(end, shared, await deadLettersOf(stack))]);
  return { violations, counts };
}

/** What belongs to no story: dead letters, logs, permissions, items without a mark. */
function sharedViolations(
  {
    stack,
    stories,
    texts,
    logged,
  }: { stack: LocalStack } & Pick<Parameters<typeof judgeAll>[0], 'stories' | 'texts' | 'logged'>,
  tables: Parameters<typeof judge>[1],
  deadLetters: Readonly<Record<string, number>>,
): readonly Violation[] {
  const secrets = [
    ...stories.flatMap((story) => numbersOf(story).map((number) => number.slice(1))),
    ...stories.flatMap(({ sent }) => sent.contacts.map(({ name }) => name)),
    ...new Set(texts.map(({ text }) => text)),
  ];
  const sent = { transactions: new Map(), replies: [], phones: [], secrets, cardNumbers: CARD_NUMBERS };
  const refusals = stack.front.calls.refusals.map(({ message }) => ({
    rule: 'fault',
    at: 'role',
    says: message,
  }));
  // All lines at once: thousands of secrets are looked for.
  return [
    ...findViolations({ tables, texts, logLines: [logged.join('\n')], deadLetters, sent }),
    ...refusals,
  ];
}

async function deadLettersOf({ front }: LocalStack): Promise<Readonly<Record<string, number>>> {
  const depths = await front.queueDepths();
  return Object.fromEntries(
    Object.entries(depths).flatMap(([name, { inFlight, visible }]) =>
      /Dlq$/.test(name) ? [[name, visible + inFlight]] : [],
    ),
  );
}

/** The digests under the keys of this stack. */
async function digestsOf(stack: LocalStack): Promise<(e164: string) => string> {
  const client = new SecretsManagerClient({
    endpoint: stack.url,
    region: stack.model.region,
    credentials: stack.front.identities.admin,
  });
  const SecretId = stack.model.functions
    .map(({ environment }) => environment.PHONE_KEYS_SECRET_ARN)
    .find((arn) => arn !== undefined);
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
  client.destroy();
  const keys = parsePhoneKeys(SecretString);
  return (e164) => phoneDigests(keys, e164).current;
}
