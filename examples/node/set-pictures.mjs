// Gives every session the same profile picture. One that cannot take it stops no other; the end tells of each.
//   node examples/node/set-pictures.mjs logo.png
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { args, call } from './client.mjs';

/** So many sessions are worked on at a time. */
const atOnce = 4;
const [file] = args(1, 'set-pictures.mjs logo.png');
const picture = {
  filename: path.basename(file),
  mimetype: file.toLowerCase().endsWith('.png') ? 'image/png' : 'image/jpeg',
  data: (await readFile(file)).toString('base64'),
};

const setPicture = async ({ sessionId }) => {
  const { upload } = await call('POST', `/sessions/${sessionId}/uploads`, picture);
  await call('POST', `/sessions/${sessionId}/profile/picture`, { mediaId: upload.mediaId });
};

/** Resolves with a line of the report for each, whatever happens to them. */
const forEach = async (sessions, work) => {
  const waiting = [...sessions];
  const report = [];
  const worker = async () => {
    for (let session = waiting.shift(); session !== undefined; session = waiting.shift()) {
      const { sessionId } = session;
      try {
        await work(session);
        report.push({ sessionId, ok: true, words: 'done' });
      } catch (error) {
        const words = error.effectUnknown ? `not certain, look at its profile: ${error.message}` : error.message;
        report.push({ sessionId, ok: false, words: `${error.code}: ${words}` });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return report.sort((a, b) => a.sessionId.localeCompare(b.sessionId));
};

const report = await forEach(await call('GET', '/sessions'), setPicture);
for (const { sessionId, words } of report) console.log(`${sessionId}: ${words}`);
const failed = report.filter(({ ok }) => !ok).length;
console.log(`${report.length - failed} done, ${failed} failed.`);
process.exitCode = failed === 0 ? 0 : 1;
