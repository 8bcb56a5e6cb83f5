import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/**
 * Who may import whom, as docs/architecture.md ("Rooms and imports") says it. A new file under `functions/`
 * has to be named here with its kind, unless it is pure: pure is what everything is that is not listed.
 */
const root = fileURLToPath(new URL('..', import.meta.url));

/** Use cases: they read, decide and commit through ports; named verb first. */
const useCases = new Set([
  'alert/answer-on-alert',
  'alert/answer-alert',
  'alert/answer-call',
  'alert/match-caller',
  'alert/answer-phone',
  'alert/ask-customer',
  'alert/ask-person-by-text',
  'alert/find-sender',
  'alert/freeze-by-text',
  'alert/join-alert',
  'alert/conclude-alert',
  'alert/mark-wrong-number',
  'alert/open-alert',
  'alert/opt-out',
  'alert/raise-alert',
  'alert/raise-case',
  'alert/receive-reply',
  'alert/register-phone',
  'alert/record-delivery',
  'alert/record-text',
  'alert/report-transactions',
  'alert/release-alert',
  'alert/release-held',
  'alert/run-bulk-release',
  'alert/hold-of-no',
  'alert/settle-alert',
  'alert/settle-by-text',
  'alert/sweep-deadlines',
  'alert/tell-status',
  'alert/write-by-text',
  'card/issue-card',
  'card/note-contact-change',
  'card/place-hold',
  'card/record-card-status',
  'card/reconcile-card',
  'card/record-contact',
  'card/record-device',
  'card/record-sim-change',
  'card/rekey-contact',
  'card/remember-number',
  'card/request-freeze',
  'notification/claim-text',
  'notification/find-recipient',
  'card/set-preferences',
  'notification/send-email',
  'notification/send-text',
  'screening/active-rules',
  'screening/add-rule-set',
  'screening/change-entries',
  'screening/clear-transaction',
  'screening/grant-rule-set',
  'screening/move-rule-set',
  'screening/learn-label',
  'screening/note-movement',
  'screening/note-sighting',
  'screening/read-label-facts',
  'screening/screen-case',
  'screening/rule-set-change',
  'screening/rules-standing',
  'screening/screen-transaction',
  'screening/shadow-tally',
  'screening/store-decision',
  'screening/switch-alert-only',
  'screening/use-pass',
  'screening/watch-freeze-rate',
  'ticket/announce-call',
  'ticket/ask-evidence-upload',
  'ticket/change-ticket',
  'ticket/check-caller',
  'ticket/claim-ticket',
  'ticket/continue-ticket',
  'ticket/dial-call',
  'ticket/count-queue',
  'ticket/merge-tickets',
  'ticket/note-bank-word',
  'ticket/read-links',
  'ticket/end-call',
  'ticket/keep-ticket',
  'ticket/open-caller-ticket',
  'ticket/record-contact',
  'ticket/record-evidence',
  'ticket/report-fake-call',
  'ticket/report-lost',
  'ticket/read-board',
  'ticket/read-kpis',
  'ticket/reopen-ticket',
  'ticket/next-ticket',
  'ticket/note-answer',
  'ticket/keep-lease',
  'ticket/find-tickets',
  'ticket/conclude-ticket',
  'ticket/connect-call',
  'ticket/sweep-evidence',
  'ticket/sweep-ticket',
  'verification/contact-change',
  'verification/grant-export',
  'verification/request-replacement',
  'verification/device-enrol',
  'verification/device-proof',
  'verification/staff-undo',
  'verification/staff-vouch',
  'verification/staff-decline',
  'verification/totp-enrol',
  'verification/use-proof',
  'verification/compare-code',
  'verification/end-verification',
  'verification/make-code',
  'verification/open-verification',
  'verification/order-code',
  'verification/pass-factor',
  'verification/read-situation',
  'verification/sweep-verification',
  'verification/try-factor',
]);

/** Adapters: what speaks to a table or a service. Every `*-store` is one. */
const adapters = new Set([
  'card/bus-issuer',
  'notification/connect-calls',
  'notification/phone-cipher',
  'notification/ses-email',
  'notification/sns-sms',
  'ticket/s3-evidence-links',
  'ticket/s3-evidence-shelf',
  'verification/passkey',
  'verification/totp-cipher',
]);

/**
 * Files of `platform/` that rooms may use as values beside their stores: plain functions, no client, no clock.
 * Of every other platform file a pure file or use case sees types only.
 */
const purePlatform = new Set(['expiry', 'journal', 'mask', 'requests', 'retention', 'retry', 'stored']);

