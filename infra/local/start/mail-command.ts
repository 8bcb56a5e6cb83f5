import * as z from 'zod';
import { PlainError } from './checks.ts';
import { connectLocal, type LocalClient, readArguments, runCommand } from './local-client.ts';
import { pad, paint } from './screen.ts';

const help = `The customers' mailboxes of the local stack.

  npm run mail -- list              every mailbox, with its latest e-mail
  npm run mail -- show ADDRESS      all e-mails to an address, whole

ADDRESS is a whole address or its beginning, as long as it fits one mailbox only.
  --stack DIR    the running stack's folder, where it is not the usual one
`;

const mailSchema = z.object({ at: z.string(), from: z.string(), subject: z.string(), text: z.string() });
const listSchema = z.object({
  mailboxes: z.array(
    z.object({ address: z.string(), mails: z.number(), latest: mailSchema.omit({ text: true }).optional() }),
  ),
});
const boxSchema = z.object({ address: z.string(), mails: z.array(mailSchema) });

async function list(client: LocalClient): Promise<void> {
  const { mailboxes } = await client.get('/local/mail', listSchema);
  if (mailboxes.length === 0) print('No e-mail has been sent yet.');
  for (const { address, mails, latest } of mailboxes) {
    print(`${paint('bold', pad(address, 34))}${mails} e-mail${mails === 1 ? '' : 's'}`);
    if (latest !== undefined) print(`    ${timeOf(latest.at, client)}  ${latest.subject}`);
  }
}

async function show(client: LocalClient, address: string): Promise<void> {
  const { mails } = await client.get(`/local/mail/${encodeURIComponent(address)}`, boxSchema);
  for (const { at, from, subject, text } of mails) {
    print(paint('gray', '─'.repeat(72)));
    print(`${paint('gray', 'Date:')}    ${timeOf(at, client)}`);
    print(`${paint('gray', 'From:')}    ${from}`);
    print(`${paint('gray', 'To:')}      ${address}`);
    print(`${paint('gray', 'Subject:')} ${paint('bold', subject)}`);
    print('');
    print(text);
  }
  if (mails.length === 0) print('No e-mails.');
}

async function wholeAddress(client: LocalClient, given: string): Promise<string> {
  const { mailboxes } = await client.get('/local/mail', listSchema);
  const addresses = mailboxes.map(({ address }) => address);
  if (addresses.includes(given)) return given;
  const fitting = given === '' ? [] : addresses.filter((address) => address.startsWith(given));
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return only;
  const there = addresses.length === 0 ? 'None has got an e-mail yet.' : `There are ${addresses.join(', ')}.`;
  if (given === '') throw new PlainError(`Which mailbox? ${there}`);
  throw new PlainError(
    `${given} ${only === undefined ? 'fits no mailbox' : 'fits several mailboxes'}. ${there}`,
  );
}

const timeOf = (at: string, { details }: LocalClient): string =>
  paint('gray', new Date(at).toLocaleTimeString('en-GB', { timeZone: details.zone }));

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

await runCommand(async () => {
  const { values, positionals } = readArguments({
    stack: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  const [what, address = ''] = positionals;
  if (values.help || what === undefined || what === 'help') {
    process.stdout.write(help);
    return;
  }
  if (what !== 'list' && what !== 'show')
    throw new PlainError(`mail ${what}: there are list and show. See --help.`);
  const client = connectLocal(values.stack);
  if (what === 'list') return list(client);
  return show(client, await wholeAddress(client, address));
});
