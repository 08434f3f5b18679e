import { phaseOfLocalApi, wordsOfLocalApi } from '../../state/local-api-words';
import { actions, useConsole } from '../../state/use-console';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { StatePill } from '../../ui/StatePill';

/** Whether other programs can reach this console, and where. */
export const LocalApiLine = () => {
  const wanted = useConsole((state) => state.settings.api);
  const state = useConsole((all) => all.localApi);
  const phase = phaseOfLocalApi(wanted, state);
  const { word, tone } = wordsOfLocalApi(phase);
  return (
    <section
      aria-label="Local API"
      className="surface-card flex flex-wrap items-center gap-x-4 gap-y-2 px-[18px] py-[10px]"
    >
      <h2 className="m-0 text-[11.5px] font-[620] text-text-3">Local API</h2>
      <StatePill tone={tone}>{word}</StatePill>
      {phase === 'running' && state.address !== undefined && (
        <span className="flex min-w-0 items-center gap-2">
          <bdi className="selectable truncate font-mono text-[12.8px]">{state.address}</bdi>
          <CopyButton small text={state.address} what="the address" />
        </span>
      )}
      {phase === 'failed' && (
        <span className="selectable min-w-0 flex-1 break-words text-bad-ink">{state.problem}</span>
      )}
      <span className="ms-auto">
        <Button small onPress={() => actions.showConsolePage('settings')}>
          Settings
        </Button>
      </span>
    </section>
  );
};