/** Packages that only compute. */
const purePackages = new Set([
  'zod/mini',
  'libphonenumber-js/max',
  'sms-segments-calculator',
  'otpauth',
  'node:crypto',
  'node:zlib',
]);

/** Packages that do the work of one adapter and no other file's. */
const adapterPackages = new Set(['@simplewebauthn/server', '@smithy/signature-v4']);

/** What the page is made of. */
const pagePackages =
  /^(react|react-dom|@cloudscape-design\/(components|global-styles)|qrcode-generator)(\/|$)/;

const rooms = ['alert', 'card', 'notification', 'screening', 'ticket', 'transaction', 'verification'];

type Kind =
  | 'pure'
  | 'contract'
  | 'use case'
  | 'adapter'
  | 'platform'
  | 'handler'
  | 'infra'
  | 'tools'
  | 'console';

interface Import {
  /** A path from the root without `.ts`, or a package. */
  readonly target: string;
  readonly package: boolean;
  readonly typeOnly: boolean;
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => `${folder}/${name.replace(/\.tsx?$/, '')}`)
    .sort();
}

const read = (file: string): string =>
  readFileSync(join(root, existsSync(join(root, `${file}.ts`)) ? `${file}.ts` : `${file}.tsx`), 'utf8');

const statement = /^(?:import|export)\s(?:(type\s)?([^;'"]*?)\sfrom\s)?['"]([^'"]+)['"]/gm;
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

function importsOf(file: string): Import[] {
  const text = read(file);
  const found = (specifier: string, typeOnly: boolean): Import => {
    const own = specifier.startsWith('.');
    const target = own ? normalize(join(dirname(file), specifier)).replace(/\.(tsx?|js)$/, '') : specifier;
    return { target, package: !own, typeOnly };
  };
  const named = [...text.matchAll(statement)].map(([, type, clause = '', specifier = '']) =>
    found(specifier, type !== undefined || onlyTypes(clause)),
  );
  return [...named, ...[...text.matchAll(dynamic)].map(([, specifier = '']) => found(specifier, false))];
}

/** `{ type A, type B }` imports nothing that runs. */
function onlyTypes(clause: string): boolean {
  const names = /^\{([^}]*)\}$/.exec(clause.trim())?.[1];
  if (names === undefined) return false;
  return names.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type '));
}

function kindOf(file: string): Kind {
  const [top = '', room = '', name = ''] = file.split('/');
  if (top === 'infra') return 'infra';
  if (top === 'tools') return 'tools';
  if (top === 'console') return 'console';
  if (room === 'platform') return 'platform';
  if (room === 'handlers') return 'handler';
  if (room === 'api') return 'contract';
  if (!rooms.includes(room)) throw new Error(`${file}.ts stands in no known room`);
  const place = `${room}/${name}`;
  if (useCases.has(place)) return 'use case';
  return adapters.has(place) || name.endsWith('-store') ? 'adapter' : 'pure';
}

const roomOf = (file: string): string => file.split('/')[1] ?? '';
const isOwnSide = (file: string): boolean => file.startsWith('functions/');
const isPurePlatform = (file: string): boolean =>
  roomOf(file) === 'platform' && purePlatform.has(file.split('/')[2] ?? '');

/** Whether a file of this kind may import that; a type may come from wherever a port is declared. */
const mayImport: Readonly<Record<Kind, (from: string, target: Import) => boolean>> = {
  pure: (_from, { target, package: isPackage, typeOnly }) => {
    if (isPackage) return purePackages.has(target);
    if (!isOwnSide(target)) return false;
    if (roomOf(target) === 'platform') return typeOnly || isPurePlatform(target);
    return kindOf(target) === 'pure';
  },
  // What routes take and give: made of the rooms' own words, known to handlers only.
  contract: (_from, { target, package: isPackage }) =>
    isPackage ? purePackages.has(target) : isOwnSide(target) && ['pure', 'contract'].includes(kindOf(target)),
  'use case': (from, { target, package: isPackage, typeOnly }) => {
    if (isPackage) return purePackages.has(target);
    if (!isOwnSide(target)) return false;
    switch (kindOf(target)) {
      case 'pure':
        return true;
      case 'platform':
        return typeOnly || isPurePlatform(target);
      case 'adapter':
        return typeOnly;
      case 'use case':
        // Another room's use case is a port, handed in by the composition root.
        return typeOnly || roomOf(from) === roomOf(target);
      default:
        return false;
    }
  },
  adapter: (from, { target, package: isPackage, typeOnly }) => {
    if (isPackage)
      return purePackages.has(target) || adapterPackages.has(target) || target.startsWith('@aws-sdk/');
    if (!isOwnSide(target)) return false;
    if (kindOf(target) === 'platform') return true;
    if (roomOf(from) !== roomOf(target)) return false;
    // A port is declared by the use case that needs it and implemented here.
    return kindOf(target) === 'pure' || (kindOf(target) === 'use case' && typeOnly);
  },
  platform: (_from, { target, package: isPackage }) =>
    isPackage
      ? purePackages.has(target) || target.startsWith('@aws-sdk/') || target === 'aws-lambda'
      : roomOf(target) === 'platform' && isOwnSide(target),
  handler: (_from, { target, package: isPackage }) => isPackage || isOwnSide(target),
  infra: (_from, { target, package: isPackage }) =>
    isPackage || target.startsWith('infra/') || target === 'functions/handlers/environments',
  tools: () => true,
  // Of functions/ types alone: a page must not carry what runs in Lambda, nor its packages.
  console: (from, { target, package: isPackage, typeOnly }) => {
    if (isPackage) return pagePackages.test(target) || typeOnly;
    if (target.startsWith('functions/api/') || target === 'functions/notification/public-wording')
      return typeOnly;
    const [, , room = ''] = target.split('/');
    const [, , own = ''] = from.split('/');
    // Customer and staff share nothing but `shared/`; the local stack's part stands beside the customer's.
    return target.startsWith('console/src/') && (room === own || room === 'shared' || room === 'local');
  },
};

const files = ['functions', 'infra', 'tools', 'console/src'].flatMap(sources);
const functionFiles = files.filter(isOwnSide);

describe('imports', () => {
  test.each(Object.keys(mayImport) as Kind[])('%s files import only what they may', (kind) => {
    const wrong = files
      .filter((file) => kindOf(file) === kind)
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => !mayImport[kind](file, target))
          .map(({ target, typeOnly }) => `${file}.ts → ${target}${typeOnly ? ' (type)' : ''}`),
      );
    expect(wrong).toEqual([]);
  });

  test('nothing imports a tool but tools and tests', () => {
    const wrong = files
      .filter((file) => kindOf(file) !== 'tools')
      .filter((file) => importsOf(file).some(({ target }) => target.startsWith('tools/')));
    expect(wrong).toEqual([]);
  });

  test('every name in the tables above is a file', () => {
    const named = [...useCases, ...adapters, ...[...purePlatform].map((name) => `platform/${name}`)];
    expect(named.filter((name) => !functionFiles.includes(`functions/${name}`))).toEqual([]);
  });

  test('an import is read whether it spans lines, brings types only or is made at run time', () => {
    expect(importsOf('functions/alert/settle-alert').length).toBeGreaterThan(8);
    expect(onlyTypes('{ type A, type B }')).toBe(true);
    expect(onlyTypes('{ type A, b }')).toBe(false);
    expect(onlyTypes('* as z')).toBe(false);
  });
});

