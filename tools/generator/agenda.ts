import type { Calendar } from './calendar.ts';
import type { Generated } from './events.ts';

/**
 * What will happen, sorted into days: a day is put in order when it is over, so that no more than a day and
 * what is still to come (postings, refunds, labels) is held.
 */
export interface Agenda {
  /** What would happen after the last day is dropped: nobody looks any more. */
  add(happening: Generated): void;
  /** The happenings of a day in order of time; nothing may be added to it afterwards. */
  take(day: number): Generated[];
}

export function createAgenda(calendar: Calendar): Agenda {
  const byDay = new Map<number, Generated[]>();
  let taken = -1;
  return {
    add(happening) {
      if (happening.at >= calendar.end) return;
      const day = Math.max(0, calendar.dayOf(happening.at));
      if (day <= taken) throw new Error(`${happening.line.type} of day ${day}, which is over`);
      const list = byDay.get(day);
      if (list) list.push(happening);
      else byDay.set(day, [happening]);
    },
    take(day) {
      taken = day;
      const list = byDay.get(day) ?? [];
      byDay.delete(day);
      // Stable: of one second, what was planned first comes first.
      return list.sort((one, other) => one.at - other.at);
    },
  };
}
