import { type Chance, createChance, tableOf } from './chance.ts';
import type { Person } from './people.ts';
import { type City, destinations, homeCities } from './places.ts';

/** Days somebody spends elsewhere. */
export interface Journey {
  readonly city: City;
  readonly firstDay: number;
  /** The last one included. */
  readonly lastDay: number;
  readonly isOneDay: boolean;
  /** Share of purchases still made on the net at home. */
  readonly netShare: number;
  /** When flight and hotel are booked; before day 0 nobody sees it. */
  readonly bookedDay: number;
}

const abroad = tableOf(destinations, ({ weight }) => weight);
const cities = tableOf(homeCities, ({ weight }) => weight);
const near = new Set(['hongkong', 'macau']);
/** A week's chance of a day across the border for those who live by it. */
const ACROSS_A_DAY = 0.16;

/** Somebody's journeys over the whole time, in order, never two at once. */
export function planJourneys(seed: number, person: Person, days: number): Journey[] {
  const chance = createChance(seed, 'journeys', person.customerId);
  const drawn = [
    ...drawMany(chance, person.journeysAbroad, days, () => {
      const city = chance.draw(abroad);
      return { city, nights: near.has(city.name) ? 1 + chance.below(3) : 3 + chance.below(9) };
    }),
    ...drawMany(chance, person.journeysHome, days, () => ({
      city: chance.draw(cities),
      nights: 1 + chance.below(4),
    })),
  ].filter(({ city }) => city !== person.home);
  const across = person.crossesBorder ? daysAcross(chance, days) : [];
  const journeys = [...drawn, ...across].sort((one, other) => one.firstDay - other.firstDay);
  let free = Number.NEGATIVE_INFINITY;
  return journeys.filter(({ firstDay, lastDay }) => {
    if (firstDay <= free) return false;
    free = lastDay;
    return true;
  });
}

function drawMany(
  chance: Chance,
  aYear: number,
  days: number,
  draw: () => { city: City; nights: number },
): Journey[] {
  return Array.from({ length: chance.poisson((aYear * days) / 365) }, () => {
    const { city, nights } = draw();
    const firstDay = chance.below(days);
    return {
      city,
      firstDay,
      lastDay: firstDay + nights,
      isOneDay: false,
      netShare: 0.3,
      bookedDay: firstDay - 2 - Math.round(chance.exponential(14)),
    };
  });
}

function daysAcross(chance: Chance, days: number): Journey[] {
  const city = destinations.find(({ name }) => name === 'hongkong');
  if (!city) return [];
  const all = Array.from({ length: days }, (_none, day) => day);
  return all
    .filter(() => chance.happens(ACROSS_A_DAY))
    .map((day) => ({ city, firstDay: day, lastDay: day, isOneDay: true, netShare: 0.5, bookedDay: -1 }));
}
