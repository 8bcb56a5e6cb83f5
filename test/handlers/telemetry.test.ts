import { afterEach, expect, test, vi } from 'vitest';
import { createTelemetry } from '../../functions/handlers/telemetry.ts';

afterEach(() => void vi.restoreAllMocks());

/** What a warning about this error puts into the log. */
function loggedOf(error: unknown): Record<string, unknown> {
  const lines: string[] = [];
  const write = (chunk: unknown): boolean => lines.push(String(chunk)) > 0;
  vi.spyOn(process.stdout, 'write').mockImplementation(write);
  vi.spyOn(process.stderr, 'write').mockImplementation(write);
  createTelemetry('test').warn('message_failed', error, { messageId: 'm-1' });
  vi.restoreAllMocks();
  return JSON.parse(lines.join('')) as Record<string, unknown>;
}

test('a fault is logged by event, name and message', () => {
  expect(loggedOf(new RangeError('no such shard'))).toMatchObject({
    message: 'message_failed',
    messageId: 'm-1',
    fault: 'RangeError',
    faultMessage: 'no such shard',
  });
  expect(loggedOf('thrown text')).toMatchObject({ fault: 'unknown', faultMessage: 'not an error' });
});

test('I10 what a service quotes in its refusal is masked', () => {
  const quoted = 'Invalid parameter: +8613812345678 wrote "6222 0212 3456 7894" to a@example.com';
  const line = JSON.stringify(loggedOf(new Error(quoted)));
  expect(line).not.toMatch(/13812345678|7894|6222|a@example/);
  expect(line).toContain('Invalid parameter: [phone]');
});
