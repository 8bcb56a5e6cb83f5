import { randomUUID } from 'node:crypto';
import type { LocalClock } from '../clock.ts';
import type { LocalModel } from '../model.ts';
import type { AwsCall, Plan, Service } from './aws-call.ts';
import { AwsError, unknownAction } from './aws-error.ts';
import type { BusDelivery } from './bus.ts';
import { isRecord, type Json, listOf, numberOf, parseRecord, textOf } from './json.ts';

/** PutEvents takes up to 10 entries and 256 KB of them (EventBridge user guide, PutEvents). */
const entriesAtMost = 10;
const bytesAtMost = 256 * 1024;
/** The Time of an entry counts 14 bytes. */
const timeBytes = 14;

export function createEvents(model: LocalModel, bus: BusDelivery, clock: LocalClock): Service {
  const defaultArn = `arn:aws:events:${model.region}:${model.account}:event-bus/default`;
  const buses = new Map([
    ['default', defaultArn],
    ...model.buses.map(({ name, arn }) => [name, arn] as const),
  ]);
  const busName = (entry: Json): string => {
    const given = textOf(entry.EventBusName) ?? 'default';
    const name = given.startsWith('arn:') ? (given.split('event-bus/')[1] ?? given) : given;
    if (buses.has(name)) return name;
    throw new AwsError({
      code: 'ResourceNotFoundException',
      message: `Event bus ${given} does not exist. Buses: ${[...buses.keys()].join(', ')}`,
    });
  };

  const plan = (call: AwsCall): Plan => {
    if (call.action !== 'PutEvents') throw unknownAction('events', call.action);
    const entries = listOf(call.input.Entries).filter(isRecord);
    const needs = entries.map((entry) => ({
      action: 'events:PutEvents',
      resource: buses.get(busName(entry)) ?? '',
      context: {
        ...(textOf(entry.Source) ? { 'events:source': String(entry.Source) } : {}),
        ...(textOf(entry.DetailType) ? { 'events:detail-type': String(entry.DetailType) } : {}),
      },
    }));
    return { needs, resources: [...new Set(entries.map(busName))] };
  };

  const envelopeOf = (entry: Json, detail: Json): Json => {
    const timeMs = timeOf(entry.Time) ?? clock.now();
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': entry.DetailType,
      source: entry.Source,
      account: model.account,
      // The bus keeps whole seconds.
      time: new Date(timeMs).toISOString().replace(/\.\d{3}Z$/, 'Z'),
      region: model.region,
      resources: listOf(entry.Resources).map(String),
      detail,
    };
  };

  const put = async (entry: Json): Promise<Json> => {
    const verdict = check(entry);
    if (verdict.kind === 'failed') return { ErrorCode: verdict.code, ErrorMessage: verdict.message };
    const event = envelopeOf(entry, verdict.detail);
    await bus.accept(busName(entry), event);
    return { EventId: event.id };
  };

  return {
    plan,
    async handle(call) {
      const entries = listOf(call.input.Entries).filter(isRecord);
      checkRequest(entries);
      const results: Json[] = [];
      for (const entry of entries) results.push(await put(entry));
      const failed = results.filter((result) => 'ErrorCode' in result);
      return { output: { FailedEntryCount: failed.length, Entries: results } };
    },
  };
}

function checkRequest(entries: readonly Json[]): void {
  if (entries.length === 0 || entries.length > entriesAtMost) {
    throw new AwsError({
      code: 'ValidationException',
      message: `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${entriesAtMost}`,
    });
  }
  const bytes = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (bytes > bytesAtMost) {
    throw new AwsError({
      code: 'ValidationException',
      message: `Total size of the entries in the request is over the limit: ${bytes} of ${bytesAtMost} bytes.`,
    });
  }
}

/** Bytes AWS counts: time, source, detail type, detail and resources. */
function sizeOf(entry: Json): number {
  const texts = [entry.Source, entry.DetailType, entry.Detail, ...listOf(entry.Resources)];
  const bytes = texts.reduce<number>((sum, text) => sum + Buffer.byteLength(textOf(text) ?? ''), 0);
  return bytes + (entry.Time === undefined ? 0 : timeBytes);
}

type Checked =
  | { readonly kind: 'fine'; readonly detail: Json }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

function check(entry: Json): Checked {
  const failed = (code: string, message: string): Checked => ({ kind: 'failed', code, message });
  for (const name of ['Source', 'DetailType', 'Detail']) {
    if (!textOf(entry[name]))
      return failed(
        'InvalidArgument',
        `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      );
  }
  if (textOf(entry.Source)?.startsWith('aws.'))
    return failed('NotAuthorizedForSourceException', `Not authorized for the source ${entry.Source}.`);
  const detail = parseRecord(textOf(entry.Detail) ?? '');
  if (!detail) return failed('MalformedDetail', 'Detail is malformed.');
  return { kind: 'fine', detail };
}

/** JSON protocols send epoch seconds; the CLI may send ISO text. */
function timeOf(value: unknown): number | undefined {
  const seconds = numberOf(value);
  if (seconds !== undefined) return seconds * 1000;
  const parsed = Date.parse(textOf(value) ?? '');
  return Number.isNaN(parsed) ? undefined : parsed;
}