describe('what comes from outside', () => {
  const inRooms = functionFiles.filter((file) => rooms.includes(roomOf(file)));
  test.each([
    ['the clock', /\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b/],
    ['chance', /\bMath\.random\b|\brandom(?:Bytes|UUID|Int)\b|\bgetRandomValues\b/],
    ['the environment', /\bprocess\.env\b/],
  ])('no room reads %s', (_what, pattern) => {
    expect(inRooms.filter((file) => pattern.test(code(read(file))))).toEqual([]);
  });
});

/** Without comments: they may name what the code must not use. */
const code = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

/** Longest a file may be; those that are longer, with the lines they may have at most and why. */
const MOST_LINES = 250;
const longer: Readonly<Record<string, number>> = {
  // One table of functions, with what each may do: data.
  'infra/functions': 350,
  // The customer's page in one language each: data.
  'console/src/customer/words-zh': 320,
  'console/src/customer/words-en': 320,
  'console/src/desk/words-zh': 380,
  'console/src/desk/words-en': 380,
  // What each route of the desk takes and gives: data.
  'functions/api/desk-routes': 270,
  // Words for every refusal in two languages: data.
  'console/src/shared/problem-words': 280,
  // One table of rules, each with its words: data.
  'functions/screening/rule-set.default': 400,
  // One table of kinds of items, each with its reason: data.
  'functions/platform/retention': 480,
};

test('no file of functions/, infra/ or console/ grows long', () => {
  const long = files
    .filter((file) => kindOf(file) !== 'tools')
    .map((file) => ({ file, lines: read(file).split('\n').length - 1 }))
    .filter(({ file, lines }) => lines > (longer[file] ?? MOST_LINES));
  expect(long).toEqual([]);
});
