import { randomUUID } from 'node:crypto';
import { Cron } from 'croner';
import type { ClockHandle, LocalClock } from '../clock.ts';
import type { LocalModel, LocalRule } from '../model.ts';

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Next time after `after` that an EventBridge `rate(…)` or `cron(…)` expression is due, in UTC. */
export function nextRun(expression: string, after: Date): Date | undefined {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (count !== undefined && unit !== undefined) {
    return new Date(after.getTime() + Number(count) * (UNIT_MS[unit] ?? 0));
  }
  const [, fields] = /^cron\((.+)\)$/.exec(expression) ?? [];
  const parts = fields?.trim().split(/\s+/) ?? [];
  if (parts.length !== 6) throw new Error(`not a schedule expression: ${expression}`);
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = parts;
  // EventBridge counts Sunday as 1 and has no seconds; `?` is the field that does not matter.
  const pattern = `0 ${minute} ${hour} ${dayOfMonth} ${month} ${dayOfWeek} ${year}`.replaceAll('?', '*');
  return (
    new Cron(pattern, {
      timezone: 'UTC',
      alternativeWeekdays: true,
      sloppyRanges: true,
      paused: true,
    }).nextRun(after) ?? undefined
  );
}

/** The schedules of the model. It has no timer of its own: whoever moves the clock calls `runDue`. */
export interface Schedules {
  nextDue(): Date | undefined;
  /** Fires what is due by now, each rule once however late it is, and waits until the targets answered. */
  runDue(now: Date): Promise<void>;
}

export function createSchedules(options: {
  model: Pick<LocalModel, 'rules' | 'account' | 'region'>;
  now: Date;
  /** Calls the target; failures are its own affair. */
  deliver: (targetArn: string, event: unknown) => Promise<void>;
}): Schedules {
  const { model } = options;
  const due = new Map<LocalRule, Date | undefined>();
  for (const rule of model.rules) {
    if (rule.scheduleExpression !== undefined) due.set(rule, nextRun(rule.scheduleExpression, options.now));
  }

  function eventOf(rule: LocalRule, now: Date): Record<string, unknown> {
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: model.account,
      time: now.toISOString().replace(/\.\d+Z$/, 'Z'),
      region: model.region,
      resources: [rule.arn],
      detail: {},
    };
  }

  return {
    nextDue() {
      const times = [...due.values()].filter((time) => time !== undefined).map((time) => time.getTime());
      return times.length === 0 ? undefined : new Date(Math.min(...times));
    },
    async runDue(now) {
      const fired: Promise<void>[] = [];
      for (const [rule, time] of due) {
        if (time === undefined || time > now || rule.scheduleExpression === undefined) continue;
        due.set(rule, nextRun(rule.scheduleExpression, now));
        for (const { arn, input } of rule.targets) {
          const event: unknown = input === undefined ? eventOf(rule, now) : JSON.parse(input);
          fired.push(options.deliver(arn, event));
        }
      }
      await Promise.all(fired);
    },
  };
}

/** Runs the schedules on a clock until stopped. */
export function startSchedules(
  options: Parameters<typeof createSchedules>[0] & { clock: LocalClock },
): () => void {
  const { clock } = options;
  const schedules = createSchedules(options);
  let handle: ClockHandle | undefined;
  let stopped = false;
  const arm = () => {
    const next = schedules.nextDue();
    if (next === undefined || stopped) return;
    handle = clock.setTimeout(async () => {
      const run = schedules.runDue(new Date(clock.now()));
      arm();
      // A simulated clock stands until the targets have answered.
      await run;
    }, next.getTime() - clock.now());
  };
  arm();
  return () => {
    stopped = true;
    if (handle !== undefined) clock.clear(handle);
  };
}
