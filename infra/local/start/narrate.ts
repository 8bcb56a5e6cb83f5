import type { Directory } from './directory.ts';
import type { Happening } from './happenings.ts';
import { type Colour, columnsOf, pad, paint, type Screen, wrap } from './screen.ts';

/** One line: what happened, to whom, and the rest. */
export interface Told {
  readonly word: string;
  readonly colour: Colour;
  readonly about: string;
  readonly text: string;
}

const WORD_COLUMNS = 12;
const ABOUT_COLUMNS = 20;
const words = (code: string): string => code.replaceAll('_', ' ');
const deadlineWords: Readonly<Record<string, string>> = {
  clock_told: 'a promised time runs out: whoever must know is told',
  lease_expired: 'whoever had the ticket in hand is gone: it waits for a person again',
};

/** What an answer came to, where the code alone says too little. */
const effects: Readonly<Record<string, string>> = {
  fraud: 'fraud; the card is held and a person takes over',
  genuine: 'genuine, settled',
  claimed: 'a claim only; a frozen card needs a second factor',
  ask_again: 'not all of it was asked about yet; asked again',
  late_yes: 'too late to release anything',
  unclear: 'asked again',
  asked_which: 'which of several is not said; asked which',
  repeated: 'the same text again, nothing happens',
  neutral_answer: 'nothing is open for this number',
};

/** What a text came to: beyond the cap of answers it acts all the same, and nothing is said. */
function effectWords(effect: string): string {
  if (effect.endsWith('_to_person')) return 'a second time: a person takes over, no answer';
  const [base = effect, silent] = effect.split(/_(silent)$/);
  const meant = effects[base] ?? words(base);
  if (silent === undefined) return meant;
  return base === 'unclear' || base === 'asked_which' ? 'no answer any more' : `${meant}; no answer any more`;
}

/** A happening in words; undefined for what only repeats, or changes nothing a person would look for. */
export function narrate(happening: Happening, directory: Directory): Told | undefined {
  switch (happening.kind) {
    case 'screened':
      return screened(happening, directory);
    case 'quarantined':
      return told(
        'quarantined',
        'red',
        '',
        `kept, not judged: ${words(happening.reason)} (${happening.detail})`,
      );
    case 'moved':
      if (happening.outcome === 'known') return undefined;
      return told(
        'reversed',
        'cyan',
        about(happening.transactionId, directory),
        `${purchaseOf(happening.transactionId, directory)} ${
          happening.outcome === 'on_ticket'
            ? 'given back: noted on the ticket, nothing is released'
            : 'given back'
        }`,
      );
    case 'requested':
      return told(
        happening.freeze ? 'frozen' : 'lifted',
        'blue',
        directory.cardName(happening.cardToken),
        happening.freeze
          ? `hold (${happening.holds.join(', ')}) written, the issuer is asked to freeze`
          : 'no hold stands any more, the issuer is asked to lift the freeze',
      );
    case 'issuer':
      return issuer(happening, directory);
    case 'texted':
      return told('texted', 'magenta', happening.phone, happening.text);
    case 'mailed':
      return told('e-mailed', 'magenta', happening.address, happening.subject);
    case 'not_texted':
      return told('not texted', 'red', '', `no text can be sent: ${words(happening.reason)}`);
    case 'answered':
      return told('answered', 'green', happening.phone, happening.text);
    case 'understood':
      return told(
        'understood',
        'green',
        happening.phone ?? '',
        `as "${words(happening.reading)}": ${effectWords(happening.effect)}`,
      );
    case 'ticket':
      return ticket(happening, directory);
    case 'deadline':
      return happening.outcome === 'nothing_due' || happening.outcome === 'kicked'
        ? undefined
        : told('deadline', 'yellow', '', deadlineWords[happening.outcome] ?? words(happening.outcome));
    case 'trouble':
      return told('trouble', 'red', '', `${happening.functionName}: ${happening.text}`);
  }
}

