import type { Item } from '../../functions/platform/database.ts';
import { decodeRisk } from '../../functions/screening/merchant-risk.ts';
import { decodeProfile } from '../../functions/screening/profile.ts';
import { isRecord } from '../../infra/local/front/json.ts';
import type { Tables } from '../support/tables.ts';
import { type Cell, credentialOf, emailOf, requestGuards } from './cells.ts';
import type { CellFinder } from './find-cell.ts';
import type { Scene } from './scene.ts';

/**
 * What is left of one cell when all is quiet, with ids, times and counters that may differ taken out: two runs
 * that ended alike read alike. By path, so that a difference names itself.
 */
export type EndState = Readonly<Record<string, unknown>>;

/** Differ from run to run without meaning: write ids, locks, tries, what the chain hashes, the hour of night. */
const LEFT_OUT = new Set([
  'wid',
  'lock',
  'v',
  'tries',
  'kickedAt',
  'claimedAt',
  'releasedAt',
  'times',
  'previous',
  'hash',
  'chain',
  'salt',
  'wordsSeal',
  'hour',
]);
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z|\d{4}年\d+月\d+日 \d\d:\d\d/g;
const ONE_TIME_CODE = /\b\d{8}\b/;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

export function endStates(
  scene: Scene,
  finder: CellFinder,
  cells: readonly Cell[],
  tables: Tables,
): ReadonlyMap<string, EndState> {
  // Who has the stage alone owns the board of the rules as well.
  const alone = cells.length === 1 ? cells[0]?.mark : undefined;
  const items = Map.groupBy(
    // What a reading showed is a measure: a fault in it spoils no answer, and the next reading tells it.
    [...tables.cards, ...tables.cases].filter(({ sk }) => !/^PROJ#(?:desk|app)#/.test(sk)),
    (item) =>
      finder.markIn(JSON.stringify({ ...item, BODY: bodyOf(item) })) ??
      (item.pk === 'RULESET#board' ? alone : undefined),
  );
  return new Map(cells.map((cell) => [cell.mark, endState(scene, cell, items.get(cell.mark) ?? [])]));
}

const bodyOf = ({ piece }: Item): string | undefined =>
  piece instanceof Uint8Array ? Buffer.from(piece).toString() : undefined;

function endState(scene: Scene, cell: Cell, items: readonly Item[]): EndState {
  const { stack } = scene;
  const names = namesOf(cell, items);
  const state: Record<string, unknown> = {};
  const requests = requestGuards(cell).map((guard, index) => [guard, `request-${index}`] as const);
  for (const item of items) state[keyOf(item, [...requests, ...names])] = cleaned(names, withoutKeys(item));
  const byCard = [cell.card, cell.secondCard].map((card) => stack.issuer.cards().get(card));
  return {
    ...Object.fromEntries(Object.entries(state).sort(([a], [b]) => (a < b ? -1 : 1))),
    // Those put out together go out in any order.
    texts: stack.phone
      .messages(cell.phone)
      .map(({ text }) => cleaned(names, text.replace(ONE_TIME_CODE, 'code')))
      .sort(),
    mails: stack.mailbox
      .mails(emailOf(cell))
      .map(({ subject, text }) => cleaned(names, `${subject}\n${text}`))
      .sort(),
    calls: scene.ordered(cell).map(({ attributes }) => cleaned(names, attributes)),
    issuer: byCard,
    answers: cleaned(names, cell.answers),
  };
}

function keyOf({ pk, sk, ...item }: Item, names: Names): string {
  const kind = /^(TXN|LABEL)#/.test(sk)
    ? `${sk.split('#')[0]}#${item.transactionId}`
    : sk.replace(/^(POSTED|REVERSED|WINDOW)#.*/, '$1').replace(TIME, 'time');
  const text = pk.startsWith('SMSID#')
    ? ` ${item.kind} ${item.alertId ?? item.ticketId} ${item.question}`
    : '';
  return renamed(names, `${labelled(pk, item)} ${kind}${text}`)
    .replace(/#[0-9a-f]{64}/, '#hash')
    .replace(UUID, 'uuid');
}

/** The effects of a label are named by its transaction, not by the digest of its id. */
function labelled(pk: string, { payload }: Omit<Item, 'pk' | 'sk'>): string {
  const detail = isRecord(payload) && isRecord(payload.detail) ? payload.detail : {};
  return pk.startsWith('LABEL#') ? `LABEL#${detail.cardToken}#${detail.transactionId}` : pk;
}

function withoutKeys({ pk, sk, p, issuer, ...rest }: Item): unknown {
  // A repeat after a fault of ours counts again, and a freeze does not wait for its counter: neither tells anything.
  if (pk.startsWith('LIMIT#')) return undefined;
  // A freeze may be confirmed before its request was noted, and then it no longer is: the confirmation counts.
  if (isRecord(issuer)) {
    const { requestedAt: _at, requestedVersion: _version, ...answered } = issuer;
    return { ...rest, issuer: answered };
  }
  // What failed is looked for in another pass.
  if (pk.startsWith('BULK#')) {
    const { passes: _passes, ...release } = rest;
    return release;
  }
  // Who put the question out, confirmation or timeout, told the other that there was nothing left to ask.
  if (rest.effect === 'ask') return { ...rest, outcome: 'done' };
  // Digests, of ids that differ from cell to cell: what kinds there are is what counts.
  if (sk.startsWith('LABEL#'))
    return { ...rest, familiar: isRecord(rest.familiar) && Object.keys(rest.familiar).sort() };
  // Rebuilt from the ring after a crash, a decision has lost what it was made of (`judged`), and only that.
  if (rest.outcome === 'clear' && 'judged' in rest) {
    const { judged: _judged, ...decision } = rest;
    return decision;
  }
  // A call is not kept waiting for a note: whom a dialled one was put through to, its ticket knows since it was announced.
  if (pk.startsWith('CONTACT#') && 'callId' in rest) {
    const { agentName: _name, ...contact } = rest;
    return contact;
  }
  // Whichever event of a file comes first looks at it: both steps may be one change, shown to people as one.
  if (rest.type === 'evidence_received' && isRecord(rest.data)) {
    const { shown: _shown, ...data } = rest.data;
    return { ...rest, data };
  }
  if (!(p instanceof Uint8Array)) return rest;
  if (sk === 'RISK') return { frauds: decodeRisk(p).frauds.length };
  const { attempts, spendCount, spendSum, ring } = decodeProfile(p);
  return { ...rest, profile: { attempts, spendCount, spendSum, outcomes: ring.outcomes } };
}

type Names = readonly (readonly [id: string, name: string])[];

/** Ids the system made up, by what they stand for. */
function namesOf(cell: Cell, items: readonly Item[]): Names {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const ofKind = (prefix: string) =>
    items
      .filter(({ pk, sk }) => pk.startsWith(prefix) && sk === 'META')
      .sort((a, b) => (text(a.cardToken) + text(a.openedAt) < text(b.cardToken) + text(b.openedAt) ? 1 : -1));
  const names: [string, string][] = [];
  for (const [index, item] of ofKind('ALERT#').entries()) names.push([text(item.alertId), `alert-${index}`]);
  for (const [index, item] of ofKind('TICKET#').entries()) {
    names.push([text(item.ticketId), `ticket-${index}`], [text(item.number), `FR-${index}`]);
  }
  const digest = items
    .map((item) => text(item.phoneDigest) || text(item.digest))
    .find((found) => found !== '');
  for (const [index, item] of ofKind('VER#').entries())
    names.push([text(item.verificationId), `proof-${index}`]);
  for (const [index, item] of ofKind('EXPORT#').entries())
    names.push([text(item.exportId), `export-${index}`]);
  for (const item of items.filter(({ sk }) => sk.startsWith('DOC#')))
    names.push([text(item.evidenceId), 'paper']);
  if (digest !== undefined) names.push([digest, 'digest']);
  for (const { pk, sk, digest: contents, entries } of items.filter((item) =>
    item.pk.startsWith('RULESET#'),
  )) {
    if (pk.startsWith('RULESET#v#') && sk === 'BODY') names.push([text(contents), 'contents']);
    for (const entry of Array.isArray(entries) ? entries : [])
      if (isRecord(entry)) names.push([text(entry.entryId), 'entry']);
  }
  names.push([credentialOf(cell), 'credential']);
  names.push([cell.mark, 'cell']);
  return names;
}

const renamed = (names: Names, text: string): string =>
  names.reduce((sum, [id, name]) => (id === '' ? sum : sum.replaceAll(id, name)), text);

function cleaned(names: Names, value: unknown): unknown {
  if (value instanceof Uint8Array) return 'bytes';
  if (Array.isArray(value)) return value.map((one) => cleaned(names, one));
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(
      ([name, field]) => !LEFT_OUT.has(name) && field !== undefined,
    );
    return Object.fromEntries(
      fields
        .map(
          ([name, field]) => [name.replace(/^try-.+/, 'try'), shown(name) ?? cleaned(names, field)] as const,
        )
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  }
  if (typeof value !== 'string') return value;
  const text = renamed(names, value)
    .replace(TIME, 'time')
    .replace(UUID, 'uuid')
    .replace(/DUE#\d+/, 'DUE');
  return text.replace(/(QUEUE|HELDBY|HELD|OVER|HAND)#\d+/, '$1');
}

/** Ciphers, digests, and ids and codes that are made up anew by every request. */
const ALWAYS_NEW = new Set([
  ...['phoneCipher', 'phoneHint', 'bodyDigest', 'request', 'body'],
  ...['callId', 'checkCode', 'codeDigest', 'exportId'],
  // Of papers: a signed address is made for one file.
  ...['sha256', 'url', 'headers'],
]);

/** Fields that hold a time, a digest or a cipher under another form. */
function shown(name: string): string | undefined {
  if (name === 'expiresAt') return 'time';
  return ALWAYS_NEW.has(name) ? name : undefined;
}

/** Paths at which two end states differ, with both values. */
export function differences(expected: EndState, actual: EndState): readonly string[] {
  const found: string[] = [];
  compare('', expected, actual, found);
  return found;
}

function compare(path: string, a: unknown, b: unknown, found: string[]): void {
  if (JSON.stringify(a) === JSON.stringify(b)) return;
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) {
    found.push(`${path}: ${JSON.stringify(a)?.slice(0, 160)} became ${JSON.stringify(b)?.slice(0, 160)}`);
    return;
  }
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)]))
    compare(path === '' ? name : `${path}.${name}`, a[name], b[name], found);
}
