import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalStack } from '../stack.ts';
import { writeOwn } from './details.ts';
import type { Directory } from './directory.ts';
import { readInjected } from './short-event.ts';

/** Purchases to try, as entries for `aws events put-events --entries file://…`. */
const purchases = {
  'stolen-card': {
    card: '3306',
    amount: 1299,
    currency: 'USD',
    merchant: 'SNEAKER VAULT NYC',
    country: 'US',
    mcc: '5661',
    deviceId: 'browser-d0c5',
  },
  // On the net, from a device the card was never used on: asked about.
  'large-purchase': {
    card: '7741',
    amount: 2600,
    merchant: '苏宁易购',
    mcc: '5732',
    deviceId: 'browser-61fe',
  },
  ordinary: { card: '8823', amount: 46.5, merchant: 'WAGAS JINGAN', mcc: '5812', entryMode: 'contactless' },
} as const;

/** A text goes out only for a purchase of the last hour: the files are kept younger. */
const RENEW_MS = 5 * 60_000;

/**
 * Writes the files, and writes them anew when they grow old or were used: the same event twice is only a
 * repetition. Returns their folder and how to stop.
 */
export function keepTryFiles(options: {
  stack: LocalStack;
  directory: Directory;
  folder: string;
  busName: string;
}) {
  const folder = join(options.folder, 'try');
  mkdirSync(folder, { recursive: true });
  let current = new Set<unknown>();

  function write(): void {
    current = new Set();
    for (const [name, purchase] of Object.entries(purchases)) {
      const { type, detail } = readInjected(purchase, options.directory, () => new Date());
      current.add(detail.transactionId);
      const entry = {
        EventBusName: options.busName,
        Source: 'bank.cards',
        DetailType: type,
        Detail: JSON.stringify(detail),
      };
      writeOwn(join(folder, `${name}.json`), `${JSON.stringify([entry], null, 2)}\n`);
    }
  }

  write();
  const timer = setInterval(write, RENEW_MS);
  const stop = options.stack.front.bus.subscribe({ source: ['bank.cards'] }, ({ detail }) => {
    const used = typeof detail === 'object' && detail !== null && 'transactionId' in detail;
    if (used && current.has(detail.transactionId)) setImmediate(write);
  });
  return {
    folder,
    stop() {
      clearInterval(timer);
      stop();
    },
  };
}
