// Sends each message from the account that is in charge of its recipient.
//   node examples/node/router.mjs routes.json messages.json job-name
//
// routes.json    { "numbers": { "brazil": "5511900000001", … }, "routes": [{ "prefix": "55", "sessions": ["brazil", …] }, …] }
// messages.json  [{ "to": "+55 11 97777-0001", "text": "Bom dia" }, …]
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { args, call } from './client.mjs';

const [routesFile, messagesFile, job] = args(3, 'router.mjs routes.json messages.json november-news');
const { numbers, routes } = JSON.parse(await readFile(routesFile, 'utf8'));
const messages = JSON.parse(await readFile(messagesFile, 'utf8'));

const digits = (number) => number.replaceAll(/\D/g, '');

/** The longest prefix decides; its sessions in the order in which they stand in for one another. */
const sessionsFor = (to) =>
  routes.filter(({ prefix }) => to.startsWith(prefix)).sort((a, b) => b.prefix.length - a.prefix.length)[0]?.sessions ??
  [];

/** Why a session may not be used now; undefined when it may. A session is an id: which number it has can change under us. */
const objectionTo = async (session) => {
  if (numbers[session] === undefined) return 'has no number in the routes';
  const { status } = await call('GET', `/sessions/${session}/status`);
  if (status !== 'ready') return `is ${status}`;
  const { me } = await call('GET', `/sessions/${session}/me`);
  const number = digits(me?.phone ?? '');
  return number === digits(numbers[session]) ? undefined : `has the number ${number}, not ${numbers[session]}`;
};

/** Resolves with what became of the message. Goes on to the next session only while it is certain that nothing has left. */
const route = async ({ to, text }) => {
  const number = digits(to);
  // The same job again sends nothing twice from one number.
  const idempotencyKey = `${job}-${number}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  const reasons = [];
  for (const session of sessionsFor(number)) {
    try {
      const objection = await objectionTo(session);
      if (objection !== undefined) {
        reasons.push(`${session} ${objection}`);
        continue;
      }
      const sent = await call(
        'POST',
        `/sessions/${session}/send-text`,
        { chatId: number, content: text },
        { idempotencyKey },
      );
      return { ok: true, words: `${session} (${numbers[session]}): ${sent.status}` };
    } catch (error) {
      // It may be on its way already: another session would make it two.
      if (error.effectUnknown) return { ok: false, words: `${session}: not certain, look there: ${error.message}` };
      reasons.push(`${session}: ${error.message}`);
    }
  }
  return { ok: false, words: `not sent: ${reasons.join('; ') || 'no route for this number'}` };
};

for (const message of messages) {
  const { ok, words } = await route(message);
  console.log(`${message.to} <- ${words}`);
  if (!ok) process.exitCode = 1;
}
