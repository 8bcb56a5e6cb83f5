import { type Database, type Write, write } from '../platform/database.ts';

/** The channel showed a newer version already. */
export type OlderThanShown = { readonly projection: 'newer_shown' };

/** What each channel showed last of a ticket or card: a channel never shows an older version than it did (I8). */
export interface ProjectionStore {
  /** Notes that `channel` shows this version of the aggregate; refused when it showed a newer one. */
  show(
    pk: string,
    channel: string,
    shown: { readonly version: number; readonly at: Date },
  ): Write<OlderThanShown>;
}

export function createProjectionStore(options: { db: Database; casesTable: string }): ProjectionStore {
  const { casesTable: table } = options;
  return {
    show: (pk, channel, { version, at }) =>
      write({
        table,
        spec: {
          kind: 'update',
          key: { pk, sk: `PROJ#${channel}` },
          change: { set: { version, shownAt: at.toISOString() } },
        },
        when: {
          any: [
            { attribute: 'version', is: 'absent' },
            { attribute: 'version', is: '<=', value: version },
          ],
        },
        refused: () => ({ projection: 'newer_shown' }) as const,
      }),
  };
}
