import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import type { OtherHandler } from '../host/http-server.ts';
import type { LocalStack } from '../stack.ts';
import type { Bank } from './bank.ts';
import { type Calls, playCall } from './calls.ts';
import { PlainError } from './checks.ts';
import type { Tally } from './counts.ts';
import type { Directory } from './directory.ts';
import type { Happening } from './happenings.ts';
import { localPeople, signInAs, signInSchema } from './local-people.ts';
import type { Phones } from './phones.ts';
import { readInjected } from './short-event.ts';
import type { Watch } from './watch.ts';

/** How long the injector waits to tell what screening made of a purchase. */
const OUTCOME_TIMEOUT_MS = 5_000;
const QUIET_TIMEOUT_MS = 300;

export interface PagesOptions {
  readonly stack: LocalStack;
  readonly watch: Pick<Watch, 'on'>;
  readonly phones: Phones;
  readonly calls: Calls;
  readonly directory: Directory;
  readonly bank: Bank;
  readonly tally: Tally;
  readonly now: () => Date;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}
interface Question {
  readonly path: string;
  readonly body: Buffer;
}

const routes: readonly {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly answer: (pages: PagesOptions, question: Question, match: RegExpExecArray) => Promise<Answer>;
}[] = [
  { method: 'GET', path: /^\/local\/phone\/?$/, answer: async ({ phones }) => ok({ phones: phones.list() }) },
  { method: 'GET', path: /^\/local\/phone\/([^/]+)$/, answer: showPhone },
  { method: 'POST', path: /^\/local\/phone\/([^/]+)\/replies$/, answer: replyFromPhone },
  {
    method: 'POST',
    path: /^\/local\/calls(?:\/([\w-]+)\/(keys|answer|hang-up|pick-up|decline))?$/,
    answer: play,
  },
  { method: 'GET', path: /^\/local\/calls$/, answer: async ({ calls }) => ok({ calls: calls.incoming() }) },
  { method: 'GET', path: /^\/local\/mail\/?$/, answer: listMailboxes },
  { method: 'GET', path: /^\/local\/mail\/([^/]+)$/, answer: showMailbox },
  { method: 'POST', path: /^\/local\/events$/, answer: injectEvent },
  { method: 'GET', path: /^\/local\/status$/, answer: showStatus },
  { method: 'GET', path: /^\/local\/people$/, answer: async () => ok(localPeople()) },
  { method: 'POST', path: /^\/local\/sign-in$/, answer: signIn },
];

/** What the local stack has beside the deployed API, under `/local/`: phones, the injector, the state of things. */
export function localPages(pages: PagesOptions): OtherHandler {
  return (request, response, body) => {
    answerTo(pages, request, body)
      .catch((error: unknown) =>
        error instanceof PlainError
          ? { status: 400, body: { message: error.message } }
          : { status: 500, body: { message: String(error) } },
      )
      .then(({ status, body: answer }) => send(response, status, answer));
  };
}

async function answerTo(pages: PagesOptions, request: IncomingMessage, body: Buffer): Promise<Answer> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const found = routes.filter((route) => route.path.test(path));
  if (found.length === 0) return refusal(404, `Nothing is at ${path}.`);
  const route = found.find(({ method }) => method === request.method);
  if (route === undefined)
    return refusal(405, `${path} takes ${found.map(({ method }) => method).join(', ')}.`);
  const foreign = refuseForeign(request);
  if (foreign !== undefined) return foreign;
  const match = route.path.exec(path);
  return match === null ? refusal(404, 'Not found.') : route.answer(pages, { path, body }, match);
}

/**
 * A web page the developer happens to look at must not be able to text as a customer: it cannot name this
 * host, nor send JSON elsewhere without being asked first, which is never answered.
 */
function refuseForeign(request: IncomingMessage): Answer | undefined {
  const host = request.headers.host?.replace(/:\d+$/, '');
  if (host !== '127.0.0.1' && host !== 'localhost') return refusal(403, `Not for ${host}.`);
  const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
  return request.method === 'POST' && !isJson
    ? refusal(415, "Send JSON: -H 'content-type: application/json' (curl --json does).")
    : undefined;
}

function numberOf(match: RegExpExecArray): string {
  const number = decodeURIComponent(match[1] ?? '').replace(/^(?=\d)/, '+');
  if (!/^\+[1-9]\d{6,14}$/.test(number))
    throw new PlainError(`${number} is no phone number such as +8613800010001.`);
  return number;
}

async function showPhone({ phones, directory }: PagesOptions, _: Question, match: RegExpExecArray) {
  const number = numberOf(match);
  return ok({ number, people: directory.peopleAt(number), messages: phones.messages(number) });
}

