import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildPage } from '../../page-build.ts';
import { freePort } from '../host/free-port.ts';
import { pause } from '../host/pause.ts';
import { startLocalStack } from '../stack.ts';
import { synthesise } from '../synth.ts';
import { createBank } from './bank.ts';
import { createCalls, hangUpWithDesk } from './calls.ts';
import { checkPlatform, checkPort, lockState } from './checks.ts';
import { createTally, difference } from './counts.ts';
import { describeStack, detailsFolder, removeDetails, writeDetails } from './details.ts';
import { createDirectory } from './directory.ts';
import {
  browserAddresses,
  commandsToTry,
  nightBegins,
  nightIsOver,
  programAddresses,
  ticketTable,
} from './guide.ts';
import { localPages } from './local-http.ts';
import { createNarration } from './narration.ts';
import type { StartOptions } from './options.ts';
import { createLocalPage, type LocalPage } from './page.ts';
import { createPhones } from './phones.ts';
import { type PlayOptions, playNight, seedSample } from './play.ts';
import { openProgress } from './progress.ts';
import { masterData, readSample, type Sample } from './sample.ts';
import { paint, type Screen } from './screen.ts';
import { keepTryFiles } from './try-files.ts';
import { createObservers, watchStack } from './watch.ts';

export interface RunOptions {
  readonly options: StartOptions;
  readonly screen: Screen;
  /** Aborted: stop, cleanly. */
  readonly signal: AbortSignal;
}

/** How long a clean end may take before the process simply ends. */
const STOP_MS = 8_000;

/** Starts the stack, plays the sample, stays up until told to stop. */
export async function runStack(run: RunOptions): Promise<void> {
  const undo: (() => void | Promise<void>)[] = [];
  try {
    await Promise.race([startAndStay(run, undo), aborted(run.signal)]);
  } finally {
    if (run.signal.aborted) run.screen.running(undefined);
    const ended = (async () => {
      for (const step of undo.reverse()) await step();
    })();
    await Promise.race([ended, pause(STOP_MS)]);
  }
  if (!run.options.quiet) run.screen.line('\nStopped.');
}

async function startAndStay(run: RunOptions, undo: (() => void | Promise<void>)[]): Promise<void> {
  const { options, screen, signal } = run;
  const { stateDir } = options;
  const tell = (text: string) => options.quiet || screen.line(text);
  const took = () => paint('gray', `${(performance.now() / 1000).toFixed(1).padStart(6)} s  `);

  checkPlatform();
  await checkPort(options.port);
  if (stateDir !== undefined) undo.push(lockState(stateDir));
  const sample = readSample();
  tell(paint('bold', 'cardguard: the local stack'));
  const { assemblyDirectory } = await synthesise({
    onProgress: (line) => tell(`${took()}${line} (only the first time and after changes)`),
  });
  tell(`${took()}starting tables, queues and functions`);

  const folder = detailsFolder(stateDir);
  const parts = await startStack({ ...run, undo, assemblyDirectory, folder });
  const { stack, narration, directory, tally, details, page } = parts;
  // Known from the start, also where an earlier run has told the stack already.
  for (const entry of masterData(sample.people, '')) directory.learn(entry);
  const tryFiles = keepTryFiles({ stack, directory, folder, busName: details.busName });
  undo.push(tryFiles.stop);
  screen.line(
    `${options.quiet ? '' : took()}${paint('green', `Ready: ${stack.url} takes events.`)}${options.quiet ? '' : ' Ctrl-C stops.'}`,
  );

  void followPage({ page, tell, took, url: details.pageUrl, desk: details.deskUrl });
  await playSample({ ...run, ...parts, sample, took });
  if (signal.aborted) return;
  narration?.mode('live');
  const open = [...tally.tickets.values()].find(({ status }) => status === 'awaiting_reply');
  const waiting = open && sample.people.cards.find(({ cardToken }) => cardToken === open.cardToken);
  const holder = sample.people.customers.find(({ customerId }) => customerId === waiting?.cardholderId);
  screen.line();
  programAddresses(screen, details, folder);
  if (!options.quiet) {
    const about = { details, folder, tryFolder: tryFiles.folder };
    commandsToTry(screen, { ...about, waiting: holder?.phone ?? undefined });
  }
  // What most people want first, hence last: it stands where they look.
  browserAddresses(screen, details, holder?.name);
  if (!options.quiet) screen.line(paint('bold', 'What happens from now on'));
  await new Promise(() => undefined);
}

