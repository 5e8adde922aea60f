/** The receiver of traces and metrics, and the content that they may include. */
export interface TelemetrySettings {
  /** Base address of an OTLP/HTTP receiver, such as `http://localhost:4318`; `null`: nothing is sent. */
  readonly endpoint: string | null;
  /** Whether they may include prompts, titles and the text of agents. */
  readonly content: boolean;
}

/** The person's settings in VS Code; empty under the command line. */
export interface TelemetryOverrides {
  readonly endpoint?: string | undefined;
  readonly content?: boolean | undefined;
}

/**
 * The effective settings: the person's own, else the standard variables of OpenTelemetry. A workspace cannot change
 * them: a repository by someone else must not decide where facts about this machine are sent.
 */
export function telemetrySettings(
  over: TelemetryOverrides,
  env: Readonly<Record<string, string | undefined>>,
): TelemetrySettings {
  const { OTEL_SDK_DISABLED: disabled, OTEL_EXPORTER_OTLP_PROTOCOL: protocol } = env;
  // The variable may be meant for programs that use gRPC; sending HTTP there would fail every time.
  const fromEnv = protocol === 'grpc' ? undefined : env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const endpoint = (over.endpoint ?? fromEnv ?? '').trim();
  const capture = env.OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT;
  return {
    endpoint: isAddress(endpoint) && disabled?.toLowerCase() !== 'true' ? endpoint : null,
    content: over.content ?? capture?.toLowerCase() === 'true',
  };
}

function isAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:');
}
