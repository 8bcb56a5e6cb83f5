import * as z from 'zod/mini';
import type { Database, Write } from '../platform/database.ts';
import { type Changed, createDocuments, type Versioned } from '../platform/documents.ts';
import { type Preferences, preferencesSchema } from './preferences.ts';

const storedSchema = z.extend(preferencesSchema, { customerId: z.string(), changedAt: z.string() });
export type StoredPreferences = z.output<typeof storedSchema>;

/** What each customer set, beside their contact; nothing is stored until they set something. */
export interface PreferenceStore {
  get(customerId: string): Promise<Versioned<StoredPreferences> | undefined>;
  save(
    previous: Versioned<StoredPreferences> | undefined,
    preferences: Preferences & { readonly customerId: string; readonly changedAt: string },
  ): Write<Changed<StoredPreferences>>;
}

export function createPreferenceStore(options: { db: Database; cardsTable: string }): PreferenceStore {
  const documents = createDocuments({
    db: options.db,
    table: options.cardsTable,
    schema: storedSchema,
    name: 'preferences',
    key: (customerId) => ({ pk: `CUSTOMER#${customerId}`, sk: 'PREFERENCES' }),
    idOf: ({ customerId }) => customerId,
  });
  return { get: documents.get, save: documents.save };
}
