import { join } from 'node:path';
import { createRealClock, type LocalClock, type SimulatedClock } from './clock.ts';
import { matchesPattern } from './front/event-pattern.ts';
import { createFront, type Front } from './front/front.ts';
import type { Mailbox } from './front/mailbox.ts';
import type { Phone } from './front/phone.ts';
import { createStackClients } from './host/clients.ts';
import { type ContactCentre, createContactCentre } from './host/contact-centre.ts';
import { forgetfulPhone } from './host/forgetful-phone.ts';
import { freePort } from './host/free-port.ts';
import type { LogLine } from './host/functions.ts';
import { type Host, startHost } from './host/host.ts';
import { createHttpApi } from './host/http-api.ts';
import { type HttpHandler, type OtherHandler, serveHttp } from './host/http-server.ts';
import { createLocalTime, type LocalTime } from './host/local-time.ts';
import { settle } from './host/quiet.ts';
import { emptyEverything } from './host/reset.ts';
import { subsetOf, withEnvironment, withoutSchedules } from './host/subset.ts';
import { createTokens, type Tokens } from './host/tokens.ts';
import { busEventSchema, createIssuer, type Issuer } from './issuer.ts';
import type { LocalModel } from './model.ts';
import { synthesise } from './synth.ts';
import { readModel } from './template.ts';

/**
 * On AWS a failed message shows again after the queue's visibility timeout (minutes), a failed schedule's
 * call after one minute. Here both wait this long, so that a person sees a repetition and does not fall asleep.
 */
const RETRY_DELAY_MS = 2_000;
const ISSUER_DELAY_MS = 50;
const SETTLE_TIMEOUT_MS = 30_000;
const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);

export interface LocalStackOptions {
  /** Unset: a free one. */
  readonly port?: number;
  /** Keeps tables, queues, positions in streams and the token key; unset: all in memory. */
  readonly stateDir?: string;
  /** Unset: the machine's. With a simulated one time stands until `advance`. */
  readonly clock?: LocalClock | SimulatedClock;
  /** Unset: log lines of functions go to the terminal. */
  readonly quiet?: boolean;
  readonly retryDelayMs?: number;
  readonly issuerDelayMs?: number;
  /** How long, on the machine's time, `settle` and `advance` wait for rest before they give up. */
  readonly settleTimeoutMs?: number;
  /** Run these only: `screen-transactions` … */
  readonly functions?: readonly string[];
  /** False: no schedule fires, so that days pass at once; who wants a sweep calls `invoke`. */
  readonly schedules?: boolean;
  /** Variables that differ from the template's, by function: `{ 'send-sms': { SMS_CAPS: '…' } }`. */
  readonly environment?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** A synthesised app (`cdk.out`); unset: this repository's, synthesised when something has changed. */
  readonly assemblyDirectory?: string;
  readonly onProgress?: (line: string) => void;
  /** Every log line of a function, printed or not. */
  readonly onLog?: (line: LogLine) => void;
  /** Faults of the local stack itself, e.g. its database ended. */
  readonly onFault?: (text: string) => void;
}

