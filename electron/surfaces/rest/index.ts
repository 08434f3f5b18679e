export { openApi } from './openapi';
export { createRestSurface, type RestSurface, type RestSurfaceOptions, restRoutes } from './rest-surface';
