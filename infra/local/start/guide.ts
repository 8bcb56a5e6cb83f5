import { join } from 'node:path';
import type { Counts } from './counts.ts';
import { DEMO_AGENT, type Details, typed, usualFolder } from './details.ts';
import type { Directory } from './directory.ts';
import type { TicketSeen } from './happenings.ts';
import { pad, paint, type Screen } from './screen.ts';

export interface TryOptions {
  readonly details: Details;
  readonly folder: string;
  readonly tryFolder: string;
  /** A number whose question waits for an answer; unset: the one that the stolen card of the first command texts. */
  readonly waiting: string | undefined;
}

export function nightBegins(screen: Screen, events: number): void {
  screen.line();
  screen.line(paint('bold', `The sample night: ${events} events of the bank, in about 20 seconds`));
  const times =
    'Times at the left are now; each purchase keeps its own, so a text may name one half an hour ago.';
  screen.line(paint('gray', times));
}

export function nightIsOver(screen: Screen, night: Counts): void {
  screen.line();
  screen.line(
    `${paint('bold', 'The night is over.')} ${night.screened} purchases screened: ${night.cleared} cleared, ` +
      `${night.asked} asked about, ${night.frozen} frozen; ${night.repeated} repeated, ${night.quarantined} in quarantine.`,
  );
  screen.line(
    'Who has not answered is reminded 5 minutes after the text; 15 minutes after it a person takes over (P2).\n' +
      'That is real time: stay and see, or answer for them (below).',
  );
  screen.line(`${night.textsSent} texts, ${night.answers} answers, and one ticket per incident:`);
}

/** `waiting`: who has a question to answer. */
export function browserAddresses(screen: Screen, details: Details, waiting?: string): void {
  const whom = waiting === undefined ? 'e.g. 张伟' : `${waiting} has a question to answer`;
  screen.line(paint('bold', 'Open in a browser, in two windows'));
  for (const [name, value, what] of [
    [
      'customer',
      details.pageUrl,
      `choose who you are (${whom}); beside it: phone, mailbox, the bank’s events`,
    ],
    [
      'desk',
      details.deskUrl,
      'choose Lin Yue or Su Wen, agents; Tan Li is a supervisor, Gao Rui an analyst, Qin Yu a teller',
    ],
  ] as const) {
    screen.line(`  ${pad(name, 14)}${paint('green', value)}`);
    screen.line(`  ${pad('', 14)}${paint('gray', what)}`);
  }
  screen.line();
}

export function programAddresses(screen: Screen, details: Details, folder: string): void {
  screen.line(paint('bold', 'For programs'));
  for (const [name, value] of [
    ['AWS endpoint', `${details.url}   region ${details.region}`],
    ['credentials', `${typed(details.credentialsFile)}   profiles bank, admin; good for nothing else`],
    ['event bus', `${details.busName}   source bank.cards`],
    ['API', `${details.apiUrl}   tokens in ${typed(join(folder, 'local.json'))}`],
    ['phones', `${details.phoneUrl}   JSON; for people: npm run phone`],
    ['injector', `${details.injectorUrl}   POST; for people: npm run inject`],
    ['status', `${details.statusUrl}   what happened so far, in figures`],
    ['function logs', typed(join(folder, 'functions.log'))],
  ] as const)
    screen.line(`  ${pad(name, 14)}${value}`);
  screen.line();
}

/** Commands to copy, which work as they stand. */
export function commandsToTry(screen: Screen, options: TryOptions): void {
  const { details, folder, tryFolder } = options;
  const stack = folder === usualFolder ? '' : ` --stack ${typed(folder)}`;
  const number = options.waiting ?? '+12025550123';
  const header = (subject: string) => `-H @${typed(join(folder, 'headers', subject))}`;
  const aws =
    `AWS_SHARED_CREDENTIALS_FILE=${typed(details.credentialsFile)} AWS_PROFILE=bank aws events put-events \\\n` +
    `      --endpoint-url ${details.url} --region ${details.region} --entries file://${typed(join(tryFolder, 'stolen-card.json'))}`;
  screen.line(paint('bold', 'Try, in another terminal'));
  for (const [what, command] of [
    ['A stolen card, put on the bus by the bank (aws CLI)', aws],
    [
      'The same without the aws CLI',
      `npm run inject --${stack} ${typed(join(tryFolder, 'stolen-card.json'))}`,
    ],
    [
      'A purchase in a few words',
      `npm run inject --${stack} --card 7741 --amount 1800 --currency USD --country US --merchant "LUXE WATCHES"`,
    ],
    ["What the customers' phones show", `npm run phone --${stack} list`],
    ['What was e-mailed to them', `npm run mail --${stack} list`],
    ['Answer for a customer: 1 mine, 2 not mine', `npm run phone --${stack} answer ${number} 2`],
    ['Call as a customer: 1 freeze, then the last four', `npm run call --${stack} ${number}`],
    ['The queue, as an agent sees it', `curl -s ${header(DEMO_AGENT.subject)} ${details.url}/agent/queue`],
    [
      'The rules in force, as an analyst sees them',
      `curl -s ${header('analyst-gao')} ${details.url}/agent/rules`,
    ],
    ['His cards and tickets, as 张伟 sees them', `curl -s ${header('zhang-wei')} ${details.url}/cards`],
    [
      'Freeze one of her own, as Emma Wilson does in the app',
      `curl -s -X POST ${header('emma-wilson')} -H 'Idempotency-Key: my-freeze-1' ${details.url}/cards/card-emma-3306/freeze`,
    ],
  ] as const) {
    screen.line(`  ${paint('gray', `# ${what}`)}`);
    screen.line(`  ${command}`);
  }
  screen.line();
}

/** The tickets at the end of the night. */
export function ticketTable(screen: Screen, tickets: Iterable<TicketSeen>, directory: Directory): void {
  const rows = [...tickets].sort((a, b) =>
    `${a.priority}${a.status}`.localeCompare(`${b.priority}${b.status}`),
  );
  for (const { number, cardToken, status, priority, reason } of rows) {
    const why = status === 'queued' && reason !== undefined ? reason.replaceAll('_', ' ') : '';
    const words = pad(status.replaceAll('_', ' '), 16);
    screen.line(
      `  ${number}  ${priority}  ${words}${pad(directory.cardName(cardToken), 20)} ${why}`.trimEnd(),
    );
  }
}
