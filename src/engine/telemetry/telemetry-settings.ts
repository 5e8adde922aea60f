/** Where traces and metrics go, and what may be in them. */
export interface TelemetrySettings {
  /** Base address of an OTLP/HTTP receiver, such as `http://localhost:4318`; `null`: nothing is sent. */
  readonly endpoint: string | null;
  /** Whether prompts, titles and what agents say may be in them. */
  readonly content: boolean;
}

/** What a person set in VS Code; nothing of it under the command line. */
export interface TelemetryOverrides {
  readonly endpoint?: string | undefined;
  readonly content?: boolean | undefined;
}

/**
 * The settings in force: the person's own, else the standard variables of OpenTelemetry. A workspace has no say in this: a
 * repository that somebody else wrote must not decide where facts about this machine are sent.
 */
export function telemetrySettings(
  over: TelemetryOverrides,
  env: Readonly<Record<string, string | undefined>>,
): TelemetrySettings {
  const { OTEL_SDK_DISABLED: disabled, OTEL_EXPORTER_OTLP_PROTOCOL: protocol } = env;
  // The variable may be meant for programs that speak gRPC; sending HTTP there would fail each time.
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
