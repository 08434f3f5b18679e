/** What is wrong with a connection through a proxy. */
export interface ProxyFault {
  /** A sentence that goes on after the proxy's name, without what the proxy itself may have written. */
  readonly words: string;
  /** Whether the proxy itself is to blame, or where the connection was to go. */
  readonly of: 'proxy' | 'target';
  /** Whether nothing but the proxy can be the reason; a bad network on the way looks like a proxy that is down. */
  readonly certain: boolean;
}

/** What the relay answers for its proxy, by status. */
const faults: Readonly<Record<number, ProxyFault>> = {
  504: { words: 'does not answer in time', of: 'proxy', certain: false },
  593: { words: 'is not known under this name', of: 'proxy', certain: false },
  594: { words: 'refuses the connection: nothing listens at this address', of: 'proxy', certain: true },
  595: { words: 'breaks the connection off', of: 'proxy', certain: false },
  596: { words: 'breaks the connection off', of: 'proxy', certain: false },
  597: { words: 'does not accept the user name and password', of: 'proxy', certain: true },
};

/** Where the relay only repeats what the connection to a SOCKS proxy ended with. */
const phrases: readonly (readonly [RegExp, ProxyFault])[] = [
  [/ECONNREFUSED/, { words: 'refuses the connection: nothing listens at this address', of: 'proxy', certain: true }],
  [/ENOTFOUND|EAI_/, { words: 'is not known under this name', of: 'proxy', certain: false }],
  [
    /authentication|no accepted authentication|userid|ident/i,
    { words: 'does not accept the user name and password', of: 'proxy', certain: true },
  ],
  [/rejected/i, { words: 'cannot reach the address behind it', of: 'target', certain: true }],
  [
    /CERT|SELF_SIGNED|ERR_TLS|altname/i,
    { words: 'shows a certificate that is not valid for its name', of: 'proxy', certain: true },
  ],
  [
    /EPROTO|SSL|HPE_|parse/i,
    { words: 'speaks another protocol than the one that was chosen', of: 'proxy', certain: true },
  ],
];

/**
 * What an answer of the relay means; undefined when the connection stands.
 *
 * @param status HTTP status of the relay's answer to CONNECT.
 * @param phrase What stands beside it.
 */
export const proxyFault = (status: number, phrase: string): ProxyFault | undefined => {
  if (status === 200) return undefined;
  const known = faults[status];
  if (known !== undefined) return known;
  const answered = /^UPSTREAM(\d{3})$/.exec(phrase)?.[1];
  if (answered !== undefined) {
    return { words: `does not go there (it answered ${answered})`, of: 'target', certain: true };
  }
  return (
    phrases.find(([pattern]) => pattern.test(phrase))?.[1] ?? {
      words: 'does not work with this protocol',
      of: 'proxy',
      certain: false,
    }
  );
};
