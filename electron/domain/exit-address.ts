const version4 = /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])/;
const version6 = /(?<![0-9a-fA-F:.])(?=[0-9a-fA-F:]*:[0-9a-fA-F:]*:)[0-9a-fA-F:]{3,39}(?![0-9a-fA-F:.])/;

/**
 * The address in what an echo service answered, whether it says it bare, in JSON or in a sentence; undefined when there is
 * none in it.
 */
export const exitAddressIn = (answer: string): string | undefined =>
  // Node says an IPv4 peer of a dual-stack listener as ::ffff:192.0.2.1.
  (version4.exec(answer.replaceAll('::ffff:', '')) ?? version6.exec(answer))?.[0];