async function listMailboxes({ stack }: PagesOptions): Promise<Answer> {
  const byAddress = Map.groupBy(stack.mailbox.mails(), ({ to }) => to);
  const mailboxes = [...byAddress].map(([address, mails]) => {
    const last = mails.at(-1);
    const latest = last && {
      at: new Date(last.at).toISOString(),
      from: senderOf(last.from),
      subject: last.subject,
    };
    return { address, mails: mails.length, latest };
  });
  return ok({ mailboxes });
}

async function showMailbox({ stack }: PagesOptions, _: Question, match: RegExpExecArray): Promise<Answer> {
  const address = decodeURIComponent(match[1] ?? '');
  const mails = stack.mailbox.mails(address).map(({ at, from, subject, text }) => ({
    at: new Date(at).toISOString(),
    from: senderOf(from),
    subject,
    text,
  }));
  return ok({ address, mails });
}

/** The sender as a mail program shows it: encoded words (RFC 2047) read. */
const senderOf = (from: string): string =>
  from.replace(/=\?UTF-8\?B\?([^?]*)\?=(?:\s+(?==\?))?/g, (_, base64: string) =>
    Buffer.from(base64, 'base64').toString(),
  );

const replySchema = z.strictObject({ text: z.string().min(1).max(1_600) });

async function replyFromPhone({ phones }: PagesOptions, { body }: Question, match: RegExpExecArray) {
  const reply = replySchema.safeParse(jsonOf(body));
  if (!reply.success) throw new PlainError('Send what the customer texts: {"text": "2"}');
  const inboundMessageId = await phones.reply(numberOf(match), reply.data.text);
  return { status: 202, body: { inboundMessageId } };
}

async function signIn({ stack }: PagesOptions, { body }: Question): Promise<Answer> {
  const asked = signInSchema.safeParse(jsonOf(body));
  if (!asked.success) throw new PlainError('Say who: {"side": "customers", "subject": "zhang-wei"}');
  return ok(await signInAs(stack, asked.data));
}

async function play({ calls }: PagesOptions, { body }: Question, match: RegExpExecArray) {
  return ok(await playCall(calls, { contactId: match[1], act: match[2] }, jsonOf(body)));
}

async function injectEvent(pages: PagesOptions, { body }: Question): Promise<Answer> {
  const entry = readInjected(jsonOf(body), pages.directory, pages.now);
  const { transactionId } = entry.detail;
  const judged =
    entry.type === 'TransactionAuthorized' && typeof transactionId === 'string'
      ? nextHappening(pages.watch, (seen) => seen.kind === 'screened' && seen.transactionId === transactionId)
      : undefined;
  const [eventId] = await pages.bank.put([entry]);
  const screened = await judged;
  if (screened?.kind !== 'screened') return { status: 202, body: { eventId, transactionId } };
  const { outcome, reasons, ticketNumber } = screened;
  return { status: 202, body: { eventId, transactionId, outcome, reasons, ticketNumber } };
}

/** The first happening that fits, or undefined when none came in time. */
function nextHappening(
  watch: Pick<Watch, 'on'>,
  fits: (happening: Happening) => boolean,
): Promise<Happening | undefined> {
  return new Promise((resolve) => {
    const end = (happening?: Happening) => {
      clearTimeout(timer);
      stop();
      resolve(happening);
    };
    const timer = setTimeout(end, OUTCOME_TIMEOUT_MS);
    const stop = watch.on((happening) => {
      if (fits(happening)) end(happening);
    });
  });
}

async function showStatus({ stack, tally }: PagesOptions): Promise<Answer> {
  const depths = Object.entries(await stack.front.queueDepths());
  const deadLetters = depths.filter(([name, depth]) => name.endsWith('Dlq') && depth.visible > 0);
  const quiet = await stack.settle({ timeoutMs: QUIET_TIMEOUT_MS }).then(
    () => true,
    () => false,
  );
  return ok({
    url: stack.url,
    quiet,
    sinceStart: tally.counts,
    tickets: [...tally.tickets.values()],
    queues: Object.fromEntries(depths.filter(([name]) => !name.endsWith('Dlq'))),
    deadLetters: Object.fromEntries(deadLetters.map(([name, { visible }]) => [name, visible])),
  });
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new PlainError('The body is not JSON.');
  }
}

const ok = (body: unknown): Answer => ({ status: 200, body });
const refusal = (status: number, message: string): Answer => ({ status, body: { message } });

function send(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(`${JSON.stringify(body, null, 2)}\n`);
}
