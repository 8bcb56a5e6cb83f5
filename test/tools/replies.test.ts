import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const tool = join(import.meta.dirname, '../../tools/replies.ts');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'replies-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function replies(options: { input?: string; file?: string; args?: readonly string[] }) {
  const { input, args = [] } = options;
  const file = options.file ?? '-';
  const run = spawnSync(process.execPath, [tool, ...args, file], { input, encoding: 'utf8' });
  return { status: run.status, out: run.stdout, error: run.stderr };
}

describe('npm run replies', () => {
  it('prints each line of a file as it came, a tab and its reading; empty lines too', () => {
    const file = join(folder, 'messages.txt');
    writeFileSync(file, '不是我\n\n  Yes \nfreeze 4417\r\nwrong number\nSTOP\n进度\nhelp\nN');
    expect(replies({ file })).toEqual({
      status: 0,
      error: '',
      out: `不是我\tnot_mine\n\tunclear\n  Yes \tmine\nfreeze 4417\tfreeze\nwrong number\twrong_number\nSTOP\tstop\n进度\tstatus\nhelp\thelp\nN\tnot_mine\n`,
    });
  });

  it('reads standard input as "-", and says what else it read with --detail', () => {
    const input = 'N\n4417 1\n3 2\nNo, wrong number\n';
    expect(replies({ input, args: ['--detail'] }).out).toBe(
      'N\tnot_mine\t\n4417 1\tmine\tlastFour=4417\n3 2\tnot_mine\ttag=3\nNo, wrong number\twrong_number\talsoNotMine\n',
    );
    expect(replies({ input: 'N\n', args: ['--detail', '--mainland'] }).out).toBe('N\tnot_mine\talsoOptOut\n');
  });

  it('says so when there is no such file, and how it is called', () => {
    const file = join(folder, 'nothing.txt');
    expect(replies({ file })).toEqual({ status: 1, out: '', error: `There is no file ${file}.\n` });
    expect(replies({ file: folder }).error).toBe(`${folder} cannot be read (EISDIR).\n`);
    expect(replies({ args: ['--wrong'] }).error).toContain('npm run -s replies -- FILE');
    expect(replies({ args: ['--help'] })).toMatchObject({ status: 0, error: '' });
  });
});
