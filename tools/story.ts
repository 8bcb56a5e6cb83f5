import { parseArgs } from 'node:util';
import { PlainError, runCommand } from './stage/plain-error.ts';
import { createPage } from './story/page.ts';
import { openTheatre } from './story/scene.ts';
import { stories } from './story/stories.ts';
import { BrokenLine, type Story } from './story/story.ts';

const ZONE = 'Asia/Shanghai';
const HELP = `Plays a night through the whole system, on a clock of its own, and tells it as a dialogue.

  npm run story -- NAME [NAME …]   people on the left, the system on the right; exits 0 only if every line held
  npm run story -- --all           every story
  npm run story -- --list          their names, and what each shows
`;

async function main(): Promise<number> {
  const { values, positionals } = parsed();
  if (values.help) return say(HELP);
  if (values.list) {
    const width = Math.max(...stories.map(({ name }) => name.length));
    return say(stories.map(({ name, shows }) => `${name.padEnd(width)}  ${shows}`).join('\n'));
  }
  const chosen = values.all ? stories : positionals.map(find);
  if (chosen.length === 0) throw new PlainError(`Name a story.\n\n${HELP}`);
  return play(chosen);
}

function parsed() {
  try {
    return parseArgs({
      options: {
        all: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : 'bad arguments'}\n\n${HELP}`);
  }
}

function find(name: string): Story {
  const story = stories.find((one) => one.name === name);
  if (story !== undefined) return story;
  throw new PlainError(
    `There is no story "${name}". These there are: ${stories.map((one) => one.name).join(', ')}.`,
  );
}

async function play(chosen: readonly Story[]): Promise<number> {
  const page = createPage({ line: (text) => process.stdout.write(`${text}\n`), zone: ZONE });
  let broken = 0;
  for (const story of chosen) {
    page.title(`${story.title} (${story.name})`, story.shows);
    const theatre = await openTheatre(page);
    try {
      await story.play(theatre.scene);
      page.end(`Every line of "${story.name}" held.`, true);
    } catch (error) {
      broken += 1;
      if (!(error instanceof BrokenLine)) page.broken('the story could not go on', String(error));
      page.end(`"${story.name}" broke.`, false);
    } finally {
      await theatre.stop();
    }
  }
  return broken === 0 ? 0 : 1;
}

function say(text: string): number {
  process.stdout.write(`${text.trimEnd()}\n`);
  return 0;
}

await runCommand(main);
