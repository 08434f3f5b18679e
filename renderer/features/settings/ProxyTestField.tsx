import { useState } from 'react';
import { actions, useConsole } from '../../state/use-console';
import { Field } from '../../ui/Field';

/** Whom proxy tests ask. It holds as soon as the field is left with an address in it. */
export const ProxyTestField = () => {
  const saved = useConsole((state) => state.settings.proxyTestUrl);
  const [typed, setTyped] = useState(saved);
  const [problem, setProblem] = useState<string>();
  const keep = (): void => {
    const address = typed.trim();
    if (!/^https?:\/\//.test(address) || !URL.canParse(address)) {
      setProblem('Type a web address that starts with https:// or http://.');
      return;
    }
    if (address !== saved) void actions.changeSettings({ proxyTestUrl: address });
  };
  return (
    <Field
      label="Proxy tests ask"
      hint="A web address that answers with the caller’s address. It is asked only when you test a proxy."
      value={typed}
      problem={problem}
      onLeave={keep}
      onChange={(value) => {
        setTyped(value);
        setProblem(undefined);
      }}
    />
  );
};
