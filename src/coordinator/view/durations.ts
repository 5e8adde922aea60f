/** Views speak of time and amounts in one voice; the webview, which may import only shared/, included. */
export { describeAgo, describeClock, describeDuration, plural } from '../../shared/durations.ts';
