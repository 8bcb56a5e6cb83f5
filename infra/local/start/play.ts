import { pause } from '../host/pause.ts';
import type { LocalStack } from '../stack.ts';
import type { Bank } from './bank.ts';
import type { Phones } from './phones.ts';
import { masterData, type Sample, shifted } from './sample.ts';
import type { Watch } from './watch.ts';

export interface PlayOptions {
  readonly stack: Pick<LocalStack, 'settle' | 'model'>;
  readonly bank: Bank;
  readonly phones: Phones;
  readonly watch: Pick<Watch, 'on' | 'caughtUp'>;
  readonly sample: Sample;
  /** When the night is to end: the sample's times are moved by as much. */
  readonly endsAt: Date;
  readonly signal: AbortSignal;
}

/** Between two events nothing is said about. */
const STEP_MS = 150;
/** Seconds on an idle machine; on a crowded one it takes long, and giving up would end the stack. */
const SETTLE_MS = 120_000;
/** What the longest way from a purchase to its text, and an answer to its ticket, may take. */
const ANSWERS_MS = 30_000;

const moveMs = ({ sample, endsAt }: PlayOptions): number =>
  endsAt.getTime() - Date.parse(sample.people.endsAt);

/** The bank tells of its customers and cards, then of the purchases of four weeks. */
export async function seedSample(options: PlayOptions): Promise<void> {
  const { bank, stack, sample, signal } = options;
  const { model } = stack;
  const customerRoute = model.apis
    .flatMap(({ routes }) => routes)
    .find(({ scopes }) => scopes.includes('cardguard/customer'));
  await bank.put(masterData(sample.people, customerRoute?.authorizer?.issuer ?? ''));
  await stack.settle({ timeoutMs: SETTLE_MS });
  if (signal.aborted) return;
  await bank.put(sample.history.map((line) => shifted(line, moveMs(options))));
  await stack.settle({ timeoutMs: SETTLE_MS });
}

/** Plays the night: the bank's events in their order, and what people text back. */
export async function playNight(options: PlayOptions): Promise<void> {
  const { bank, stack, sample, signal } = options;
  const answering = giveAnswers(options);
  try {
    for (const line of sample.night) {
      await pause(STEP_MS + (line.pauseMs ?? 0), signal);
      if (signal.aborted) return;
      await bank.put([shifted(line, moveMs(options))]);
    }
    await Promise.race([answering.done, pause(ANSWERS_MS, signal)]);
    if (signal.aborted) return;
    await stack.settle({ timeoutMs: SETTLE_MS });
    await options.watch.caughtUp();
  } finally {
    answering.stop();
  }
}

/** Each answer of the sample, after the text it answers. */
function giveAnswers({ watch, phones, sample, signal }: PlayOptions) {
  const done = Promise.withResolvers<void>();
  const texts = new Map<string, number>();
  let open = sample.people.answers.length;
  const stop = watch.on((happening) => {
    if (happening.kind !== 'texted') return;
    const count = (texts.get(happening.phone) ?? 0) + 1;
    texts.set(happening.phone, count);
    for (const answer of sample.people.answers) {
      if (answer.phone !== happening.phone || answer.onText !== count) continue;
      void pause(answer.afterMs, signal).then(async () => {
        if (!signal.aborted) await phones.reply(answer.phone, answer.text);
        open -= 1;
        if (open === 0) done.resolve();
      });
    }
  });
  return { done: done.promise, stop };
}
