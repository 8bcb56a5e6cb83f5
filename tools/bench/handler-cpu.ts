import { spawn } from 'node:child_process';
import type { Target } from '../stage/target.ts';
import { createPurchase } from './round-trips.ts';

/**
 * CPU of one cleared transaction as Lambda would bill it: the bundle in a process of its own, called with full
 * batches, its requests answered by a local stack in another process' time.
 */
const RUN = `
  const [file, input] = process.argv.slice(1);
  const { handler } = require(file);
  const batches = JSON.parse(require('node:fs').readFileSync(input, 'utf8'));
  const context = { getRemainingTimeInMillis: () => 30000 };
  (async () => {
    const spent = [];
    for (const batch of batches) {
      const before = process.cpuUsage();
      const answer = await handler(batch, context);
      const { user, system } = process.cpuUsage(before);
      if (answer.batchItemFailures.length > 0) throw new Error('a message of the bench failed');
      spent.push((user + system) / 1000 / batch.Records.length);
    }
    require('node:fs').writeFileSync(input, JSON.stringify(spent));
  })().catch((error) => { console.error(error); process.exitCode = 1; });
`;

/** Batches until the code is warm, which a busy function is; then those that count. */
const WARM_BATCHES = 30;
const COUNTED_BATCHES = 60;
const BATCH_SIZE = 10;

export async function measureHandlerCpu(options: {
  target: Target;
  bundle: string;
  /** A file to hand the batches over by. */
  exchangeFile: string;
  readBack: (file: string) => readonly number[];
  write: (file: string, text: string) => void;
  now: () => number;
}): Promise<{ readonly msPerTransaction: readonly number[] }> {
  const { target, exchangeFile } = options;
  const purchases = Array.from({ length: BATCH_SIZE }, (_, card) =>
    createPurchase({ now: options.now }, `bench-cpu-${card}`),
  );
  const batches = Array.from({ length: WARM_BATCHES + COUNTED_BATCHES }, (_, batch) => ({
    Records: purchases.map((purchase, card) => recordOf(purchase({}), `${batch}-${card}`)),
  }));
  options.write(exchangeFile, JSON.stringify(batches));
  await run([options.bundle, exchangeFile], {
    ...environmentOf(target),
    CARDS_TABLE: target.cardsTable,
    CASES_TABLE: target.casesTable,
  });
  return { msPerTransaction: options.readBack(exchangeFile).slice(WARM_BATCHES) };
}

function recordOf({ type, detail }: { type: string; detail: object }, messageId: string) {
  const body = { version: '0', id: messageId, source: 'bank.cards', 'detail-type': type, detail };
  return {
    messageId,
    receiptHandle: messageId,
    body: JSON.stringify(body),
    attributes: {},
    messageAttributes: {},
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:bench',
    awsRegion: 'us-east-1',
  };
}

function environmentOf({ connection }: Target): Record<string, string> {
  const { endpoint = '', region = '', credentials } = connection;
  return {
    PATH: process.env.PATH ?? '',
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials?.accessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '',
    AWS_SESSION_TOKEN: credentials?.sessionToken ?? '',
  };
}

async function run(args: readonly string[], env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, ['-e', RUN, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (text) => {
    complaint += text;
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`the handler could not be measured:\n${complaint}`);
}
