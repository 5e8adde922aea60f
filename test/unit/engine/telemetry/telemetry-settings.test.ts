import assert from 'node:assert/strict';
import { telemetrySettings } from '../../../../src/engine/telemetry/telemetry-settings.ts';

const HERE = 'http://localhost:4318';

describe('where telemetry goes', () => {
  for (const [what, over, env, endpoint] of [
    ['nowhere by itself', {}, {}, null],
    ['where OpenTelemetry’s variable says', {}, { OTEL_EXPORTER_OTLP_ENDPOINT: HERE }, HERE],
    [
      'where a person says first',
      { endpoint: HERE },
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x' },
      HERE,
    ],
    [
      'nowhere where OpenTelemetry is switched off',
      { endpoint: HERE },
      { OTEL_SDK_DISABLED: 'true' },
      null,
    ],
    [
      'not to a receiver of gRPC that the variable names',
      {},
      { OTEL_EXPORTER_OTLP_ENDPOINT: HERE, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
      null,
    ],
    ['nowhere where the address is none', { endpoint: 'localhost' }, {}, null],
    ['nowhere but over HTTP', { endpoint: 'file:///tmp' }, {}, null],
  ] as const) {
    it(`is ${what}`, () => {
      assert.equal(telemetrySettings(over, env).endpoint, endpoint);
    });
  }

  it('holds no content unless a person or the variable says so', () => {
    const variable = { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'true' };
    assert.equal(telemetrySettings({}, {}).content, false);
    assert.equal(telemetrySettings({ content: true }, {}).content, true);
    assert.equal(telemetrySettings({}, variable).content, true);
    assert.equal(telemetrySettings({ content: false }, variable).content, false);
  });
});
