import * as z from 'zod';
import { pause } from '../host/pause.ts';
import { PlainError } from './checks.ts';
import { connectLocal, type LocalClient, readArguments, runCommand } from './local-client.ts';
import { pad, paint } from './screen.ts';

const help = `The customers' phones of the local stack.

  npm run phone -- list                    every number, with its latest text
  npm run phone -- show NUMBER             all texts of a number
  npm run phone -- answer NUMBER TEXT      text back as the customer: 1 mine, 2 not mine, or any words

NUMBER is a whole number (+8613800010001) or its last digits, as long as they fit one number only.
  --stack DIR    the running stack's folder, where it is not the usual one
`;

const messageSchema = z.object({ direction: z.enum(['in', 'out']), at: z.string(), text: z.string() });
const listSchema = z.object({
  phones: z.array(
    z.object({
      number: z.string(),
      people: z.array(z.string()),
      texts: z.number(),
      latest: messageSchema.optional(),
    }),
  ),
});
const phoneSchema = z.object({
  number: z.string(),
  people: z.array(z.string()),
  messages: z.array(messageSchema),
});
type Message = z.output<typeof messageSchema>;

/** How long `answer` waits for what the bank texts back. */
const REPLY_MS = 4_000;
const LOOK_AGAIN_MS = 150;

async function list(client: LocalClient): Promise<void> {
  const { phones } = await client.get('/local/phone', listSchema);
  if (phones.length === 0) print('No phone is known yet.');
  for (const { number, people, latest } of phones) {
    print(`${paint('bold', pad(number, 17))}${people.join(', ')}`);
    print(latest === undefined ? paint('gray', '    no texts') : `    ${lineOf(latest, client)}`);
  }
}

function show(client: LocalClient, { number, people, messages }: z.output<typeof phoneSchema>): void {
  print(`${paint('bold', number)}  ${people.join(', ')}`);
  for (const message of messages) print(`  ${lineOf(message, client)}`);
  if (messages.length === 0) print(paint('gray', '  no texts'));
}

async function answer(client: LocalClient, number: string, text: string): Promise<void> {
  if (text === '') throw new PlainError(`What does ${number} answer? npm run phone -- answer ${number} 2`);
  const before = await read(client, number);
  const path = `/local/phone/${number}/replies`;
  await client.post(path, { text }, z.object({ inboundMessageId: z.string() }));
  const received = ({ messages }: typeof before) => messages.filter(({ direction }) => direction === 'in');
  const giveUpAt = Date.now() + REPLY_MS;
  let after = await read(client, number);
  while (received(after).length === received(before).length && Date.now() < giveUpAt) {
    await pause(LOOK_AGAIN_MS);
    after = await read(client, number);
  }
  for (const message of after.messages.slice(before.messages.length)) print(lineOf(message, client));
  if (received(after).length === received(before).length) print(paint('gray', 'No text came back.'));
}

const read = (client: LocalClient, number: string) => client.get(`/local/phone/${number}`, phoneSchema);

async function wholeNumber(client: LocalClient, given: string): Promise<string> {
  if (/^\+\d{7,15}$/.test(given)) return given;
  const { phones } = await client.get('/local/phone', listSchema);
  const numbers = phones.map(({ number }) => number);
  const fitting = given === '' ? [] : numbers.filter((number) => number.endsWith(given.replace(/^\+/, '')));
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return only;
  throw new PlainError(
    given === ''
      ? `Which number? There are ${numbers.join(', ')}.`
      : `${given} ${only === undefined ? 'fits no number' : 'fits several numbers'}. There are ${numbers.join(', ')}.`,
  );
}

function lineOf({ direction, at, text }: Message, { details }: LocalClient): string {
  const time = new Date(at).toLocaleTimeString('en-GB', { timeZone: details.zone });
  return `${paint('gray', time)}  ${direction === 'in' ? paint('magenta', '→') : paint('green', '←')} ${text}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await runCommand(async () => {
  const { values, positionals } = readArguments({
    stack: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  const [what, number = '', ...rest] = positionals;
  if (values.help || what === undefined || what === 'help') {
    process.stdout.write(help);
    return;
  }
  if (what !== 'list' && what !== 'show' && what !== 'answer')
    throw new PlainError(`phone ${what}: there are list, show and answer. See --help.`);
  const client = connectLocal(values.stack);
  if (what === 'list') return list(client);
  const whole = await wholeNumber(client, number);
  if (what === 'show') return show(client, await read(client, whole));
  return answer(client, whole, rest.join(' '));
});
