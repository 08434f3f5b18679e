// Answers every text with the same text, each session from its own number, each message once.
//   node examples/node/echo-bot.mjs position.json [session …]        without sessions: all that the key may use
import { readFile, rename, writeFile } from 'node:fs/promises';
import { args, call, events } from './client.mjs';

const [positionFile, ...sessions] = args(1, 'echo-bot.mjs position.json');

/** Where the bot is in the stream. Kept in a file, so that a bot that was away answers what it has missed. */
let position = await readFile(positionFile, 'utf8').then(JSON.parse, () => ({ id: undefined, atMs: Date.now() }));
const remember = async (id, atMs = position.atMs) => {
  position = { id, atMs };
  await writeFile(`${positionFile}.new`, JSON.stringify(position));
  await rename(`${positionFile}.new`, positionFile);
};

const isForUs = ({ accountId, chatId, fromMe, type }) =>
  !fromMe &&
  type === 'text' &&
  // People only: groups are @g.us, statuses status@broadcast.
  /@(c\.us|lid)$/.test(chatId) &&
  (sessions.length === 0 || sessions.some((session) => session.toLowerCase() === accountId));

/**
 * Answers when the answer is on disk; the session sends it as soon as it can, so one that is down holds up nobody else. The
 * key makes a repeated answer the same answer, also after a crash of this bot or of Switchboard.
 */
const answer = async ({ accountId, chatId, id, body }) => {
  try {
    const path = `/sessions/${accountId}/chats/${encodeURIComponent(chatId)}/messages`;
    await call('POST', path, { body: `Echo: ${body}` }, { idempotencyKey: `echo-${accountId}-${id}` });
    console.log(`${accountId}: answered ${id}`);
  } catch (error) {
    // One message that cannot be answered (somebody on the do-not-contact list, say) stops no other.
    if (error.status === 401 || error.status === 503) throw error;
    console.error(`${accountId}: ${id} stays without an answer: ${error.message}`);
  }
};

/** Too much was missed to be told event by event: what people have written since is in their chats. */
const catchUp = async () => {
  const ids = sessions.length > 0 ? sessions : (await call('GET', '/sessions')).map(({ sessionId }) => sessionId);
  for (const session of ids) {
    let cursor = '';
    do {
      const { chats, nextCursor } = await call('GET', `/sessions/${session}/chats?limit=50&cursor=${cursor}`);
      const recent = chats.filter(({ lastActivityMs }) => lastActivityMs >= position.atMs - 1_000);
      for (const { id } of recent) {
        const { messages } = await call(
          'GET',
          `/sessions/${session}/chats/${encodeURIComponent(id)}/messages?limit=50`,
        );
        const missed = messages.filter(({ timestampMs }) => timestampMs >= position.atMs - 1_000);
        for (const message of missed.filter(isForUs)) await answer(message);
      }
      // Chats come by their last message: after one that is older there are only older ones.
      cursor = recent.length === chats.length ? encodeURIComponent(nextCursor ?? '') : '';
    } while (cursor !== '');
  }
};

for await (const { type, id, data } of events('message.added', position.id)) {
  if (type === 'open') console.log('The bot listens.');
  if (type === 'gap') await catchUp();
  if (type === 'message.added' && isForUs(data.message)) await answer(data.message);
  // Only now: what was not answered when the bot ended comes again.
  if (id !== undefined && id !== position.id) await remember(id, data.atMs);
}
