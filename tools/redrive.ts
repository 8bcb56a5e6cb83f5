import { findPending, kickPending } from './redrive/pending.ts';
import { findWaiting, redrive, type Waiting } from './redrive/redrive.ts';
import { countOf } from './stage/arguments.ts';
import { runOnStage, say } from './stage/command.ts';
import { createProgress } from './stage/progress.ts';
import type { Target } from './stage/target.ts';

const HELP = `Sends dead letters and quarantined messages back to the queues they came from.

  npm run redrive -- --local             of the running local stack (npm start; --state DIR: of that folder)
  npm run redrive -- --stage NAME        of a deployed stage, with your own AWS credentials
      --list          only says what waits
      --dry-run       says what would be sent, and sends nothing
      --queue NAME    of one queue only: transactions, card-status, customers, ask, sms, publish, sms-replies
      --pending       instead: emits every effect that is not done yet once more (freezes, texts, events)
      --limit N       at most N of each kind (1,000)

Repair the cause first. Running it twice is safe: every reader knows what it has done already, and a message
that is refused again is back in quarantine, once.
`;
const MOST = 1_000;
const SHOWN = 20;

async function redriveMessages(options: {
  target: Target;
  queue: string | undefined;
  most: number;
  only: 'list' | 'dry-run' | undefined;
}): Promise<number> {
  const { target, most, only } = options;
  const waiting = await findWaiting(target, options);
  printWaiting(waiting, only !== 'list' && only !== undefined);
  if (only !== undefined) {
    if (only === 'list') await printPending(target);
    return 0;
  }
  const progress = createProgress();
  const done = await redrive({ target, waiting, most, now: () => new Date(), onProgress: progress.show });
  progress.end();
  for (const { name, moved, failed, kicked } of done.deadLetters) {
    const effects = kicked === undefined ? '' : `; ${kicked.kicked} pending effects emitted again`;
    say(`${name}: ${moved} redriven${effects}${failed === 0 ? '' : `, ${failed} left where they are`}`);
  }
  const { sent, refusedAgain, homeless } = done.quarantine;
  const again = refusedAgain === 0 ? '' : `, ${refusedAgain} of them refused again already`;
  say(`quarantine: ${sent} sent${again}${homeless === 0 ? '' : `, ${homeless} whose queue is gone stay`}`);
  if (sent > 0) say('Look again with --list: what is refused again is listed again.');
  return done.deadLetters.some(({ failed }) => failed > 0) || homeless > 0 ? 1 : 0;
}

function printWaiting({ deadLetters, quarantined }: Waiting, dryRun: boolean): void {
  say('dead letters');
  for (const { name, count, home } of deadLetters) {
    const what = home === undefined ? 'would emit its pending effects again' : 'would be sent again';
    say(`  ${name.padEnd(16)} ${count}${dryRun && count > 0 ? `   ${what}` : ''}`);
  }
  say(
    `quarantine         ${quarantined.length}${dryRun && quarantined.length > 0 ? '   would be sent again' : ''}`,
  );
  for (const { pk, reason, detail, source, bytes, receivedAt, times } of quarantined.slice(0, SHOWN)) {
    const id = pk.slice('QUARANTINE#'.length, 'QUARANTINE#'.length + 8);
    say(
      `  ${id} ${reason} (${detail}), ${bytes} bytes from ${source}, last refused ${receivedAt}, ${times}×`,
    );
  }
  if (quarantined.length > SHOWN) say(`  and ${quarantined.length - SHOWN} more`);
}

async function printPending(target: Target): Promise<void> {
  const effects = await findPending(target.db, target.casesTable);
  const claimed = effects.filter(({ claimedAt }) => claimedAt !== undefined).length;
  const kinds = Map.groupBy(effects, ({ effect }) => effect);
  const counts = [...kinds].map(([kind, some]) => `${kind} ${some.length}`).join(', ');
  say(`pending effects    ${effects.length}${counts === '' ? '' : ` (${counts}; ${claimed} under way)`}`);
}

async function redrivePending(target: Target, dryRun: boolean): Promise<number> {
  if (dryRun) {
    await printPending(target);
    return 0;
  }
  const { db, casesTable } = target;
  const progress = createProgress();
  const effects = await findPending(db, casesTable);
  const onProgress = (kicked: number) => progress.show(`${kicked} of ${effects.length} effects`);
  const { kicked, claimed, done } = await kickPending({
    db,
    casesTable,
    effects,
    now: () => new Date(),
    onProgress,
  });
  progress.end();
  say(`effects: ${kicked} emitted again, ${done} were done meanwhile, ${claimed} texts under way left alone`);
  return 0;
}

await runOnStage({
  help: HELP,
  options: {
    queue: { type: 'string' },
    list: { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
    pending: { type: 'boolean', default: false },
    limit: { type: 'string' },
  },
  prepare: (values) => ({
    queue: values.queue,
    pending: values.pending,
    most: countOf('limit', values.limit) ?? MOST,
    only: values.list ? ('list' as const) : values['dry-run'] ? ('dry-run' as const) : undefined,
  }),
  work: (target, { queue, pending, most, only }) =>
    pending ? redrivePending(target, only !== undefined) : redriveMessages({ target, queue, most, only }),
});
