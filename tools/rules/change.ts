import { fileURLToPath } from 'node:url';
import { createModelShelf } from '../../functions/handlers/model-shelf.ts';
import { newId } from '../../functions/platform/ids.ts';
import { createAddRuleSet } from '../../functions/screening/add-rule-set.ts';
import {
  createAddEntry,
  createRemoveEntry,
  type EntryChanged,
} from '../../functions/screening/change-entries.ts';
import { createGrantRuleSet, createProposeRuleSet } from '../../functions/screening/grant-rule-set.ts';
import { createMoveRuleSet, createRollBack } from '../../functions/screening/move-rule-set.ts';
import { defaultRuleSet } from '../../functions/screening/rule-set.default.ts';
import type { Moved } from '../../functions/screening/rule-set-change.ts';
import { alone, type RulesDeps } from '../../functions/screening/rules-standing.ts';
import { say } from '../stage/command.ts';
import { PlainError } from '../stage/plain-error.ts';
import type { Target } from '../stage/target.ts';
import { readJson } from './read.ts';
import { kindOf, must, numberOf, storesOf, type Wish } from './wish.ts';

const MODELS = fileURLToPath(new URL('../../functions/models', import.meta.url));

/** Commands that change the rules; undefined for any other. Each is journaled under `command:NAME`. */
export async function changeRules(target: Target, wish: Wish): Promise<number | undefined> {
  const stores = storesOf(target);
  const now = () => new Date();
  const deps: RulesDeps = {
    db: target.db,
    ...stores,
    now,
    models: createModelShelf(MODELS),
    shipped: defaultRuleSet,
  };
  const by = { id: `command:${wish.by}`, name: wish.by };
  const about = () => ({ version: must(wish, 'version'), by, reason: must(wish, 'reason') });
  const move = createMoveRuleSet(deps);
  switch (wish.command) {
    case 'add':
      return add(deps, wish, by);
    case 'shadow':
      return told(await move({ ...about(), to: 'shadow' }, alone));
    case 'retire':
      return told(await move({ ...about(), to: 'retired' }, alone));
    case 'shrink':
      return told(await move({ ...about(), to: 'share', percent: numberOf(wish, 'percent') }, alone));
    case 'propose': {
      onlyLocally(target, wish);
      const to = must(wish, 'to');
      if (to !== 'share' && to !== 'live') throw new PlainError(`--to ${to}: share or live`);
      const percent = to === 'share' ? numberOf(wish, 'percent') : undefined;
      return told(await createProposeRuleSet(deps)({ ...about(), to, percent }, alone));
    }
    case 'approve':
      onlyLocally(target, wish);
      return told(await createGrantRuleSet(deps)(about(), alone));
    case 'roll-back': {
      const live = (await stores.rules.board())?.body.live ?? defaultRuleSet.version;
      return told(await createRollBack(deps)({ live, by, reason: must(wish, 'reason') }, alone));
    }
    case 'block':
    case 'allow':
      return listed(deps, wish, by);
    case 'unlist': {
      const remove = createRemoveEntry(deps);
      const entryId = must(wish, 'entry');
      return toldOfEntry(
        await remove({ kind: kindOf(wish), entryId, reason: must(wish, 'reason'), by }, alone),
      );
    }
    default:
      return undefined;
  }
}

/** Whoever holds AWS credentials could say any name here; two names must be two people. */
function onlyLocally({ stage }: Target, { command }: Wish): void {
  if (stage !== 'local')
    throw new PlainError(
      `${command} goes by the API on a deployed stage: there your sign-in says who you are (docs/rules.md).`,
    );
}

async function add(deps: RulesDeps, wish: Wish, by: { id: string; name: string }): Promise<number> {
  const data = readJson(must(wish, 'file'));
  const added = await createAddRuleSet(deps)({ data, note: must(wish, 'reason'), by }, alone);
  switch (added.outcome) {
    case 'added':
      say(
        `${added.record.version} is a draft of ${added.record.rules} rules. Next: shadow --version ${added.record.version}`,
      );
      return 0;
    case 'invalid':
      for (const problem of added.problems) say(problem);
      return 1;
    case 'exists':
      say('This version exists, and contents never change: give it another name.');
      return 1;
    default:
      say(`refused: ${added.outcome.replaceAll('_', ' ')}`);
      return 1;
  }
}

const remedies: Readonly<Partial<Record<Moved['outcome'], string>>> = {
  not_found: 'there is no such version; look with: list',
  wrong_state: 'from the state it is in it does not go there; look with: list',
  needs_two: 'this takes two people: propose, then another person approves',
  same_person: 'another person than wrote or proposed it has to approve: --as NAME',
  nothing_waits: 'nothing was proposed, or it ran out after a day: propose it again',
  nothing_before: 'nothing was live before',
};

function told(moved: Moved): number {
  if (moved.outcome !== 'moved') {
    say(`refused: ${remedies[moved.outcome] ?? moved.outcome.replaceAll('_', ' ')}`);
    return 1;
  }
  const { version, state, proposal } = moved.record;
  const waits =
    proposal === undefined ? '' : `; ${proposal.to} waits for another person until ${proposal.until}`;
  say(`${version} is ${state}${waits}. Running functions know within half a minute.`);
  return 0;
}

async function listed(deps: RulesDeps, wish: Wish, by: { id: string; name: string }): Promise<number> {
  const until = new Date(deps.now().getTime() + numberOf(wish, 'days') * 86_400_000).toISOString();
  const entry = {
    ...{ kind: kindOf(wish), value: must(wish, 'value'), outcome: outcomeOf(wish), until, by },
    ...{
      list: wish.command === 'block' ? ('block' as const) : ('allow' as const),
      reason: must(wish, 'reason'),
    },
  };
  return toldOfEntry(await createAddEntry({ ...deps, newId })(entry, alone));
}

function outcomeOf({ outcome }: Wish): 'alert' | 'freeze' | undefined {
  if (outcome === undefined || outcome === 'alert' || outcome === 'freeze') return outcome;
  throw new PlainError(`--outcome ${outcome}: alert or freeze`);
}

function toldOfEntry(changed: EntryChanged): number {
  switch (changed.outcome) {
    case 'changed_entries':
      say(
        `${changed.entry.entryId} (${changed.entry.list} ${changed.entry.value}). Running functions know within half a minute.`,
      );
      return 0;
    case 'invalid':
      say(changed.problem);
      return 1;
    case 'exists':
      say(`It stands on the list already: ${changed.entry.entryId}`);
      return 1;
    default:
      say(`refused: ${changed.outcome.replaceAll('_', ' ')}`);
      return 1;
  }
}
