// Programs that listen: so many readers of one event stream, each on a connection of its own, that note how long each event took
// from `sent=<ms>;` in its text until here. Ends when every reader has had so many; one JSON line with what was seen.
// Arguments: address of the stream, key, readers, events that each has to see.
import { get } from 'node:http';

const [address = '', key = '', readers = '', events = ''] = process.argv.slice(2);
const wanted = Number(events);
const latencies: number[] = [];
let listening = 0;

const read = (): Promise<number> =>
  new Promise((resolve, reject) => {
    let rest = '';
    let seen = 0;
    const call = get(address, { headers: { 'X-API-Key': key }, agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`The stream answered ${response.statusCode}.`));
      listening += 1;
      if (listening === Number(readers)) process.stdout.write('{"type":"listening"}\n');
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        const now = Date.now();
        const text = rest + part;
        let at = text.indexOf('sent=');
        let end = -1;
        while (at >= 0) {
          const stop = text.indexOf(';', at);
          if (stop < 0) break;
          latencies.push(now - Number(text.slice(at + 5, stop)));
          seen += 1;
          end = stop;
          at = text.indexOf('sent=', stop);
        }
        // What was counted is cut off, so that a mark in two parts is counted once.
        rest = text.slice(Math.max(end + 1, text.length - 64));
        if (seen < wanted) return;
        call.destroy();
        resolve(seen);
      });
      response.once('close', () => resolve(seen));
    });
    call.once('error', reject);
  });

const seen = await Promise.all(Array.from({ length: Number(readers) }, read));
latencies.sort((a, b) => a - b);
const at = (share: number): number =>
  latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
process.stdout.write(
  `${JSON.stringify({ type: 'seen', fewest: Math.min(...seen), most: Math.max(...seen), p50: at(0.5), p95: at(0.95), p99: at(0.99) })}\n`,
);
process.exit(0);
