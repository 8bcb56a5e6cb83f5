import { flowsOfPart } from './parts.ts';
import { testFlows } from './run-flows.ts';

testFlows('part 2 of 2', flowsOfPart(2, 2));
