// Watches every session, says why one fails, and starts it again where that can help.
//   node examples/node/keep-running.mjs [number that each session tells that it is back]
import { args, call, events } from './client.mjs';

const [tell] = args(0);
/** Pauses before a restart: 2 s, 4 s, 8 s … 5 min. Switchboard itself has tried for a while before it calls a session failed. */
const firstPauseMs = 2_000;
const longestPauseMs = 5 * 60_000;
/** A session that was ready for so long has recovered: its earlier failures no longer count. */
const stableMs = 2 * 60_000;
/** Starting again does not help these, it makes some of them worse. */
const needsPerson = new Set([
  'SESSION_BANNED',
  'SESSION_TERMS_BLOCKED',
  'SESSION_LOGGED_OUT',
  'SESSION_LINK_EXPIRED',
  'NUMBER_ALREADY_LINKED',
  'BROWSER_NOT_FOUND',
  'CHROMIUM_FLAG_REFUSED',
]);

/** By session: what it is, failures in a row, since when it is ready, and the restart that is planned. */
const watched = new Map();
const say = (session, words) => console.log(`${new Date().toISOString()} ${session}: ${words}`);

const planRestart = (session, one) => {
  if (Date.now() - one.readyAtMs > stableMs) one.failures = 0;
  one.failures += 1;
  one.readyAtMs = Number.POSITIVE_INFINITY;
  const pauseMs = Math.min(firstPauseMs * 2 ** (one.failures - 1), longestPauseMs);
  say(session, `starts again in ${pauseMs / 1_000} s`);
  clearTimeout(one.restart);
  one.restart = setTimeout(() => void restart(session, one), pauseMs);
};

const restart = async (session, one) => {
  try {
    // The client has waited out 429 and 503 as long as they asked for.
    await call('POST', `/sessions/${session}/restart`);
  } catch (error) {
    say(session, `${error.code}: ${error.message}`);
    if (error.status === 404) return; // It was deleted.
    // 409: something else is being done with it. Unknown: it may be starting. In both cases look before trying again.
    const looks = error.status === 409 || error.effectUnknown;
    const status = looks ? await call('GET', `/sessions/${session}/status`).catch(() => undefined) : undefined;
    if (status === undefined || status.status === 'failed') planRestart(session, one);
  }
};

/** Tells a person from the session itself: the proof that it sends. Never twice, also when it is not certain that it left. */
const tellPerson = async (session, sinceMs) => {
  const path = `/sessions/${session}/send-text`;
  const idempotencyKey = `back-${session}-${sinceMs}`;
  try {
    await call('POST', path, { chatId: tell, content: `${session} is back.` }, { idempotencyKey });
    say(session, `told ${tell}`);
  } catch (error) {
    say(session, `${error.code}: ${error.message}`);
    const { messageId, chatId } = error.details;
    if (!error.effectUnknown || messageId === undefined) return;
    const row = `/sessions/${session}/chats/${encodeURIComponent(chatId)}/sends/${messageId}`;
    const { send } = await call('GET', row).catch(() => ({ send: { state: 'not to be found out' } }));
    say(session, `its message is ${send.state}; it is not sent again`);
  }
};

const look = ({ accountId: session, status }) => {
  const one = watched.get(session) ?? { failures: 0, readyAtMs: Number.POSITIVE_INFINITY };
  watched.set(session, one);
  const now = `${status.state} since ${status.sinceMs}`;
  // Known already, as after a break of the stream.
  if (one.now === now) return;
  one.now = now;
  clearTimeout(one.restart);
  if (status.state === 'ready') {
    say(session, 'ready');
    one.readyAtMs = Date.now();
    if (one.wasDown && tell !== undefined) void tellPerson(session, status.sinceMs);
    one.wasDown = false;
  } else if (status.state === 'backoff') {
    say(session, `${status.error.code}: ${status.error.message}`);
  } else if (status.state === 'failed') {
    one.wasDown = true;
    say(session, `failed with ${status.error.code}: ${status.error.message}`);
    if (needsPerson.has(status.error.code)) say(session, 'waits for a person');
    else planRestart(session, one);
  }
};

for await (const { type, data } of events('session,account.removed')) {
  if (type === 'open' || type === 'gap') for (const session of (await call('GET', '/snapshot')).sessions) look(session);
  if (type === 'session.changed') look(data.session);
  if (type === 'account.removed') {
    clearTimeout(watched.get(data.accountId)?.restart);
    watched.delete(data.accountId);
  }
}
