import { describe } from 'vitest';
import { testSchedules } from './schedules.ts';

describe('I1 I2 I3 I4 I5 I6 I8 I9 I10 I11 I12 hold whatever comes late, twice or out of order, or fails', () => {
  testSchedules(1);
});
