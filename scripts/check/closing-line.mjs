/**
 * Adds up the parts (`{ passed, failed, failures, late }`), names once more what failed or was late (of a long run often only the
 * end is kept), prints the line that everybody looks for, and gives the exit code.
 */
export function close(...parts) {
  const passed = parts.reduce((sum, part) => sum + part.passed, 0);
  const failed = parts.reduce((sum, part) => sum + part.failed, 0);
  for (const late of parts.flatMap((part) => part.late ?? []))
    process.stdout.write(`\nLATE, passed at the second try: ${late}\n`);
  for (const failure of parts.flatMap((part) => part.failures ?? [])) process.stdout.write(`\nFAILED ${failure}\n`);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
