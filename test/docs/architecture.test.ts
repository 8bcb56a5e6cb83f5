import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { alertEdges } from '../../functions/alert/alert-states.ts';
import { ruleSetEdges } from '../../functions/screening/rule-set-states.ts';
import { disputeTransitions } from '../../functions/ticket/dispute-states.ts';
import { evidenceTransitions } from '../../functions/ticket/evidence-states.ts';
import { ticketTransitions } from '../../functions/ticket/ticket-states.ts';
import { functionNames } from '../../infra/functions.ts';
import { queueNames } from '../../infra/queues.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

/** Edges of the state diagram under a heading, as `from --> to : label`; the beginning left out. */
function diagramUnder(heading: string): string[] {
  const section = page.split(`\n### ${heading}\n`)[1]?.split('\n### ')[0] ?? '';
  const diagram = /```mermaid\nstateDiagram-v2\n([\s\S]*?)```/.exec(section)?.[1] ?? '';
  return diagram
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('[*]'))
    .sort();
}

describe('docs/architecture.md', () => {
  test('draws the alert as its table has it', () => {
    const edges = alertEdges.map(
      ({ from, to, by, only }) => `${from} --> ${to} : ${[...by, ...(only ? [only] : [])].join(', ')}`,
    );
    expect(diagramUnder('Alert')).toEqual(edges.sort());
  });

  test('draws the ticket as its table has it', () => {
    const edges = Object.entries(ticketTransitions).flatMap(([from, targets]) =>
      targets.map((to) => `${from} --> ${to}`),
    );
    expect(diagramUnder('Ticket')).toEqual(edges.sort());
  });

  test('draws the dispute as its table has it', () => {
    const edges = Object.entries(disputeTransitions).flatMap(([from, targets]) =>
      targets.map((to) => `${from} --> ${to}`),
    );
    expect(diagramUnder('Dispute')).toEqual(edges.sort());
  });

  test('draws evidence as its table has it', () => {
    const edges = Object.entries(evidenceTransitions).flatMap(([from, targets]) =>
      targets.map((to) => `${from} --> ${to}`),
    );
    expect(diagramUnder('Evidence')).toEqual(edges.sort());
  });

  test('draws the rule set as its table has it', () => {
    const edges = ruleSetEdges.map(
      ({ from, to, people, only }) => `${from} --> ${to} : ${[people, ...(only ? [only] : [])].join(', ')}`,
    );
    expect(diagramUnder('Rule set')).toEqual(edges.sort());
  });

  test('shows every function and queue in its picture', () => {
    const picture = /```mermaid\nflowchart[\s\S]*?```/.exec(page)?.[0] ?? '';
    expect(functionNames.filter((name) => !picture.includes(`(${name})`))).toEqual([]);
    expect(queueNames.filter((name) => !new RegExp(`\\[\\[${name}[\\],]`).test(picture))).toEqual([]);
  });
});

test.each([
  'README.md',
  'docs/architecture.md',
  'docs/requirements.md',
  'docs/security.md',
  'docs/dependencies.md',
  'docs/deploy.md',
  'docs/replies.md',
  'docs/rules.md',
])('%s names files that exist', (file) => {
  const text = readFileSync(join(root, file), 'utf8');
  const paths = [...text.matchAll(/`((?:functions|infra|test|tools|docs)\/[\w./-]*\w\.\w+)`/g)].map(
    ([, path = '']) => path,
  );
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, link = '']) =>
    join(dirname(file), link),
  );
  expect([...paths, ...links].filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
