import { phaseOfLocalApi } from '../../state/local-api-words';
import { actions, useConsole } from '../../state/use-console';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';

/** Says so where the person is when programs cannot reach the console although they should. */
export const LocalApiBanner = () => {
  const failed = useConsole((state) => phaseOfLocalApi(state.settings.api, state.localApi) === 'failed');
  const problem = useConsole((state) => state.localApi.problem);
  const id = `local-api:${problem ?? ''}`;
  const closed = useConsole((state) => state.closedBanners.includes(id));
  if (!failed || closed) return undefined;
  return (
    <Banner
      tone="bad"
      onClose={() => actions.closeBanner(id)}
      action={
        <Button small onPress={() => actions.showConsolePage('settings')}>
          Open settings
        </Button>
      }
    >
      {problem}
    </Banner>
  );
};
