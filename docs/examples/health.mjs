// node docs/examples/health.mjs http://127.0.0.1:8080/health: ends with 0 when it works and with 1 when not, saying why.
// Needs nothing but Node, where curl is not installed.
const [address = 'http://127.0.0.1:8080/health'] = process.argv.slice(2);
try {
  const response = await fetch(address, { signal: AbortSignal.timeout(5_000) });
  const { status } = await response.json();
  if (!response.ok || status !== 'ok') throw new Error(`it answers ${response.status}, ${status}`);
} catch (error) {
  process.stderr.write(`${address}: ${error.cause?.message ?? error.message}\n`);
  process.exitCode = 1;
}
