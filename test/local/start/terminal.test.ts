import { describe, expect, test } from 'vitest';
import type { LogLine } from '../../../infra/local/host/functions.ts';
import { checkPlatform } from '../../../infra/local/start/checks.ts';
import { createDirectory } from '../../../infra/local/start/directory.ts';
import { narrate } from '../../../infra/local/start/narrate.ts';
import { readStartOptions } from '../../../infra/local/start/options.ts';
import { readLog } from '../../../infra/local/start/read-log.ts';
import { columnsOf, pad, wrap } from '../../../infra/local/start/screen.ts';
import { createObservers } from '../../../infra/local/start/watch.ts';

describe('the command line of npm start', () => {
  test('without options: the usual port, in memory, with the night', () => {
    expect(readStartOptions([])).toEqual({
      kind: 'start',
      options: { port: 4700, stateDir: undefined, quiet: false, night: true },
    });
  });

  test('takes port, state folder, quiet, no night', () => {
    expect(readStartOptions(['--port', '0', '--state', 'x', '--quiet', '--no-night'])).toEqual({
      kind: 'start',
      options: { port: 0, stateDir: 'x', quiet: true, night: false },
    });
    expect(readStartOptions(['-h'])).toEqual({ kind: 'help' });
  });

  test.each([
    [['--prot', '1'], /--prot/],
    [['--port', '70000'], /--port 70000/],
    [['--port', 'x'], /--port x/],
    [['--port'], /--port/],
    [['--state', ''], /--state/],
    [['now'], /now/],
  ])('%j is refused by name', (args, message) => {
    const read = readStartOptions(args);
    expect(read.kind).toBe('wrong');
    expect('message' in read && read.message).toMatch(message);
  });

  test('another platform is told what is missing', () => {
    expect(() => checkPlatform({ platform: 'darwin', arch: 'arm64' } as typeof process)).toThrow(
      /Linux x64.*\n?.*darwin arm64/,
    );
    expect(() => checkPlatform({ platform: 'linux', arch: 'x64' } as typeof process)).not.toThrow();
  });
});

describe('lines', () => {
  test('Chinese letters take two columns', () => {
    expect(columnsOf('4417 张伟')).toBe(9);
    expect(pad('张伟', 6)).toBe('张伟  ');
    expect(pad('too long', 3)).toBe('too long');
  });

  test('break after blanks, anywhere in Chinese, and lose nothing', () => {
    expect(wrap('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrap('本人回1，非本人回2', 10)).toEqual(['本人回1，', '非本人回2']);
    expect(wrap('unbreakable', 4)).toEqual(['unbreakable']);
    expect(wrap('', 4)).toEqual(['']);
  });
});

const line = (fields: object, more: Partial<LogLine> = {}): LogLine => ({
  functionName: 'f',
  stream: 'stdout',
  line: JSON.stringify({ level: 'INFO', ...fields }),
  ...more,
});

describe('what logs tell', () => {
  test('a decision with its reasons', () => {
    const screened = {
      message: 'transaction_screened',
      transactionId: 't',
      cardToken: 'c',
      outcome: 'freeze',
    };
    expect(readLog(line({ ...screened, how: 'opened', ticketNumber: 'FR-1', reasons: 'a b' }))).toEqual({
      kind: 'screened',
      transactionId: 't',
      cardToken: 'c',
      outcome: 'freeze',
      how: 'opened',
      ticketNumber: 'FR-1',
      reasons: ['a', 'b'],
    });
  });

  test('trouble, whether logged or thrown; metrics and what is of no interest tell nothing', () => {
    expect(readLog(line({ message: 'message_failed', level: 'WARN', fault: 'Timeout' }))).toMatchObject({
      kind: 'trouble',
      text: 'Timeout message_failed',
    });
    const failed = { message: 'message_failed', level: 'WARN', fault: 'Timeout', faultMessage: 'no answer' };
    expect(readLog(line(failed))).toMatchObject({ text: 'Timeout no answer' });
    expect(readLog({ functionName: 'f', stream: 'stderr', line: 'TypeError: x' })).toMatchObject({
      kind: 'trouble',
    });
    expect(readLog(line({ message: 'card_recorded' }))).toBeUndefined();
    expect(readLog(line({ _aws: {} }))).toBeUndefined();
    expect(readLog({ functionName: 'f', stream: 'stdout', line: '{broken' })).toBeUndefined();
  });

  test('whose answer was read is said only when one was under way', () => {
    const observers = createObservers();
    const phones: (string | undefined)[] = [];
    observers.on((happening) => happening.kind === 'understood' && phones.push(happening.phone));
    const understood = line({ message: 'reply_received', reading: 'mine', effect: 'genuine' });
    const answered = (phone: string) => observers.tell({ kind: 'answered', phone, text: '1' });
    answered('+1');
    observers.log(understood);
    answered('+2');
    answered('+3');
    observers.log(understood);
    observers.log(understood);
    expect(phones).toEqual(['+1', undefined, '+3']);
  });
});

test('a frozen card is called confirmed only by the issuer', () => {
  const directory = createDirectory();
  const asked = { cardToken: 'c', freeze: true, holds: ['fraud'], holdsVersion: 1 };
  expect(narrate({ kind: 'requested', ...asked }, directory)?.text).toMatch(/is asked to freeze/);
  const failed = narrate({ kind: 'issuer', cardToken: 'c', status: 'freeze_failed' }, directory);
  expect(failed).toMatchObject({ word: 'failed', colour: 'red' });
});