export interface LocalStack {
  readonly url: string;
  readonly front: Front;
  readonly model: LocalModel;
  readonly clock: LocalClock | SimulatedClock;
  readonly outputs: LocalModel['outputs'];
  readonly tokens: Tokens;
  readonly issuer: Issuer;
  /** The customers' phones, since the last reset. */
  readonly phone: Phone;
  /** The customers' mailboxes, since the last reset. */
  readonly mailbox: Mailbox;
  /** Takes calls and makes them: it runs the flows of the template. */
  readonly contactCentre: ContactCentre;
  /** Answers requests that are neither AWS calls nor routes of the API: a page, a tool. */
  handleOther(handler: OtherHandler): void;
  /** Every function has imported its bundle; rejects with the first that does not. */
  readonly warm: Promise<void>;
  /** Calls a function by name (`sweep-deadlines`) or ARN; throws what the handler threw. */
  invoke(nameOrArn: string, event: unknown): Promise<unknown>;
  /** Ends a function's environments, in the middle of what they do; how many did something. */
  kill(nameOrArn: string): Promise<number>;
  logs(nameOrArn?: string): readonly LogLine[];
  /** Waits until queues, streams and functions are quiet; delayed messages do not count. */
  settle(options?: { timeoutMs?: number }): Promise<void>;
  /** Lets simulated time pass: schedules, delays and retries fall due one by one, each with all its consequences. */
  advance(ms: number): Promise<void>;
  /** Empties tables, queues, phone, issuer, logs and faults; some ten milliseconds. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the deployed system on this machine, as the templates describe it. */
export async function startLocalStack(options: LocalStackOptions = {}): Promise<LocalStack> {
  const { stateDir } = options;
  const clock = options.clock ?? createRealClock();
  const assemblyDirectory =
    options.assemblyDirectory ?? (await synthesise({ onProgress: options.onProgress })).assemblyDirectory;
  const port = options.port ?? (await freePort());
  const deployed = readModel(assemblyDirectory, { endpoint: `http://127.0.0.1:${port}` });
  const chosen = withEnvironment(subsetOf(deployed, options.functions), options.environment);
  const model = options.schedules === false ? withoutSchedules(chosen) : chosen;
  const time = createLocalTime(clock);
  const front = await createFront({
    model,
    port,
    clock: time.clock,
    stateDir,
    parameters: model.parameters,
    log: options.onFault,
  });
  try {
    const parts = await startParts({ options, model, front, time });
    return stackOf({ ...parts, model, front, time, clock, settleTimeoutMs: options.settleTimeoutMs });
  } catch (error) {
    await front.close();
    throw error;
  }
}

interface Ground {
  readonly model: LocalModel;
  readonly front: Front;
  readonly time: LocalTime;
}

/** Everything that runs beside the front, connected with it. */
async function startParts({ options, model, front, time }: Ground & { options: LocalStackOptions }) {
  const { stateDir } = options;
  const { accessKeyFor } = front.identities;
  const host = startHost({
    model,
    endpoint: front.url,
    time,
    credentialsFor: accessKeyFor,
    matches: matchesPattern,
    retryDelayMs: options.retryDelayMs ?? RETRY_DELAY_MS,
    stateDir,
    onLog: (line) => {
      options.onLog?.(line);
      if (!options.quiet) printLine(line);
    },
  });
  const keyFile = stateDir === undefined ? undefined : join(stateDir, 'token-key.pem');
  const tokens = createTokens({ apis: model.apis, now: time.now, keyFile });
  const clients = createStackClients({
    endpoint: front.url,
    region: model.region,
    busName: model.buses[0]?.name ?? 'default',
    admin: accessKeyFor('admin'),
    issuer: accessKeyFor('issuer'),
  });
  const issuer = createIssuer({
    observe: (listener) =>
      front.bus.subscribe({ source: ['cardguard'] }, (event) => listener(busEventSchema.parse(event))),
    putEvent: clients.putEvent,
    now: time.now,
    delayMs: options.issuerDelayMs ?? ISSUER_DELAY_MS,
  });
  const http = serveHttp(createHttpApi({ model, tokens, invoke: host.functions.invoke, now: time.now }));
  const contactCentre = createContactCentre({
    model,
    invoke: host.functions.invoke,
    putEvent: (event) => front.bus.accept('default', event),
    now: time.now,
    clock: time.clock,
    line: front.outboundLine,
  });
  connect(front, host, http);
  await host.mappings.ready;
  const warm = host.functions.prewarm();
  // Whoever waits for it sees the error too; a person at the terminal must not miss it.
  warm.catch((error: Error) => options.quiet || process.stderr.write(`${error.message}\n`));
  return { host, tokens, clients, issuer, http, warm, contactCentre, phone: forgetfulPhone(front.phone) };
}

function connect(front: Front, host: Host, http: { handle: HttpHandler }): void {
  front.handleOther(http.handle);
  front.onTarget((arn, event) => {
    host.callLater(arn, event).catch((error: Error) => process.stderr.write(`${error.message}\n`));
  });
  front.faults.onKill(({ functionName }) => {
    if (functionName !== undefined) void host.functions.kill(functionName);
  });
  front.calls.onCall(({ service, action }) => {
    if (service === 'dynamodb' && WRITES.has(action)) host.mappings.kick();
  });
}

function stackOf(
  parts: Ground &
    Awaited<ReturnType<typeof startParts>> & {
      clock: LocalClock | SimulatedClock;
      settleTimeoutMs: number | undefined;
    },
): LocalStack {
  const { model, front, host, clients, issuer, phone } = parts;
  const quiet = (timeoutMs = parts.settleTimeoutMs ?? SETTLE_TIMEOUT_MS) =>
    settle({
      model,
      functions: host.functions,
      mappings: host.mappings,
      queueDepths: front.queueDepths,
      otherBusy: () => issuer.pending > 0 || host.calling > 0,
      timeoutMs,
    });
  return {
    url: front.url,
    front,
    model,
    clock: parts.clock,
    outputs: model.outputs,
    tokens: parts.tokens,
    issuer,
    phone,
    mailbox: front.mailbox,
    contactCentre: parts.contactCentre,
    handleOther: parts.http.handleOther,
    warm: parts.warm,
    invoke: host.functions.invoke,
    kill: host.functions.kill,
    logs: host.functions.logs,
    settle: ({ timeoutMs } = {}) => quiet(timeoutMs),
    advance: (ms) => parts.time.advance(ms, () => quiet()),
    async reset() {
      await quiet();
      await emptyEverything({ model, dynamodb: clients.dynamodb, sqs: clients.sqs });
      await host.mappings.caughtUp();
      issuer.reset();
      phone.forget();
      front.mailbox.forget();
      parts.contactCentre.forget();
      front.objects.clear();
      front.scanner.answer(undefined);
      front.faults.clear();
      host.functions.clearLogs();
    },
    async stop() {
      issuer.stop();
      await host.stop();
      clients.close();
      await front.close();
    },
  };
}

function printLine({ functionName, stream, line }: LogLine): void {
  process[stream].write(`${functionName}: ${line}\n`);
}