function screened(
  happening: Extract<Happening, { kind: 'screened' }>,
  directory: Directory,
): Told | undefined {
  const { outcome, cardToken, transactionId, how, reasons } = happening;
  const purchase = purchaseOf(transactionId, directory);
  const card = directory.cardName(cardToken);
  if (outcome === 'clear') return told('cleared', 'gray', card, purchase);
  if (outcome === 'repeated') return undefined;
  if (outcome === 'conflict')
    return told('screened', 'red', card, `${purchase}: the same id came with another body`);
  const place =
    how === 'joined' ? `, joins ${happening.ticketNumber}` : how === 'opened' ? '' : `, ${words(how ?? '')}`;
  const verdict = `${outcome === 'freeze' ? 'FREEZE' : 'ASK'}${place}`;
  return told(
    'screened',
    outcome === 'freeze' ? 'red' : 'yellow',
    card,
    `${purchase} → ${verdict} (${reasons.map(words).join(', ')})`,
  );
}

function issuer(
  { status, afterMs, cardToken }: Extract<Happening, { kind: 'issuer' }>,
  directory: Directory,
) {
  const after = afterMs === undefined ? '' : ` ${afterMs} ms after it was asked`;
  const said: Record<string, [string, Colour, string]> = {
    frozen: ['confirmed', 'blue', `the issuer froze the card${after}`],
    active: ['confirmed', 'blue', `the issuer lifted the freeze${after}`],
    freeze_failed: ['failed', 'red', `the issuer could not freeze the card${after}`],
  };
  const [word, colour, text] = said[status] ?? ['issuer', 'blue', `the issuer says: ${status}`];
  return told(word, colour, directory.cardName(cardToken), text);
}

function ticket(
  { ticket: seen, isNew, reopened }: Extract<Happening, { kind: 'ticket' }>,
  directory: Directory,
): Told {
  const begins = isNew ? 'opened: ' : reopened ? 'reopened: ' : '';
  const why = seen.status === 'queued' && seen.reason !== undefined ? `, ${words(seen.reason)}` : '';
  const who = seen.status === 'in_progress' && seen.claimedBy !== undefined ? ` by ${seen.claimedBy}` : '';
  const how =
    seen.status === 'resolved' && seen.resolution !== undefined ? `, ${words(seen.resolution)}` : '';
  return told(
    'ticket',
    seen.priority === 'P1' ? 'red' : 'bold',
    directory.cardName(seen.cardToken),
    `${seen.number} ${begins}${words(seen.status)}${who}, ${seen.priority}${why}${how}`,
  );
}

function about(transactionId: string, directory: Directory): string {
  const purchase = directory.purchase(transactionId);
  return purchase === undefined ? '' : directory.cardName(purchase.cardToken);
}

function purchaseOf(transactionId: string, directory: Directory): string {
  const purchase = directory.purchase(transactionId);
  if (purchase === undefined) return transactionId;
  const { amount, merchant, outcome } = purchase;
  return `${moneyText(amount)} ${merchant.name} (${merchant.country})${outcome === 'declined' ? ', declined' : ''}`;
}

/** Currencies without a minor unit that the sample and the short form know. */
const WITHOUT_DECIMALS = new Set(['JPY', 'KRW', 'VND']);

function moneyText({ minor, currency }: { minor: number; currency: string }): string {
  const decimals = WITHOUT_DECIMALS.has(currency) ? 0 : 2;
  const figure = (minor / 10 ** decimals).toLocaleString('en', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return `${currency} ${figure}`;
}

function told(word: string, colour: Colour, of: string, text: string): Told {
  return { word, colour, about: of, text };
}

/** Writes lines with the time of day in the zone customers read, columns aligned, long texts indented. */
export function createNarrator(screen: Screen, zone: string): (told: Told, at: Date) => void {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return ({ word, colour, about: of, text }, at) => {
    const head = `${clock.format(at)}  `;
    const left = `${pad(word, WORD_COLUMNS)}${pad(of, ABOUT_COLUMNS)} `;
    const indent = columnsOf(head) + columnsOf(left);
    const width =
      screen.columns === undefined ? Number.POSITIVE_INFINITY : Math.max(30, screen.columns - indent);
    const [first = '', ...more] = wrap(text, width);
    const paintText = (line: string) => (word === 'cleared' ? paint('gray', line) : line);
    const painted = `${paint(colour, pad(word, WORD_COLUMNS))}${pad(of, ABOUT_COLUMNS)} `;
    screen.line(`${paint('gray', head)}${painted}${paintText(first)}`);
    for (const line of more) screen.line(`${' '.repeat(indent)}${paintText(line)}`);
  };
}
