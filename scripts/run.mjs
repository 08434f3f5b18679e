// The one entry behind every `npm run …`: node scripts/run.mjs <command> [arguments]
import { Interrupted } from './setup/run-command.mjs';
import { SetupError } from './setup/say.mjs';

const OLDEST_NODE = 20;
const COMMANDS = [
  'start',
  'demo',
  'serve',
  'test',
  'faults',
  'check',
  'build',
  'vitest',
  'simulator',
  'bench',
  'conformance',
  'format',
];

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  process.stderr.write(
    `Switchboard needs Node ${OLDEST_NODE} or newer; this is ${process.version}. Get it from https://nodejs.org\n`,
  );
  process.exit(1);
}
const [command = '', ...args] = process.argv.slice(2);
if (!COMMANDS.includes(command)) {
  process.stderr.write(`Unknown command "${command}". Known: ${COMMANDS.join(', ')}.\n`);
  process.exit(2);
}
try {
  const { run } = await import(`./commands/${command}.mjs`);
  process.exitCode = await run(args);
} catch (error) {
  if (error instanceof Interrupted) process.exitCode = error.exitCode;
  else if (error instanceof SetupError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } else throw error;
}
