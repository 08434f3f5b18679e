// Starts a session, sends one message, and stops the session again: for a computer that sends now and then.
//   node examples/node/start-send-stop.mjs shop "+55 11 97777-0001" "Your order is ready" order-4711
import { setTimeout as sleep } from 'node:timers/promises';
import { args, call, untilReady } from './client.mjs';

const [sessionId, to, content, key] = args(
  4,
  'start-send-stop.mjs shop 5511977770001 "Your order is ready" order-4711',
);
const inTheEnd = new Set(['sent', 'delivered', 'read', 'failed', 'unknown', 'stuck', 'cancelled', 'dismissed']);

/** Pace and quiet hours may hold a message for longer than a call waits. */
const untilSettled = async ({ chatId, messageId, status }, limitMs = 10 * 60_000) => {
  const deadline = Date.now() + limitMs;
  let state = status;
  while (!inTheEnd.has(state) && Date.now() < deadline) {
    await sleep(2_000);
    const path = `/sessions/${sessionId}/chats/${encodeURIComponent(chatId)}/sends/${messageId}`;
    state = (await call('GET', path)).send.state;
  }
  return state;
};

await call('POST', `/sessions/${sessionId}/start`);
try {
  await untilReady(sessionId);
  // The key is the order's: run this again after a crash, and the order is told once.
  const sent = await call('POST', `/sessions/${sessionId}/send-text`, { chatId: to, content }, { idempotencyKey: key });
  console.log(`Message ${sent.messageId} is ${await untilSettled(sent)}.`);
} finally {
  await call('POST', `/sessions/${sessionId}/stop`);
  console.log(`Session ${sessionId} is stopped.`);
}
