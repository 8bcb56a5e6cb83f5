import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { LocalStack } from '../stack.ts';
import { runsLocally } from './checks.ts';
import type { People } from './sample.ts';

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));
/** Tokens outlast any evening; they are worth something on this machine only. */
export const TOKEN_SECONDS = 7 * 86_400;
export const DEMO_AGENT = {
  ...{ subject: 'agent-lin', name: 'Lin Yue', groups: ['desk-agent'] },
  /** Their user in the contact centre, which can put calls through to them. */
  connectUserId: '20000000-0000-4000-8000-000000000002',
};
/** Two who work on rules, since what decides takes two, one who reads, a second agent for four eyes, and a teller. */
export const DEMO_KEEPERS = [
  { subject: 'analyst-gao', name: 'Gao Rui', groups: ['rules-analyst', 'desk-analyst'] },
  { subject: 'supervisor-tan', name: 'Tan Li', groups: ['rules-supervisor', 'desk-supervisor'] },
  { subject: 'auditor-shi', name: 'Shi Yun', groups: ['rules-auditor', 'desk-auditor'] },
  { subject: 'agent-su', name: 'Su Wen', groups: ['desk-agent'] },
  { subject: 'teller-qin', name: 'Qin Yu', groups: ['desk-teller'] },
];

/** What the sign-in says of a person beside their name. */
export const claimsOf = (of: {
  readonly groups?: readonly string[];
  readonly connectUserId?: string;
}): Readonly<Record<string, unknown>> => ({
  'cognito:groups': of.groups ?? [],
  ...(of.connectUserId === undefined ? {} : { connect_user_id: of.connectUserId }),
});

const credentialsSchema = z.object({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string(),
});

/** `local.json`: everything a program needs to talk to the running stack. */
export const detailsSchema = z.object({
  pid: z.number(),
  url: z.string(),
  region: z.string(),
  account: z.string(),
  credentials: z.object({ admin: credentialsSchema, bank: credentialsSchema }),
  /** For the AWS CLI and SDKs: profiles `admin` and `bank`. */
  credentialsFile: z.string(),
  busName: z.string(),
  /** In which customers read times. */
  zone: z.string(),
  queues: z.record(z.string(), z.string()),
  topics: z.record(z.string(), z.string()),
  tables: z.array(z.string()),
  outputs: z.record(z.string(), z.string()),
  apiUrl: z.string(),
  tokens: z.object({
    customers: z.record(z.string(), z.string()),
    agents: z.record(z.string(), z.string()),
  }),
  phoneUrl: z.string(),
  injectorUrl: z.string(),
  statusUrl: z.string(),
  /** The customers' page with phone and injector beside it, and the agents' desk. By `localhost`: passkeys need a name. */
  pageUrl: z.string(),
  deskUrl: z.string(),
});
export type Details = z.output<typeof detailsSchema>;

/** Where commands look for the running stack. */
export const usualFolder = join(REPOSITORY, '.cardguard');

/** Folder of the files that tell about this stack; one that runs beside another has its own. */
export function detailsFolder(stateDir: string | undefined): string {
  if (stateDir !== undefined) return stateDir;
  const other = readDetails(usualFolder)?.pid;
  return other !== undefined && runsLocally(other) ? join(usualFolder, `stack-${process.pid}`) : usualFolder;
}

export async function describeStack(stack: LocalStack, people: People, folder: string): Promise<Details> {
  const { model, tokens, front } = stack;
  const issue = async (
    pool: 'customers' | 'agents',
    subjects: readonly ({ subject: string; name: string } & Parameters<typeof claimsOf>[0])[],
  ) =>
    Object.fromEntries(
      await Promise.all(
        subjects.map(async ({ subject, name, ...of }) => {
          const claims = claimsOf(of);
          const token = await tokens.issue({ pool, subject, name, claims, expiresInSeconds: TOKEN_SECONDS });
          return [subject, token] as const;
        }),
      ),
    );
  return {
    pid: process.pid,
    url: stack.url,
    region: model.region,
    account: model.account,
    credentials: {
      admin: plain(front.identities.accessKeyFor('admin')),
      bank: plain(front.identities.accessKeyFor('bank')),
    },
    credentialsFile: join(folder, 'credentials'),
    busName: model.buses[0]?.name ?? 'default',
    zone: zoneOf(stack),
    queues: Object.fromEntries(model.queues.map(({ name, url }) => [name, url])),
    topics: Object.fromEntries(model.topics.map(({ name, arn }) => [name, arn])),
    tables: model.tables.map(({ name }) => name),
    outputs: stack.outputs,
    apiUrl: stack.url,
    tokens: {
      customers: await issue('customers', people.customers),
      agents: await issue('agents', [DEMO_AGENT, ...DEMO_KEEPERS]),
    },
    phoneUrl: `${stack.url}/local/phone`,
    injectorUrl: `${stack.url}/local/events`,
    statusUrl: `${stack.url}/local/status`,
    pageUrl: `${named(stack.url)}/`,
    deskUrl: `${named(stack.url)}/desk`,
  };
}

const named = (url: string): string => url.replace('127.0.0.1', 'localhost');

/** As the functions are told. */
function zoneOf({ model }: LocalStack): string {
  return model.functions.find(({ environment }) => environment.ISSUER_ZONE)?.environment.ISSUER_ZONE ?? 'UTC';
}

function plain({ accessKeyId, secretAccessKey, sessionToken }: z.output<typeof credentialsSchema>) {
  return { accessKeyId, secretAccessKey, sessionToken };
}

/** Writes `local.json`, the AWS credentials file, and one header file per token for curl. */
export function writeDetails(details: Details, folder: string): void {
  const headers = join(folder, 'headers');
  mkdirSync(headers, { recursive: true });
  writeOwn(join(folder, 'local.json'), `${JSON.stringify(details, null, 2)}\n`);
  writeOwn(
    details.credentialsFile,
    Object.entries(details.credentials)
      .map(
        ([profile, keys]) =>
          `[${profile}]\naws_access_key_id = ${keys.accessKeyId}\n` +
          `aws_secret_access_key = ${keys.secretAccessKey}\naws_session_token = ${keys.sessionToken}\n`,
      )
      .join('\n'),
  );
  for (const [subject, token] of Object.entries({ ...details.tokens.customers, ...details.tokens.agents }))
    writeOwn(join(headers, subject), `Authorization: Bearer ${token}\n`);
}

/** Written whole, then renamed: readers find the old one or the new one. */
export function writeOwn(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The details of the stack that wrote them; undefined when none did, or nobody cleaned up after it. */
export function readDetails(folder: string): Details | undefined {
  try {
    return detailsSchema.parse(JSON.parse(readFileSync(join(folder, 'local.json'), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Only our own: another stack may have started since. The keys open nothing any more. */
export function removeDetails(folder: string): void {
  if (readDetails(folder)?.pid !== process.pid) return;
  if (folder.startsWith(join(usualFolder, 'stack-'))) rmSync(folder, { recursive: true, force: true });
  for (const name of ['local.json', 'credentials', 'headers', 'try'])
    rmSync(join(folder, name), { recursive: true, force: true });
}

/** A path as a person would type it where they are. */
export function typed(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
}
