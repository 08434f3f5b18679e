import { CircleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { messageOf } from '../bridge/call-error';
import { Button } from '../ui/Button';
import { EmptyState } from '../ui/EmptyState';

interface State {
  readonly thrown: unknown;
  readonly broken: boolean;
}

/** Catches what a component throws while rendering: the accounts go on in main, only this view starts over. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { broken: false, thrown: undefined };

  static getDerivedStateFromError(thrown: unknown): State {
    return { broken: true, thrown };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <EmptyState
        alert
        icon={CircleAlert}
        title="This view broke"
        action={
          <Button look="primary" onPress={() => window.location.reload()}>
            Show it again
          </Button>
        }
      >
        The accounts keep running and drafts are kept. {messageOf(this.state.thrown)}
      </EmptyState>
    );
  }
}
