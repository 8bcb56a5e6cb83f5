import { createInterface } from 'node:readline/promises';
import * as z from 'zod';
import { PlainError } from './checks.ts';
import { connectLocal, type LocalClient, readArguments, runCommand } from './local-client.ts';
import { paint } from './screen.ts';

const help = `A customer's phone call to the local stack: the contact flow of the templates, spoken as text.

  npm run call -- NUMBER            dials; then keys are asked for, one wait after the other
  npm run call -- NUMBER 1 4417     the same with these keys pressed: freeze, then the card's last four
  npm run call -- withheld          without a number

Keys: 1 freeze, 2 lost, 3 not mine, 4 status, 0 a person. Empty: press nothing. "h" hangs up.
Waiting for a person, "a" answers as the agent Li Na.
NUMBER is a whole number (+8613800010001) or its last digits, as long as they fit one number only.
  --stack DIR    the running stack's folder, where it is not the usual one
`;

const callSchema = z.object({
  contactId: z.string(),
  state: z.string(),
  heard: z.array(z.string()),
  attributes: z.record(z.string(), z.string()),
});
type Shown = z.output<typeof callSchema>;
const phonesSchema = z.object({ phones: z.array(z.object({ number: z.string() })) });
const AGENT = { id: 'agent-li', name: 'Li Na' };

async function wholeNumber(client: LocalClient, given: string): Promise<string> {
  if (/^\+\d{7,15}$/.test(given)) return given;
  const { phones } = await client.get('/local/phone', phonesSchema);
  const fitting = phones
    .map(({ number }) => number)
    .filter((number) => given !== '' && number.endsWith(given));
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return only;
  throw new PlainError(`Which number calls? There are ${phones.map(({ number }) => number).join(', ')}.`);
}

function show({ heard, state, attributes }: Shown): void {
  for (const words of heard) print(`${paint('green', '☎')} ${words}`);
  if (state === 'queued') {
    const ticket = attributes.ticketNumber;
    print(paint('gray', `waiting for a person${ticket ? `, with ${ticket}` : ''}`));
  }
  if (state === 'connected') print(paint('gray', `${AGENT.name} is on the line`));
  if (state === 'ended') print(paint('gray', 'The call is over.'));
}

async function play(client: LocalClient, from: string | undefined, keys: readonly string[]): Promise<void> {
  const send = (path: string, body: object) => client.post(`/local/calls${path}`, body, callSchema);
  let call = await send('', { from });
  show(call);
  const waiting = [...keys];
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    while (call.state !== 'ended') {
      const typed = waiting.shift() ?? (await ask(terminal, call.state));
      if (typed === undefined || typed === 'h') call = await send(`/${call.contactId}/hang-up`, {});
      else if (typed === 'a') call = await send(`/${call.contactId}/answer`, AGENT);
      else if (call.state === 'menu' || call.state === 'digits')
        call = await send(`/${call.contactId}/keys`, { keys: typed });
      else continue;
      show(call);
    }
  } finally {
    terminal.close();
  }
}

/** What is typed next; undefined where nothing more comes, e.g. the end of a pipe: the caller hangs up. */
async function ask(terminal: ReturnType<typeof createInterface>, state: string): Promise<string | undefined> {
  const question = {
    menu: 'Key: ',
    digits: 'Digits: ',
    queued: 'a answers, h hangs up: ',
    connected: 'h hangs up: ',
  }[state];
  const closed = new Promise<undefined>((resolve) => terminal.once('close', () => resolve(undefined)));
  return Promise.race([terminal.question(question ?? ''), closed]);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await runCommand(async () => {
  const { values, positionals } = readArguments({
    stack: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  const [number, ...keys] = positionals;
  if (values.help || number === undefined || number === 'help') {
    process.stdout.write(help);
    return;
  }
  const client = connectLocal(values.stack);
  const from = number === 'withheld' ? undefined : await wholeNumber(client, number);
  await play(client, from, keys);
});
