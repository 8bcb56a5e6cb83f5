import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { LocalModel } from '../model.ts';
import type { Dynoxide } from './dynoxide.ts';
import { listOf, parseRecord, recordOf, textOf } from './json.ts';
import { openStateFile } from './state-file.ts';

/** Names a table and its stream go by outside, and the ones the emulator gives them. */
export interface TableNames {
  /** Stream ARN of the model → of the emulator. */
  readonly innerStream: ReadonlyMap<string, string>;
  /** ARNs in an answer as the model has them. */
  outward(text: string): string;
}

const dynamo = 'DynamoDB_20120810';

/** Creates the model's tables that are not there yet. A stored table of another shape is an error. */
export async function createTables(
  model: LocalModel,
  dynoxide: Dynoxide,
  stateDir: string | undefined,
): Promise<TableNames> {
  const listed = await dynoxide.call(`${dynamo}.ListTables`, '{}');
  const present = new Set(listOf(parseRecord(listed.text)?.TableNames).map(String));
  const shapes = openStateFile({
    stateDir,
    name: 'tables',
    schema: z.record(z.string(), z.string()),
    initial: {},
  });
  const innerStream = new Map<string, string>();
  for (const table of model.tables) {
    const definition = JSON.stringify({ ...table.create, TableName: table.name });
    const shape = createHash('sha256').update(definition).digest('hex');
    if (present.has(table.name) && shapes.value[table.name] !== shape) {
      throw new Error(
        `Table ${table.name} is stored in ${stateDir} with another shape than the template's; delete that folder to start afresh.`,
      );
    }
    if (!present.has(table.name)) await mustSucceed(dynoxide, 'CreateTable', definition);
    shapes.value[table.name] = shape;
    const described = await mustSucceed(dynoxide, 'DescribeTable', JSON.stringify({ TableName: table.name }));
    const stream = textOf(recordOf(described.Table).LatestStreamArn);
    if (table.streamArn && stream) innerStream.set(table.streamArn, stream);
  }
  shapes.save();

  const replacements: (readonly [string, string])[] = [
    ...[...innerStream].map(([outer, inner]) => [inner, outer] as const),
    ['arn:aws:dynamodb:dynoxide:000000000000:', `arn:aws:dynamodb:${model.region}:${model.account}:`],
    ['"awsRegion":"dynoxide"', `"awsRegion":"${model.region}"`],
  ];
  const outward = (text: string): string =>
    text.includes('dynoxide')
      ? replacements.reduce((answer, [inner, outer]) => answer.replaceAll(inner, outer), text)
      : text;
  return { innerStream, outward };
}

async function mustSucceed(dynoxide: Dynoxide, action: string, body: string) {
  const { status, text } = await dynoxide.call(`${dynamo}.${action}`, body);
  const answer = parseRecord(text) ?? {};
  if (status !== 200) throw new Error(`${action} of the embedded DynamoDB: ${text}`);
  return answer;
}
