import type { Versioned } from '../platform/documents.ts';
import { type CompiledRuleSet, compileStoredRules } from './compile-rules.ts';
import { type EntryBook, type EntryKind, entryBook, entryKinds } from './entries.ts';
import type { RuleBoard } from './rule-board.ts';
import type { EntryPage, RuleStore } from './rule-store.ts';
import { type ActiveRules, type Models, type Rules, untouched } from './rules-in-force.ts';

/** How old what is in force may be; a change reaches every function within it and one read more. */
export const RULES_KEPT_MS = 30_000;
/** Asked again sooner while something could not be read. */
const RETRY_MS = 5_000;
/** Sets that were live before, tried in turn when the live one cannot be used. */
const MOST_FALLBACKS = 3;

/** `unreadable`: the table did not answer; `refused`: what it holds is no rule set this code can use. */
export type RulesTrouble = 'unreadable' | 'refused';

export interface ActiveRulesDeps {
  readonly store: Pick<RuleStore, 'board' | 'body' | 'manyEntries'>;
  readonly now: () => Date;
  /** The rules that came with the code: in force while the table holds none, and the last resort. */
  readonly shipped: CompiledRuleSet;
  /** Models at hand: the ones that came with the code. */
  readonly models: Models;
  /** Told each time; screening goes on with the last rules known to be good. */
  readonly onTrouble: (trouble: RulesTrouble, error: unknown, about: string) => void;
}

/** The rules in force; many who ask at once share one reading. */
export function createActiveRules(deps: ActiveRulesDeps): Rules {
  const { now, shipped, models } = deps;
  const compiled = new Map<string, CompiledRuleSet>([[shipped.version, shipped]]);
  const pages = new Map<EntryKind, EntryPage>();
  let active: ActiveRules | undefined;
  let readAgainAt = 0;
  let readAt = 0;
  let reading: Promise<ActiveRules> | undefined;

  async function read(): Promise<ActiveRules> {
    let troubled = false;
    const trouble = (kind: RulesTrouble, error: unknown, about: string): undefined => {
      troubled = true;
      deps.onTrouble(kind, error, about);
    };
    const startedAt = now().getTime();
    active = await inForce(trouble);
    readAt = startedAt;
    readAgainAt = startedAt + (troubled ? RETRY_MS : RULES_KEPT_MS);
    return active;
  }

  async function inForce(trouble: Trouble): Promise<ActiveRules> {
    let board: Versioned<RuleBoard> | undefined;
    try {
      board = await deps.store.board({ consistent: false });
    } catch (error) {
      trouble('unreadable', error, 'board');
      return active ?? untouched(shipped, models);
    }
    if (board === undefined) {
      forget([]);
      pages.clear();
      return untouched(shipped, models);
    }
    const { live, earlier, share, shadows, alertOnly } = board.body;
    const load = (version: string) => ruleSetOf(version, trouble);
    const [liveSet, shareSet, shadowSets, entries] = await Promise.all([
      liveOf(live, earlier, load),
      share && load(share.version),
      Promise.all(shadows.map(load)),
      entriesOf(board.body.entries, trouble),
    ]);
    forget([live, ...earlier.slice(-MOST_FALLBACKS), ...shadows, share?.version, liveSet.version]);
    return {
      live: liveSet,
      share: share && shareSet && { ruleSet: shareSet, percent: share.percent },
      shadows: shadowSets.filter((one) => one !== undefined),
      models,
      entries,
      switches: { alertOnly: new Set(alertOnly.map(({ version }) => version)) },
      board,
    };
  }

  /** A live set that cannot be used leaves in force what was; without that, what was live before it. */
  async function liveOf(
    live: string,
    earlier: readonly string[],
    load: (version: string) => Promise<CompiledRuleSet | undefined>,
  ): Promise<CompiledRuleSet> {
    const wanted = await load(live);
    if (wanted !== undefined) return wanted;
    if (active !== undefined) return active.live;
    for (const version of earlier.slice(-MOST_FALLBACKS).reverse()) {
      const before = await load(version);
      if (before !== undefined) return before;
    }
    return shipped;
  }

  /** Contents never change, so that a version is read and compiled once. */
  async function ruleSetOf(version: string, trouble: Trouble): Promise<CompiledRuleSet | undefined> {
    const known = compiled.get(version);
    if (known !== undefined) return known;
    let data: unknown;
    try {
      data = await deps.store.body(version);
    } catch (error) {
      return trouble('unreadable', error, version);
    }
    try {
      const ruleSet = compileStoredRules(data);
      const model = ruleSet.modelPoints?.version;
      if (model !== undefined && !models.has(model))
        throw new Error(`it names the model ${model}, not at hand`);
      if (ruleSet.version !== version) throw new Error(`it calls itself ${ruleSet.version}`);
      compiled.set(version, ruleSet);
      return ruleSet;
    } catch (error) {
      return trouble('refused', error, version);
    }
  }

  async function entriesOf(generations: RuleBoard['entries'], trouble: Trouble): Promise<EntryBook> {
    const old = entryKinds.filter((kind) => (pages.get(kind)?.lock ?? 0) !== generations[kind]);
    if (old.length === 0 && active !== undefined) return active.entries;
    try {
      const read = old.length === 0 ? [] : await deps.store.manyEntries(old);
      // One that came from a lagging replica keeps its old lock, and is read again next time.
      read.forEach((page, index) => {
        const kind = old[index];
        if (kind !== undefined) pages.set(kind, page);
      });
    } catch (error) {
      trouble('unreadable', error, 'entries');
    }
    return entryBook([...pages.values()].flatMap((page) => page.entries));
  }

  function forget(kept: readonly (string | undefined)[]): void {
    for (const version of compiled.keys())
      if (version !== shipped.version && !kept.includes(version)) compiled.delete(version);
  }

  return {
    current: async () => {
      const at = now().getTime();
      // A clock that went back would keep them for too long.
      if (active !== undefined && at < readAgainAt && at >= readAt) return active;
      reading ??= read().finally(() => {
        reading = undefined;
      });
      return reading;
    },
  };
}

type Trouble = (trouble: RulesTrouble, error: unknown, about: string) => undefined;
