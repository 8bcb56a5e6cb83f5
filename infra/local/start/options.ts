import { parseArgs } from 'node:util';

export interface StartOptions {
  /** 0: any free one. */
  readonly port: number;
  readonly stateDir?: string;
  readonly quiet: boolean;
  readonly night: boolean;
}

export type ReadOptions =
  | { readonly kind: 'start'; readonly options: StartOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string };

export const DEFAULT_PORT = 4700;

export const startHelp = `cardguard's local stack: the deployed system on this machine, with nothing else needed.

  npm start                         start, seed sample customers, play the sample night, stay up
  npm start -- --port 4800          listen on another port (0: any free one; usual: ${DEFAULT_PORT})
  npm start -- --state DIR          keep customers, cards and tickets in DIR, and go on
                                    with them at the next start (phones and mailboxes begin empty)
  npm start -- --no-night           sample customers only, no sample night
  npm start -- --quiet              addresses and errors only
  npm start -- --help               this

Ctrl-C stops it. While it runs, in another terminal:
  npm run phone -- --help           read and answer the customers' texts
  npm run inject -- --help          put transactions on the bus, as the bank
`;

/** Reads the command line of `npm start`; what is not understood is named. */
export function readStartOptions(args: readonly string[]): ReadOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        port: { type: 'string' },
        state: { type: 'string' },
        quiet: { type: 'boolean', default: false },
        'no-night': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return { kind: 'help' };
    const port = values.port === undefined ? DEFAULT_PORT : readPort(values.port);
    if (port === undefined)
      return { kind: 'wrong', message: `--port ${values.port}: not a port (0 to 65535)` };
    if (values.state === '') return { kind: 'wrong', message: '--state: name a folder' };
    const { quiet, state } = values;
    return { kind: 'start', options: { port, stateDir: state, quiet, night: !values['no-night'] } };
  } catch (error) {
    return { kind: 'wrong', message: plainParseError(error) };
  }
}

function readPort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : undefined;
}

/** The first sentence of Node's message; the rest is advice about positionals nobody here needs. */
export function plainParseError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message.split(/\. (?=To specify)|\n/)[0] ?? error.message;
}
