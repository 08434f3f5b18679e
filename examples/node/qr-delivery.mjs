// Adds a session and delivers its QR codes, each as it comes, until a phone has scanned one.
//   node examples/node/qr-delivery.mjs shop [folder for code.png]
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { args, call, statusesOf } from './client.mjs';

const [sessionId, folder = '.'] = args(1, 'qr-delivery.mjs shop');
const file = path.join(folder, 'code.png');

/** The code that is in the file. */
let delivered;

/** A session that is there already is started instead. */
const create = async () => {
  try {
    await call('POST', '/sessions', { sessionId, waitForQR: false });
  } catch (error) {
    if (error.code !== 'SESSION_ALREADY_EXISTS') throw error;
    await call('POST', `/sessions/${sessionId}/start`);
  }
};

/** Replaces the picture in one step: whoever looks sees the old code or the new one, never half of one. */
const deliver = async () => {
  const { qrCode, expiresAt } = await call('GET', `/sessions/${sessionId}/qr`);
  if (qrCode === delivered) return;
  await writeFile(`${file}.new`, Buffer.from(qrCode.split(',')[1], 'base64'), { mode: 0o600 });
  await rename(`${file}.new`, file);
  delivered = qrCode;
  console.log(`A new code is in ${file}; it works until ${new Date(expiresAt).toLocaleTimeString()}.`);
};

await create();
for await (const { status, hasQRCode } of statusesOf(sessionId)) {
  if (status === 'ready') break;
  if (status === 'failed') throw new Error(`Nobody scanned a code in time. Run this again for session ${sessionId}.`);
  try {
    if (hasQRCode) await deliver();
  } catch (error) {
    // The code went while we asked for it; what comes next is told.
    if (error.code !== 'QR_NOT_AVAILABLE') throw error;
  }
}
// Whoever has a code can link a phone, so none is left behind.
await rm(file, { force: true });
console.log(`Session ${sessionId} is ready.`);
