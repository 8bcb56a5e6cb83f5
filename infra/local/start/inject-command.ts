import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { PlainError } from './checks.ts';
import { connectLocal, type LocalClient, readArguments, runCommand } from './local-client.ts';

const help = `Puts events on the local stack's bus, as the bank does, and says what screening made of them.

A purchase in a few words:
  npm run inject -- --card 4417 --amount 1299 --currency USD --country US --merchant "SNEAKER VAULT"

  --card       last four digits or token                (needed)
  --amount     in units of the currency: 128.50         (needed)
  --currency   CNY, USD, EUR, GBP, HKD, SGD, JPY, THB   (CNY)
  --merchant   name as the acquirer sends it            (TEST SHOP)
  --country    of the merchant, two letters             (CN)
  --mcc        its category, four digits                (5399)
  --entry      chip, contactless, magstripe, manual, ecommerce, moto, wallet   (ecommerce)
  --device     id of the device, online                 (none)
  --declined   the bank declined it
  --recurring  a subscription charged by the merchant

Events from a file, or from standard input with "-":
  npm run inject -- event.json
One event {"type": "TransactionAuthorized", "detail": {…}}, a list of them, one per line (.jsonl), or the
entries of "aws events put-events".

  --stack DIR  the running stack's folder, where it is not the usual one
`;

const outcomeSchema = z.object({
  eventId: z.string(),
  transactionId: z.string().optional(),
  outcome: z.string().optional(),
  reasons: z.array(z.string()).optional(),
  ticketNumber: z.string().optional(),
});

async function inject(client: LocalClient, event: unknown): Promise<void> {
  const { eventId, transactionId, outcome, reasons, ticketNumber } = await client.post(
    '/local/events',
    event,
    outcomeSchema,
  );
  const judged =
    outcome === undefined
      ? 'on the bus'
      : { clear: 'cleared', alert: 'asked about', freeze: 'frozen' }[outcome];
  const why = reasons?.length ? ` (${reasons.join(', ').replaceAll('_', ' ')})` : '';
  const ticket = ticketNumber === undefined ? '' : `, ticket ${ticketNumber}`;
  const name = transactionId ?? eventId;
  process.stdout.write(`${name}: ${judged ?? outcome}${ticket}${why}\n`);
}

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw new PlainError(`${file}: cannot be read (${(error as Error).message})`);
  }
}

const entrySchema = z.object({ Source: z.string(), DetailType: z.string(), Detail: z.string() });
const envelopeSchema = z.object({ 'detail-type': z.string(), detail: z.unknown() });

/** Takes the shapes events come in and makes the injector's of them. */
function eventsOf(text: string, file: string): unknown[] {
  const parsed =
    jsonOf(text) ??
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map(jsonOf);
  const events: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
  if (events.length === 0 || events.includes(undefined))
    throw new PlainError(`${file}: neither JSON nor JSON lines`);
  return events.map((event) => {
    const entry = entrySchema.safeParse(event);
    if (entry.success) return { type: entry.data.DetailType, detail: jsonOf(entry.data.Detail) };
    const envelope = envelopeSchema.safeParse(event);
    return envelope.success ? { type: envelope.data['detail-type'], detail: envelope.data.detail } : event;
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

await runCommand(async () => {
  const { values, positionals } = readArguments({
    card: { type: 'string' },
    amount: { type: 'string' },
    currency: { type: 'string' },
    merchant: { type: 'string' },
    country: { type: 'string' },
    mcc: { type: 'string' },
    entry: { type: 'string' },
    device: { type: 'string' },
    declined: { type: 'boolean' },
    recurring: { type: 'boolean' },
    stack: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  const { stack, help: wantsHelp, entry, device, ...purchase } = values;
  const inShort = Object.values({ entry, device, ...purchase }).some((value) => value !== undefined);
  if (wantsHelp || (!inShort && positionals.length === 0)) {
    process.stdout.write(help);
    return;
  }
  if (inShort && positionals.length > 0)
    throw new PlainError(`Either a file or a purchase in a few words, not both (${positionals.join(' ')}).`);
  const client = connectLocal(stack);
  if (inShort) return inject(client, { ...purchase, entryMode: entry, deviceId: device });
  for (const file of positionals)
    for (const event of eventsOf(readText(file), file)) await inject(client, event);
});
