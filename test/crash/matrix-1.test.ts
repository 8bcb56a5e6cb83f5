import { flowsOfPart } from './parts.ts';
import { testFlows } from './run-flows.ts';

testFlows('part 1 of 2', flowsOfPart(1, 2));
