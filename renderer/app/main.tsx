import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startEventProjection } from '../bridge/event-projection';
import { consoleSink } from '../state/use-console';
import { App } from './App';
import { ErrorBoundary } from './ErrorBoundary';
import './styles.css';

const root = document.getElementById('root');
if (root === null) throw new Error('The page of the window has no root element.');

startEventProjection(consoleSink);
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <App />
    </ErrorBoundary>
  </StrictMode>,
);
