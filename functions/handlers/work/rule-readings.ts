import * as entryRoutes from '../../api/rule-entry-routes.ts';
import * as routes from '../../api/rules-routes.ts';
import { firstBoard } from '../../screening/rule-board.ts';
import { defaultRuleSet } from '../../screening/rule-set.default.ts';
import type { RuleSetRecord } from '../../screening/rule-set.ts';
import { shippedRecord } from '../../screening/rules-standing.ts';
import type { ShadowCell } from '../../screening/shadow-comparison.ts';
import { type HttpRoute, refuse } from '../http.ts';
import type { Rooms } from '../rooms.ts';
import type { ServeKeepers } from '../rules-serve.ts';

const MOST_LISTED = 50;

/** A record as its readers see it. */
export const ruleSetView = ({ proposal, ...record }: RuleSetRecord) => ({
  ...record,
  ...(proposal === undefined ? {} : { proposal }),
});

/** What anybody with a role may read of the rules. */
export function ruleReadings({ rooms, serve }: { rooms: Rooms; serve: ServeKeepers }): readonly HttpRoute[] {
  const { rules, ruleSets, shadows, now } = rooms;
  const board = async () => (await rules.board())?.body ?? firstBoard(defaultRuleSet.version);
  /** The shipped rules are a version before anything was ever stored. */
  const records = async (): Promise<readonly RuleSetRecord[]> => {
    const stored = await ruleSets.list();
    return stored.length === 0 ? [shippedRecord(defaultRuleSet)] : stored;
  };

  return [
    serve(routes.readRules, 'read', async ({ answer }) => {
      const { live, earlier, shadows: inShadow, share, alertOnly, changedAt } = await board();
      const asOf = now().toISOString();
      const shared = share === undefined ? {} : { share };
      return answer({ asOf, changedAt, live, earlier, shadows: inShadow, alertOnly, ...shared });
    }),
    serve(routes.listRuleSets, 'read', async ({ answer, query }) => {
      const { limit = MOST_LISTED, after = '', state } = query;
      const all = (await records()).filter(
        (record) => record.version > after && (state === undefined || record.state === state),
      );
      const page = all.slice(0, limit);
      const next = all.length > limit ? page.at(-1)?.version : undefined;
      return answer({ ruleSets: page.map(ruleSetView), ...(next === undefined ? {} : { next }) });
    }),
    serve(routes.readRuleSet, 'read', async ({ answer, parts }) => {
      const record = (await records()).find(({ version }) => version === parts.version);
      if (record === undefined) return refuse('not-found');
      const contents = (await rules.body(record.version)) ?? defaultRuleSet;
      return answer({ ruleSet: ruleSetView(record), contents: contents as Record<string, unknown> });
    }),
    serve(routes.compareRuleSet, 'read', async ({ answer, parts, query }) => {
      const { version } = parts;
      const record = (await records()).find((one) => one.version === version);
      if (record === undefined) return refuse('not-found');
      const cell = (query.cell ?? 'clear_freeze') as ShadowCell;
      const [{ live }, counts, examples] = await Promise.all([
        board(),
        shadows.counts(version),
        shadows.examples(version, cell),
      ]);
      return answer({ version, live, ...comparisonView(counts), examples });
    }),
    serve(entryRoutes.listEntries, 'read', async ({ answer, query }) => {
      const { kind, limit = MOST_LISTED, after } = query;
      const latest = [...(await rules.entries(kind)).entries].reverse();
      const from = after === undefined ? 0 : latest.findIndex(({ entryId }) => entryId === after) + 1;
      const page = latest.slice(from, from + limit);
      const next = latest.length > from + limit ? page.at(-1)?.entryId : undefined;
      return answer({ entries: page, ...(next === undefined ? {} : { next }) });
    }),
    serve(entryRoutes.readRulesJournal, 'read', async ({ answer, query }) => {
      const { limit = MOST_LISTED, after } = query;
      const before = after === undefined ? undefined : Number(after);
      if (before !== undefined && !Number.isInteger(before)) return refuse('not-found');
      const [entries, intact] = await Promise.all([
        ruleSets.journal({ limit, before }),
        before === undefined ? ruleSets.isJournalIntact() : undefined,
      ]);
      const last = entries.at(-1)?.seq;
      return answer({
        entries: entries.map(({ seq, type, at, by, data, hash }) => ({ seq, type, at, by, data, hash })),
        ...(entries.length < limit || last === undefined || last <= 1 ? {} : { next: String(last) }),
        ...(intact === undefined ? {} : { intact }),
      });
    }),
  ];
}

type Counts = Awaited<ReturnType<Rooms['shadows']['counts']>>;

/** Counts of a comparison, with what they add up to. */
export function comparisonView(counts: Counts) {
  const cells = counts?.cells;
  const sum = (...names: readonly ShadowCell[]): number =>
    names.reduce((total, name) => total + (cells?.[name] ?? 0), 0);
  return {
    ...(counts === undefined ? {} : { since: counts.since, lastAt: counts.lastAt }),
    compared: Object.values(cells ?? {}).reduce((total, count) => total + count, 0),
    cells: cells ?? {},
    newAlerts: sum('clear_alert', 'clear_freeze'),
    lostAlerts: sum('alert_clear', 'freeze_clear'),
    newAlertReasons: counts?.newAlerts ?? {},
  };
}