/** The page may follow: events are taken meanwhile. */
async function followPage(about: {
  page: LocalPage;
  tell: (text: string) => unknown;
  took: () => string;
  url: string;
  desk: string;
}): Promise<void> {
  const { page, tell, took } = about;
  try {
    const { folder } = await buildPage({
      onProgress: (line) => tell(`${took()}${line} (only the first time and after changes)`),
    });
    page.built(folder);
    tell(`${took()}${paint('green', `The page: ${about.url}  The desk: ${about.desk}`)}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    page.failed(why);
    tell(paint('red', why));
  }
}

type Parts = Awaited<ReturnType<typeof startStack>>;

/** The stack with everything that watches it and talks to it. */
async function startStack(
  run: RunOptions & { undo: (() => void | Promise<void>)[]; assemblyDirectory: string; folder: string },
) {
  const { options, screen, undo, folder } = run;
  const directory = createDirectory();
  const observers = createObservers();
  const tally = createTally();
  observers.on(tally.take);
  mkdirSync(folder, { recursive: true });
  const logFile = createWriteStream(join(folder, 'functions.log'));
  undo.push(() => new Promise((closed) => logFile.end(closed)));
  const port = options.port === 0 ? await freePort() : options.port;
  const stack = await startLocalStack({
    port,
    // A passkey's origin has the port in it.
    environment: { 'verification-api': { PASSKEY_ORIGINS: `http://localhost:${port}` } },
    stateDir: options.stateDir,
    quiet: true,
    assemblyDirectory: run.assemblyDirectory,
    onLog: (line) => {
      logFile.write(`${new Date().toISOString()} ${line.functionName} ${line.line}\n`);
      observers.log(line);
    },
    // On the way down one part misses the other; that is no news.
    onFault: (text) => run.signal.aborted || screen.line(paint('red', text)),
  });
  undo.push(stack.stop);
  const watch = await watchStack(stack, directory, observers);
  undo.push(watch.stop);
  const details = await describeStack(stack, readSample().people, folder);
  const narration = options.quiet ? undefined : createNarration({ screen, directory, zone: details.zone });
  if (narration !== undefined) observers.on(narration.observe);
  const bank = createBank({
    endpoint: stack.url,
    region: details.region,
    busName: details.busName,
    credentials: details.credentials.bank,
  });
  undo.push(bank.close);
  const now = () => new Date();
  const phones = createPhones({ phone: stack.phone, directory, tell: watch.tell, now });
  const calls = createCalls(stack.contactCentre);
  undo.push(hangUpWithDesk(stack.front.bus, calls));
  const page = createLocalPage(stack, details.zone);
  const pages = localPages({ stack, watch, phones, calls, directory, bank, tally, now });
  stack.handleOther(page.before(pages));
  await stack.warm.catch((error: Error) => screen.line(paint('red', error.message)));
  writeDetails(details, folder);
  undo.push(() => removeDetails(folder));
  return { stack, watch, narration, directory, bank, phones, tally, details, page };
}

/** Seeds people and cards and plays the night, each once per state folder. */
async function playSample(play: RunOptions & Parts & { sample: Sample; took: () => string }): Promise<void> {
  const { options, screen, signal, sample, took, tally } = play;
  const progress = openProgress(options.stateDir, new Date());
  const tell = (text: string) => options.quiet || screen.line(text);
  const about: PlayOptions = { ...play, endsAt: new Date(progress.value.nightEndsAt) };
  if (!progress.value.seeded) {
    progress.save();
    await seedSample(about);
    if (signal.aborted) return;
    progress.value = { ...progress.value, seeded: true };
    progress.save();
    const { customers, cards } = sample.people;
    tell(
      `${took()}${customers.length} made-up customers with ${cards.length} cards and ${sample.history.length} purchases of four weeks are on board`,
    );
  }
  if (!options.night || progress.value.nightBegun) {
    if (options.night) tell(`${took()}the sample night was played before; everything goes on from there`);
    return;
  }
  // Its end is now: a night seeded long ago would be too old for texts.
  progress.value = { ...progress.value, nightBegun: true };
  progress.save();
  if (!options.quiet) nightBegins(screen, sample.night.length);
  play.narration?.mode('night');
  const before = tally.counts;
  await playNight({ ...about, endsAt: new Date() });
  if (signal.aborted || options.quiet) return;
  play.narration?.mode('live');
  nightIsOver(screen, difference(tally.counts, before));
  ticketTable(screen, tally.tickets.values(), play.directory);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
