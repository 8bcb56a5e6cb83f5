import { createInterface } from 'node:readline/promises';
import * as z from 'zod';
import { PlainError } from './checks.ts';
import { connectLocal, type LocalClient, readArguments, runCommand } from './local-client.ts';
import { paint } from './screen.ts';

const help = `A customer's phone call to the local stack: the contact flow of the templates, spoken as text.

  npm run call -- NUMBER            dials; then keys are asked for, one wait after the other
  npm run call -- NUMBER 1 4417     the same with these keys pressed: freeze, then the card's last four
  npm run call -- withheld          without a number
  npm run call -- answer [NUMBER]   picks up the customer's phone that the bank's call rings at; "decline" declines

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
const incomingSchema = z.object({
  calls: z.array(z.object({ contactId: z.string(), number: z.string(), state: z.string() })),
});
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

function show({ heard, state, attributes }: Shown, who = AGENT.name): void {
  for (const words of heard) print(`${paint('green', '☎')} ${words}`);
  if (state === 'queued') {
    const ticket = attributes.ticketNumber;
    print(paint('gray', `waiting for a person${ticket ? `, with ${ticket}` : ''}`));
  }
  if (state === 'connected') print(paint('gray', `${who} is on the line`));
  if (state === 'ended') print(paint('gray', 'The call is over.'));
}

async function play(client: LocalClient, from: string | undefined, keys: readonly string[]): Promise<void> {
  const send = (path: string, body: object) => client.post(`/local/calls${path}`, body, callSchema);
  let call = await send('', { from });
  show(call);
  const waiting = [...keys];
  const keyboard = openKeyboard();
  try {
    while (call.state !== 'ended') {
      const typed = waiting.shift() ?? (await keyboard.ask(call.state));
      if (typed === undefined || typed === 'h') call = await send(`/${call.contactId}/hang-up`, {});
      else if (typed === 'a') call = await send(`/${call.contactId}/answer`, AGENT);
      else if (call.state === 'menu' || call.state === 'digits')
        call = await send(`/${call.contactId}/keys`, { keys: typed });
      else continue;
      show(call);
    }
  } finally {
    keyboard.close();
  }
}

/** The customer's side of a call of the bank's: picks up, listens and hangs up; or declines. */
async function atThePhone(client: LocalClient, act: 'answer' | 'decline', given: string | undefined) {
  const { calls } = await client.get('/local/calls', incomingSchema);
  const [call] = calls.filter(
    ({ state, number }) => state === 'ringing' && number.endsWith(given?.replace(/^\+/, '') ?? ''),
  );
  if (call === undefined)
    throw new PlainError('No phone rings. An agent has to call: "Call now" at the desk.');
  print(`${paint('green', '☎')} ${call.number}`);
  const send = (path: string) => client.post(`/local/calls/${call.contactId}/${path}`, {}, callSchema);
  const shown = await send(act === 'answer' ? 'pick-up' : 'decline');
  show(shown, 'The agent');
  if (shown.state === 'ended') return;
  const keyboard = openKeyboard();
  await keyboard.ask('connected');
  keyboard.close();
  show({ ...(await send('hang-up')), heard: [] });
}

/** What is typed next; undefined where nothing more comes, e.g. the end of a pipe: the caller hangs up. */
function openKeyboard() {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  let isClosed = false;
  const closed = new Promise<undefined>((resolve) =>
    terminal.once('close', () => {
      isClosed = true;
      resolve(undefined);
    }),
  );
  const questions: Readonly<Record<string, string>> = {
    menu: 'Key: ',
    digits: 'Digits: ',
    queued: 'a answers, h hangs up: ',
    connected: 'h hangs up: ',
  };
  return {
    // A pipe may have ended while the given keys were still pressed.
    ask: async (state: string): Promise<string | undefined> =>
      isClosed ? undefined : Promise.race([terminal.question(questions[state] ?? ''), closed]),
    close: () => terminal.close(),
  };
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
  if (number === 'answer' || number === 'decline') {
    await atThePhone(client, number, keys[0]);
    return;
  }
  const from = number === 'withheld' ? undefined : await wholeNumber(client, number);
  await play(client, from, keys);
});
